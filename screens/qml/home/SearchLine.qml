import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Looks like the line to type in and leads to it: home's one wide way to everything.
Tap {
    id: line
    text: qsTr("Find a service")
    Accessible.description: words.text
    implicitHeight: Math.max(Theme.primaryTarget, implicitContentHeight + 4 * Theme.u)
    leftPadding: 3.5 * Theme.u
    rightPadding: 3.5 * Theme.u
    Layout.fillWidth: true
    background: Rectangle {
        radius: line.corner
        color: line.down ? Theme.primarySoft : Theme.surface
        border.width: 1.5 * Theme.hairline
        border.color: Theme.primary
    }
    contentItem: RowLayout {
        spacing: 2.5 * Theme.u
        Icon { name: "magnifying-glass"; size: 5.5 * Theme.u }
        Label {
            id: words
            text: qsTr("What do you need? For example: pension proof")
            quiet: true
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
}
