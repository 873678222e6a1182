import QtQuick

// Six pixels round what the keyboard or keypad would press.
Rectangle {
    property real corner: Theme.radius
    anchors.fill: parent
    anchors.margins: -Theme.ring - Theme.hairline
    radius: corner + Theme.ring
    color: "transparent"
    border.width: Theme.ring
    border.color: Theme.focus
    z: 5
}
