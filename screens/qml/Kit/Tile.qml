import QtQuick
import QtQuick.Layouts

// A large deep-teal tile: the things most people come for. What can't be finished here now stands light,
// and says that a touch shows the way out.
Tap {
    id: tile

    property string glyph: ""
    property string note: ""
    property string caption: ""
    // Where it can be had, if not here and now.
    property string elsewhere: ""
    // What it takes stands beside the name instead of below it.
    property bool inline: false
    readonly property bool stopped: note !== ""
    readonly property string wayOut: elsewhere !== "" ? elsewhere : qsTr("See where it can be done")
    readonly property color paint: stopped ? Theme.primaryStrong : Theme.overPrimary

    padding: 2.75 * Theme.u
    Accessible.description: [stopped ? note : caption, stopped ? wayOut : elsewhere].filter(words => words !== "").join(", ")
    topPadding: 2 * Theme.u
    bottomPadding: topPadding
    // Room for the way out from the first: what stops being possible moves nothing under a finger.
    readonly property real spare: inline || stopped ? 0 : wayOutRoom.implicitHeight + lines.rowSpacing
    implicitHeight: Math.max((inline ? 11 : 16) * Theme.u, implicitContentHeight + spare + 2 * topPadding)
    Label { id: wayOutRoom; visible: false; text: tile.wayOut; font.pixelSize: Theme.caption }

    background: Rectangle {
        radius: Theme.radius
        color: tile.stopped ? (tile.down ? Theme.primarySoft : Theme.surface) : tile.down ? Theme.primaryPressed : Theme.primary
        border.width: tile.stopped ? Theme.hairline : 0
        border.color: tile.down ? Theme.primary : Theme.edge
        scale: tile.down && !Theme.reducedMotion ? 0.985 : 1
    }
    contentItem: RowLayout {
        spacing: 2.5 * Theme.u
        Icon { visible: tile.glyph !== ""; name: tile.glyph; size: 6.5 * Theme.u; color: tile.paint }
        GridLayout {
            id: lines
            columns: tile.inline ? 2 : 1
            columnSpacing: 2 * Theme.u
            rowSpacing: 0.25 * Theme.u
            Layout.fillWidth: true
            Label {
                text: tile.text
                color: tile.paint
                strong: true
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            RowLayout {
                visible: words.text !== ""
                spacing: Theme.u
                Layout.fillWidth: !tile.inline
                Layout.maximumWidth: tile.inline ? 0.45 * tile.width : -1
                Icon {
                    visible: tile.stopped
                    name: "warning-circle"
                    size: 3.5 * Theme.u
                    color: Theme.warnInk
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: 0.5 * Theme.u
                }
                Label {
                    id: words
                    text: (tile.stopped ? tile.note : tile.caption) + (tile.elsewhere !== "" ? "\n" + tile.elsewhere : "")
                    color: tile.stopped ? Theme.warnInk : Theme.overPrimary
                    font.pixelSize: Theme.caption
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
            Label {
                visible: tile.stopped && tile.elsewhere === "" && !tile.inline
                text: tile.wayOut
                color: tile.paint
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Icon { visible: tile.stopped && tile.elsewhere === ""; name: "caret-right"; size: 4 * Theme.u; color: tile.paint }
    }
}
