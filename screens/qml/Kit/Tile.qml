import QtQuick
import QtQuick.Layouts

// A large deep-teal tile: the things most people come for.
Tap {
    id: tile

    property string glyph: ""
    property string note: ""
    property string caption: ""
    // Where it can be had, if not here and now.
    property string elsewhere: ""
    // What it takes stands beside the name instead of below it.
    property bool inline: false

    padding: 2.75 * Theme.u
    Accessible.description: [note !== "" ? note : caption, elsewhere].filter(words => words !== "").join(", ")
    topPadding: (inline ? 2 : 2.75) * Theme.u
    bottomPadding: topPadding
    implicitHeight: Math.max((inline ? 11 : 16) * Theme.u, implicitContentHeight + 2 * topPadding)

    background: Rectangle {
        radius: Theme.radius
        color: tile.down ? Theme.primaryPressed : Theme.primary
        scale: tile.down && !Theme.reducedMotion ? 0.985 : 1
    }
    contentItem: RowLayout {
        spacing: 2.5 * Theme.u
        Icon { visible: tile.glyph !== ""; name: tile.glyph; size: 6.5 * Theme.u; color: Theme.overPrimary }
        GridLayout {
            columns: tile.inline ? 2 : 1
            columnSpacing: 2 * Theme.u
            rowSpacing: 0.5 * Theme.u
            Layout.fillWidth: true
            Label {
                text: tile.text
                color: Theme.overPrimary
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
                    visible: tile.note !== ""
                    name: "warning-circle"
                    size: 3.5 * Theme.u
                    color: Theme.overPrimary
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: 0.5 * Theme.u
                }
                Label {
                    id: words
                    text: (tile.note !== "" ? tile.note : tile.caption) + (tile.elsewhere !== "" ? "\n" + tile.elsewhere : "")
                    color: Theme.overPrimary
                    font.pixelSize: Theme.caption
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
            }
        }
    }
}
