import QtQuick
import QtQuick.Layouts

// City or district, then town, then village, within a form.
ColumnLayout {
    id: picker
    property string label: ""
    property string help: ""
    property string error: ""
    property bool optional: false
    property string chosen: ""
    property string chosenName: ""
    property var places: []
    property var path: []
    signal opened(string code)
    signal picked(string code)
    function enter() { rows.itemAt(0).forceActiveFocus(Qt.TabFocusReason) }
    // What was pressed is gone as soon as another list stands there; by keys, the focus goes into it.
    function open(code, byKeys) {
        opened(code)
        if (byKeys)
            Qt.callLater(() => { if (rows.count > 0) picker.enter() })
    }
    spacing: 1.5 * Theme.u
    Label { text: picker.optional ? qsTr("%1 (if you like)").arg(picker.label) : picker.label; strong: true; Layout.fillWidth: true }
    Label { visible: text !== ""; text: picker.help; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
    Banner { visible: picker.chosenName !== ""; glyph: "check-circle"; tone: "ok"; text: picker.chosenName }
    Button {
        visible: picker.path.length > 0
        text: qsTr("Back to the whole list")
        glyph: "arrow-up"
        kind: "soft"
        Layout.fillWidth: true
        onTapped: picker.open("", visualFocus)
    }
    GridLayout {
        columns: Theme.large ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            id: rows
            model: some.shown
            ListRow {
                required property var modelData
                filled: true
                arrow: modelData.more
                text: modelData.name
                chosen: picker.chosen === modelData.key
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                onTapped: modelData.more ? picker.open(modelData.key, visualFocus) : picker.picked(modelData.key)
            }
        }
    }
    Portion { id: some; all: picker.places }
    ErrorLine { text: picker.error }
}
