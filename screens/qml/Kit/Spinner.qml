import QtQuick

// Three breathing dots; still when motion is reduced.
Item {
    id: spinner
    implicitWidth: 10 * Theme.u
    implicitHeight: 4 * Theme.u
    property int beat: 0
    Timer {
        interval: Theme.beat
        repeat: true
        running: spinner.visible && !Theme.reducedMotion
        onTriggered: spinner.beat = (spinner.beat + 1) % 4
    }
    Row {
        anchors.centerIn: parent
        spacing: 0.12 * spinner.width
        Repeater {
            model: 3
            Rectangle {
                required property int index
                width: 0.2 * spinner.width
                height: width
                radius: width / 2
                color: Theme.primary
                opacity: Theme.reducedMotion || spinner.beat === index ? 1 : 0.35
            }
        }
    }
}
