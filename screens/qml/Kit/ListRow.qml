import QtQuick
import QtQuick.Layouts

// A line of a list: icon, name, a second line, an amber note where something can't be had now and a
// quiet one that says where it can.
Tap {
    id: row

    property string glyph: ""
    property string hint: ""
    property string note: ""
    property string elsewhere: ""
    property string trailing: ""
    property bool arrow: true
    property bool filled: false
    property bool chosen: false
    // Few choices with a screen to themselves.
    property bool roomy: false
    // Many choices on one screen.
    property bool tight: false
    property real least: (roomy ? 17 : tight ? 10 : 12) * Theme.u
    // The icon above the words, for a narrow place.
    property bool upright: false

    implicitHeight: Math.max(least, implicitContentHeight + topPadding + bottomPadding)
    topPadding: (tight ? 0.25 : 2) * Theme.u
    bottomPadding: topPadding
    leftPadding: (tight ? 2 : 3) * Theme.u
    rightPadding: leftPadding
    Accessible.description: [note !== "" ? note : hint, elsewhere, trailing].filter(words => words !== "").join(", ")

    background: Rectangle {
        radius: Theme.radius
        color: row.down ? Theme.primarySoft : row.filled ? Theme.primarySoft : "transparent"
        border.width: row.chosen ? Theme.hairline * 2 : row.filled && Theme.highContrast ? Theme.hairline : 0
        border.color: row.chosen ? Theme.primary : Theme.edge
    }
    contentItem: GridLayout {
        columns: row.upright ? 1 : 4
        columnSpacing: (row.tight ? 2 : 2.5) * Theme.u
        rowSpacing: Theme.u
        Rectangle {
            visible: row.glyph !== ""
            implicitWidth: (row.roomy ? 10 : row.tight ? 8 : 9) * Theme.u
            implicitHeight: implicitWidth
            radius: Theme.radiusSmall
            color: row.filled ? "transparent" : Theme.primarySoft
            border.width: Theme.highContrast && !row.filled ? Theme.hairline : 0
            border.color: Theme.edge
            Layout.alignment: row.upright ? Qt.AlignHCenter | Qt.AlignBottom : Qt.AlignVCenter
            Icon { anchors.centerIn: parent; name: row.glyph; size: (row.roomy ? 8 : row.tight ? 5 : 5.5) * Theme.u }
        }
        ColumnLayout {
            spacing: 0.25 * Theme.u
            Layout.fillWidth: true
            Layout.alignment: row.upright ? Qt.AlignTop : Qt.AlignVCenter
            Label {
                text: row.text
                strong: true
                color: row.filled ? Theme.primaryStrong : Theme.ink
                horizontalAlignment: row.upright ? Text.AlignHCenter : Text.AlignLeft
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Label {
                visible: text !== ""
                text: row.note !== "" ? row.note : row.hint
                color: row.note !== "" ? Theme.warnInk : Theme.inkSoft
                font.pixelSize: Theme.caption
                horizontalAlignment: row.upright ? Text.AlignHCenter : Text.AlignLeft
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Label {
                visible: text !== ""
                text: row.elsewhere
                quiet: true
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Label {
            visible: text !== ""
            text: row.trailing
            strong: true
            font.features: ({ "tnum": 1 })
            Layout.maximumWidth: 0.4 * row.width
            Accessible.ignored: true
        }
        Icon {
            visible: row.arrow
            name: "caret-right"
            size: 4 * Theme.u
            color: Theme.inkSoft
        }
    }
}
