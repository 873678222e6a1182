import QtQuick
import QtQuick.Layouts

// Rows of an answer. Where columns don't fit, each row becomes a small list of its own.
ColumnLayout {
    id: table
    property var columns: []
    property var rows: []
    readonly property bool stacked: Theme.large || width < columns.length * 24 * Theme.u
    spacing: 0
    Layout.fillWidth: true

    RowLayout {
        visible: !table.stacked
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Layout.bottomMargin: 1.5 * Theme.u
        Repeater {
            model: table.columns
            Label {
                required property var modelData
                text: modelData.label
                quiet: true
                font.pixelSize: Theme.caption
                horizontalAlignment: modelData.end ? Text.AlignRight : Text.AlignLeft
                Layout.fillWidth: true
                Layout.preferredWidth: 1
            }
        }
    }
    Repeater {
        model: table.rows
        ColumnLayout {
            id: line
            required property var modelData
            spacing: 0
            Layout.fillWidth: true
            Hairline {}
            GridLayout {
                columns: table.stacked ? 2 : table.columns.length
                columnSpacing: 2 * Theme.u
                rowSpacing: 0.5 * Theme.u
                Layout.fillWidth: true
                Layout.topMargin: 2 * Theme.u
                Layout.bottomMargin: 2 * Theme.u
                Repeater {
                    model: table.stacked ? 2 * line.modelData.length : line.modelData.length
                    Label {
                        required property int index
                        readonly property bool head: table.stacked && index % 2 === 0
                        readonly property int at: table.stacked ? Math.floor(index / 2) : index
                        text: !table.columns[at] ? "" : head ? table.columns[at].label : line.modelData[at]
                        quiet: head
                        font.pixelSize: head ? Theme.caption : Theme.body
                        font.features: ({ "tnum": 1 })
                        horizontalAlignment: !table.stacked && table.columns[at] !== undefined && table.columns[at].end ? Text.AlignRight : Text.AlignLeft
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        Layout.alignment: Qt.AlignTop
                    }
                }
            }
        }
    }
}
