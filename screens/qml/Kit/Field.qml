import QtQuick
import QtQuick.Layouts
import Citizen
import "walk.js" as Walk

// A labelled line to type in; `locked` values came from the card. The error stands under it. A line
// of a `kind` (see screens/shapes.py) groups what is typed; `text` and `edited` are without groups.
ColumnLayout {
    id: field

    property string label: ""
    property string help: ""
    property string error: ""
    property string text: ""
    property string placeholder: ""
    property string prefix: ""
    // What the line means, in words.
    property string suffix: ""
    property string kind: ""
    property bool locked: false
    property bool optional: false
    // Anybody may hear what is typed here; of any other line a hall hears tones.
    property bool open: false
    property int maxLength: 200
    property int hints: Qt.ImhNone
    property string glyph: ""
    readonly property alias input: input
    signal edited(string text)
    // By a finger, or because it is this line's turn: not by a key that walks by.
    signal focused(Item input)
    // A key is about to lead away from it.
    signal leaving()
    signal entered()
    signal touched()
    // Told and not yet heard back: an older echo must not undo what was typed since.
    property var told: []

    spacing: Theme.u
    Layout.fillWidth: true
    onTextChanged: {
        const at = told.indexOf(text)
        told = told.slice(at + 1)
        if (at < 0)
            told = []
        if (told.length === 0 && Typing.plain(kind, input.text) !== text)
            input.text = Typing.grouped(kind, text)
    }

    function enter() {
        input.forceActiveFocus(Qt.TabFocusReason)
        focused(input)
    }
    function walk(forward) {
        leaving()
        Walk.on(input, forward)
    }
    function tell() {
        const value = Typing.plain(kind, input.text)
        const line = Typing.grouped(kind, value)
        if (line !== input.text) {
            const before = Typing.plain(kind, input.text.slice(0, input.cursorPosition)).length
            let at = 0
            while (at < line.length && Typing.plain(kind, line.slice(0, at)).length < before)
                ++at
            input.text = line
            input.cursorPosition = at
        } else if (value !== (told.length > 0 ? told[told.length - 1] : text)) {
            told.push(value)
            edited(value)
        }
    }

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
                    // A selection made by the pointer would go to the clipboard, and outlive the visit.
                    selectByMouse: false
                    maximumLength: field.kind === "" ? field.maxLength : 32767
                    inputMethodHints: field.hints
                    Accessible.role: Accessible.EditableText
                    Accessible.searchEdit: field.open
                    Accessible.name: field.label !== "" ? field.label : field.placeholder
                    Accessible.description: [field.error, field.suffix, field.help, text === "" && field.label !== "" ? field.placeholder : ""]
                        .filter(words => words !== "").join(Session.language.startsWith("zh") ? "；" : "; ")
                    onTextChanged: field.tell()
                    onAccepted: field.entered()
                    TapHandler { onTapped: { field.focused(input); field.touched() } }
                    Keys.onTabPressed: field.walk(true)
                    Keys.onBacktabPressed: field.walk(false)
                    Keys.onUpPressed: field.walk(false)
                    Keys.onDownPressed: field.walk(true)
                }
            }
            Label {
                visible: text !== "" && !Theme.large
                text: field.suffix
                quiet: true
                horizontalAlignment: Text.AlignRight
                Layout.maximumWidth: 0.6 * box.width
                Accessible.ignored: true
            }
            Icon {
                visible: field.locked
                name: "identification-card"
                size: 5 * Theme.u
            }
        }
        // Also where the line has the focus already: what it opens may have been closed.
        TapHandler {
            enabled: !field.locked
            onTapped: {
                input.forceActiveFocus(Qt.MouseFocusReason)
                field.focused(input)
                field.touched()
            }
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
