import QtQuick
import QtQuick.Layouts

// Steps of a case, newest on top: [{when, now, note}], on a line from one to the next.
ColumnLayout {
    id: timeline

    property var steps: []

    spacing: 0

    Repeater {
        model: timeline.steps
        Item {
            id: step
            required property var modelData
            required property int index
            readonly property bool newest: index === 0
            Layout.fillWidth: true
            implicitHeight: words.implicitHeight + 2.5 * Theme.u

            Rectangle {
                visible: step.index < timeline.steps.length - 1
                x: dot.x + (dot.width - width) / 2
                y: dot.y + dot.height
                width: Theme.hairline
                height: step.height - dot.height
                color: Theme.edge
            }
            Rectangle {
                id: dot
                x: Theme.u
                y: 0.5 * Theme.body - height / 3
                width: (step.newest ? 2.5 : 2) * Theme.u
                height: width
                radius: width / 2
                color: step.newest ? Theme.primary : Theme.surface
                border.width: Theme.hairline
                border.color: step.newest ? Theme.primary : Theme.edge
            }
            ColumnLayout {
                id: words
                x: 6 * Theme.u
                width: step.width - x
                spacing: 0
                Label { text: step.modelData.now; strong: step.newest; Layout.fillWidth: true }
                Label {
                    visible: text !== "" && text !== step.modelData.now
                    text: step.modelData.note
                    Layout.fillWidth: true
                }
                Label { text: step.modelData.when; quiet: true; font.pixelSize: Theme.caption; font.features: ({ "tnum": 1 }); Layout.fillWidth: true }
            }
        }
    }
}
