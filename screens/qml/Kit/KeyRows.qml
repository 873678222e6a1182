import QtQuick
import QtQuick.Layouts

// Rows of keys; the last has what shifts and what deletes.
ColumnLayout {
    id: keys

    property var rows: []
    property bool shift: false
    property bool capitals: false
    property real space: 2 * Theme.u
    property real keyHeight: Theme.target
    property real textSize: Theme.body
    readonly property int widest: Math.max(...rows.map(row => row.length))
    signal typed(string key)
    signal shifted()

    spacing: space

    Repeater {
        model: keys.rows
        RowLayout {
            id: line
            required property string modelData
            required property int index
            readonly property bool last: index === keys.rows.length - 1
            // A row of one key less stands between those above it.
            readonly property real inset: !last && modelData.length < keys.widest && keys.widest > 4
                ? (keys.widest - modelData.length) * keys.width / (2 * keys.widest) : 0
            spacing: keys.space
            Layout.fillWidth: true
            Layout.leftMargin: inset
            Layout.rightMargin: inset
            Button {
                objectName: "key-shift"
                visible: line.last && keys.shift
                glyph: "arrow-fat-up"
                kind: keys.capitals ? "primary" : "secondary"
                Accessible.name: qsTr("Capital letter")
                quick: true
                implicitHeight: keys.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 1.5
                onTapped: keys.shifted()
            }
            Repeater {
                model: line.modelData.split("")
                Button {
                    required property string modelData
                    objectName: "key-" + modelData
                    text: keys.capitals ? modelData.toUpperCase() : modelData
                    quick: true
                    leftPadding: 0
                    rightPadding: 0
                    textSize: keys.textSize
                    implicitWidth: Theme.target
                    implicitHeight: keys.keyHeight
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    onTapped: keys.typed(modelData)
                }
            }
            Button {
                objectName: "key-back"
                visible: line.last
                glyph: "backspace"
                Accessible.name: qsTr("Delete")
                quick: true
                implicitHeight: keys.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 1.5
                onTapped: keys.typed("back")
            }
        }
    }
}
