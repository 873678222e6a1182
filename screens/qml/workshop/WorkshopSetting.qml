import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// One setting: a switch, a language, or a number on a keypad. It counts from the next start.
ColumnLayout {
    id: setting

    property var row: null
    readonly property string key: row === null ? "" : row.key
    property string typed: ""
    required property var words
    readonly property string value: row === null ? "" : row.trailing
    readonly property bool isSwitch: value === "✓" || value === "✗"
    readonly property bool isNumber: /^[0-9.]+$/.test(value)

    spacing: Theme.gap
    // The row is another object with every answer; digits typed meanwhile stay.
    onKeyChanged: typed = ""

    function press(key) {
        if (key === "clear")
            typed = ""
        else if (key === "back")
            typed = typed.slice(0, -1)
        else if (typed.length < 8)
            typed += key
    }

    // A keypad's own key; true if it is one of a number's.
    function type(event) {
        const key = event.key === Qt.Key_Backspace ? "back" : event.key === Qt.Key_Delete ? "clear" : event.text
        const known = isNumber && (/^[0-9]$/.test(key) || key === "back" || key === "clear" || (key === "." && value.includes(".")))
        if (known)
            press(key)
        return known
    }

    Label { text: setting.row === null ? "" : qsTr("Now %1, from: %2").arg(setting.value).arg(setting.words.said(setting.row.hint)); Layout.fillWidth: true }
    Label { text: qsTr("A change counts from the next start. It can be undone under Changes."); quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
    RowLayout {
        visible: setting.isSwitch
        spacing: Theme.gap
        Repeater {
            model: [true, false]
            Choice {
                required property bool modelData
                objectName: modelData ? "on" : "off"
                text: modelData ? qsTr("On") : qsTr("Off")
                chosen: (setting.value === "✓") === modelData
                Layout.fillWidth: true
                onTapped: Workshop.change(Workshop.chosen, modelData ? "true" : "false")
            }
        }
    }
    Repeater {
        model: Workshop.chosen === "screen.language" ? Session.offered() : []
        Choice {
            required property var modelData
            text: modelData.name
            chosen: setting.value === modelData.tag
            Layout.fillWidth: true
            onTapped: Workshop.change(Workshop.chosen, modelData.tag)
        }
    }
    Label {
        visible: setting.isNumber
        text: setting.typed === "" ? "–" : setting.typed
        font.pixelSize: Theme.title
        font.features: ({ "tnum": 1 })
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Keypad {
        visible: setting.isNumber
        decimal: setting.value.includes(".")
        Layout.fillWidth: true
        Layout.maximumWidth: 80 * Theme.u
        Layout.alignment: Qt.AlignHCenter
        onKey: key => setting.press(key)
    }
    Button {
        objectName: "keep"
        visible: setting.isNumber
        kind: "primary"
        text: qsTr("Keep this value")
        enabled: setting.typed !== "" && !Workshop.busy
        Layout.fillWidth: true
        onTapped: Workshop.change(Workshop.chosen, setting.typed)
    }
}
