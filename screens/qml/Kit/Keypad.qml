import QtQuick
import QtQuick.Layouts

// Digits; the same order as a phone. Emits the digit, "back" or "clear".
GridLayout {
    id: pad
    property bool decimal: false
    property bool letterX: false
    property real least: Theme.landscape ? Theme.target : 12 * Theme.u
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
            textSize: word ? Theme.caption : 1.2 * (Theme.landscape ? Theme.keyText : Theme.body)
            // On a low screen with large text the letters stop growing, and all four rows stay in sight.
            implicitHeight: Theme.landscape && Theme.large ? Theme.primaryTarget : Math.max(pad.least, implicitContentHeight + 2 * Theme.u)
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            onTapped: pad.key(modelData)
        }
    }
}
