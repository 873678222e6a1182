import QtQuick
import QtQuick.Layouts

// A labelled line to type in; `locked` values came from the card. The error stands under it.
ColumnLayout {
    id: field

    property string label: ""
    property string help: ""
    property string error: ""
    property string text: ""
    property string placeholder: ""
    property string prefix: ""
    property bool locked: false
    property bool optional: false
    property int maxLength: 200
    property int hints: Qt.ImhNone
    property string glyph: ""
    readonly property alias input: input
    signal edited(string text)
    signal focused(Item input)

    spacing: Theme.u
    Layout.fillWidth: true
    onTextChanged: if (input.text !== text) input.text = text

    Label {
        visible: text !== ""
        text: field.optional ? qsTr("%1 (if you like)").arg(field.label) : field.label
        strong: true
        Layout.fillWidth: true
    }
    Label {
        visible: text !== ""
        text: field.help
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }
    Rectangle {
        id: box
        implicitHeight: Math.max(11 * Theme.u, inside.implicitHeight + 4 * Theme.u)
        radius: Theme.radius
        color: field.locked ? Theme.primarySoft : Theme.surface
        border.width: field.error !== "" || input.activeFocus ? Theme.ring / 1.5 : Theme.hairline
        border.color: field.error !== "" ? Theme.dangerInk : input.activeFocus ? Theme.primary : Theme.edge
        Layout.fillWidth: true

        RowLayout {
            id: inside
            x: 3 * Theme.u
            width: parent.width - 6 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2 * Theme.u
            Icon { visible: field.glyph !== ""; name: field.glyph; size: 5 * Theme.u }
            Label { visible: text !== ""; text: field.prefix; quiet: true }
            Label {
                visible: field.locked
                text: field.text
                Layout.fillWidth: true
            }
            Item {
                visible: !field.locked
                implicitHeight: Math.max(hint.visible ? hint.implicitHeight : 0, input.implicitHeight)
                Layout.fillWidth: true
                Label {
                    id: hint
                    width: parent.width
                    anchors.verticalCenter: parent.verticalCenter
                    visible: input.text === "" && !input.activeFocus
                    text: field.placeholder
                    quiet: true
                    Accessible.ignored: true
                }
                TextInput {
                    id: input
                    objectName: field.objectName === "" ? "" : "input-" + field.objectName
                    width: parent.width
                    anchors.verticalCenter: parent.verticalCenter
                    enabled: !field.locked
                    activeFocusOnTab: !field.locked
                    font.family: Theme.sans
                    font.pixelSize: Theme.body
                    color: Theme.ink
                    selectionColor: Theme.primary
                    selectedTextColor: Theme.overPrimary
                    clip: true
                    maximumLength: field.maxLength
                    inputMethodHints: field.hints
                    Accessible.role: Accessible.EditableText
                    Accessible.name: field.label !== "" ? field.label : field.placeholder
                    Accessible.description: field.error !== "" ? field.error : field.help
                    onTextEdited: field.edited(text)
                    onTextChanged: if (text !== field.text) field.edited(text)
                    onActiveFocusChanged: if (activeFocus) field.focused(input)
                    Keys.onUpPressed: event => event.accepted = false
                    Keys.onDownPressed: event => event.accepted = false
                }
            }
            Icon {
                visible: field.locked
                name: "identification-card"
                size: 5 * Theme.u
            }
        }
        MouseArea {
            anchors.fill: parent
            enabled: !field.locked
            onClicked: input.forceActiveFocus(Qt.MouseFocusReason)
            z: -1
        }
    }
    Label {
        visible: field.locked
        text: qsTr("From your card; can't be changed here")
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }
    ErrorLine { text: field.error }
}
