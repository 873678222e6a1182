import QtQuick
import QtQuick.Layouts

// Digits; the same order as a phone. Emits the digit, "back" or "clear".
GridLayout {
    id: pad
    property bool decimal: false
    property bool letterX: false
    signal key(string key)
    columns: 3
    columnSpacing: 2 * Theme.u
    rowSpacing: 2 * Theme.u
    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9",
                pad.letterX ? "X" : pad.decimal ? "." : "clear", "0", "back"]
        Button {
            required property string modelData
            readonly property bool word: modelData === "clear"
            text: word ? qsTr("Clear") : modelData === "back" ? "" : modelData
            glyph: modelData === "back" ? "backspace" : ""
            Accessible.name: modelData === "back" ? qsTr("Delete") : text
            quick: true
            leftPadding: Theme.u
            rightPadding: Theme.u
            textSize: word ? Theme.caption : 1.2 * Theme.body
            implicitHeight: Math.max(Theme.landscape ? Theme.target : 12 * Theme.u, implicitContentHeight + 2 * Theme.u)
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            onTapped: pad.key(modelData)
        }
    }
}
