import QtQuick
import QtQuick.Layouts

// A large deep-teal tile: the things most people come for.
Tap {
    id: tile

    property string glyph: ""
    property string note: ""
    property string caption: ""

    padding: 3.5 * Theme.u
    Accessible.description: note !== "" ? note : caption
    implicitHeight: implicitContentHeight + 2 * padding

    background: Rectangle {
        radius: Theme.radius
        color: tile.down ? Theme.primaryPressed : Theme.primary
        scale: tile.down && !Theme.reducedMotion ? 0.985 : 1
    }
    contentItem: ColumnLayout {
        spacing: 0.5 * Theme.u
        RowLayout {
            Layout.fillWidth: true
            Layout.bottomMargin: 2 * Theme.u
            Icon { name: tile.glyph; size: 7 * Theme.u; color: Theme.overPrimary }
            Item { Layout.fillWidth: true }
            Icon { name: "arrow-right"; size: 4.5 * Theme.u; color: Theme.overPrimary }
        }
        Label {
            text: tile.text
            color: Theme.overPrimary
            strong: true
            font.pixelSize: 1.12 * Theme.body
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Label {
            visible: text !== ""
            text: tile.note !== "" ? tile.note : tile.caption
            color: Theme.overPrimary
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        Item { Layout.fillHeight: true }
    }
}
