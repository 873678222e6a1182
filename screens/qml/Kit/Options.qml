import QtQuick
import QtQuick.Layouts

// A question with a handful of answers.
ColumnLayout {
    id: options
    property string label: ""
    property string help: ""
    property string error: ""
    property string value: ""
    property bool optional: false
    // With a page of its own.
    property bool alone: false
    property var options: []
    signal picked(string key)
    function enter() { answers.itemAt(0).forceActiveFocus(Qt.TabFocusReason) }
    spacing: 1.5 * Theme.u
    Label { text: options.optional ? qsTr("%1 (if you like)").arg(options.label) : options.label; strong: true; Layout.fillWidth: true }
    Label { visible: text !== ""; text: options.help; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
    GridLayout {
        columns: Theme.large ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            id: answers
            model: options.options
            Choice {
                required property var modelData
                objectName: "option-" + modelData.key
                text: modelData.name
                chosen: options.value === modelData.key
                least: options.alone && Theme.roomy ? Theme.roomyRow : 12 * Theme.u
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                onTapped: options.picked(modelData.key)
            }
        }
    }
    ErrorLine { text: options.error }
}
