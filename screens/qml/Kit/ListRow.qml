import QtQuick
import QtQuick.Layouts

// A line of a list: icon, name, a second line, an amber note where something can't be had now.
Tap {
    id: row

    property string glyph: ""
    property string hint: ""
    property string note: ""
    property string trailing: ""
    property bool arrow: true
    property bool filled: false
    property bool chosen: false
    // Few choices with a screen to themselves.
    property bool roomy: false

    implicitHeight: Math.max((roomy ? 17 : 12) * Theme.u, implicitContentHeight + topPadding + bottomPadding)
    topPadding: 2 * Theme.u
    bottomPadding: 2 * Theme.u
    leftPadding: 3 * Theme.u
    rightPadding: 3 * Theme.u
    Accessible.description: [note !== "" ? note : hint, trailing].filter(words => words !== "").join(", ")

    background: Rectangle {
        radius: Theme.radius
        color: row.down ? Theme.primarySoft : row.filled ? Theme.primarySoft : "transparent"
        border.width: row.chosen ? Theme.hairline * 2 : row.filled && Theme.highContrast ? Theme.hairline : 0
        border.color: row.chosen ? Theme.primary : Theme.edge
    }
    contentItem: RowLayout {
        spacing: 2.5 * Theme.u
        Rectangle {
            visible: row.glyph !== ""
            implicitWidth: 9 * Theme.u
            implicitHeight: 9 * Theme.u
            radius: Theme.radiusSmall
            color: row.filled ? "transparent" : Theme.primarySoft
            border.width: Theme.highContrast ? Theme.hairline : 0
            border.color: Theme.edge
            Icon { anchors.centerIn: parent; name: row.glyph; size: (row.roomy ? 8 : 5.5) * Theme.u }
        }
        ColumnLayout {
            spacing: 0.25 * Theme.u
            Layout.fillWidth: true
            Label {
                text: row.text
                strong: true
                color: row.filled ? Theme.primaryStrong : Theme.ink
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Label {
                visible: text !== ""
                text: row.note !== "" ? row.note : row.hint
                color: row.note !== "" ? Theme.warnInk : Theme.inkSoft
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
