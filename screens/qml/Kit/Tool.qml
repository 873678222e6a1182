import QtQuick
import QtQuick.Layouts

// A tool of the assistance bar: an icon with a short word below or beside it, or alone. `lit`: what it
// sets differs from how a visit begins.
Tap {
    id: tool

    property string glyph: ""
    property bool below: false
    property bool worded: true
    property bool lit: false

    leftPadding: 1.5 * Theme.u
    rightPadding: 1.5 * Theme.u
    topPadding: Theme.u
    bottomPadding: Theme.u

    background: Rectangle {
        radius: Theme.radius
        color: !tool.enabled ? Theme.disabled : tool.lit || tool.down ? Theme.primarySoft : Theme.surface
        border.width: (tool.lit ? 2 : 1) * Theme.hairline
        border.color: tool.lit || tool.down ? Theme.primary : Theme.edge
    }
    contentItem: Item {
        implicitWidth: parts.implicitWidth
        implicitHeight: parts.implicitHeight
        GridLayout {
            id: parts
            anchors.centerIn: parent
            columns: tool.below ? 1 : 2
            columnSpacing: Theme.u
            rowSpacing: 0
            Icon {
                name: tool.glyph
                size: tool.worded ? Math.min(1.3 * Theme.caption, 6 * Theme.u) : 5 * Theme.u
                color: word.color
                Layout.alignment: Qt.AlignHCenter
            }
            Label {
                id: word
                visible: tool.worded
                text: tool.text
                color: !tool.enabled ? Theme.disabledInk : tool.lit ? Theme.primaryStrong : Theme.ink
                font.pixelSize: Theme.caption
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
