import QtQuick
import QtQuick.Layouts
import Citizen

// Latin letters and digits, and Chinese characters by sound: a syllable typed, a character touched.
Rectangle {
    id: board
    objectName: "keyboard"

    property Item target: null
    property bool digitsOnly: false
    property bool decimal: false
    // With sound on, letters make a syllable first; characters appear in the bar.
    property bool sound: Session.language.startsWith("zh")
    property bool direct: false
    // Letters stand in the line at once and can be turned into characters one by one.
    property bool inline: false
    property string syllable: ""
    property var candidates: []
    // How many letters of the syllable the candidates stand for.
    property int used: syllable.length
    signal done()
    signal syllableTyped(string syllable)

    readonly property bool composing: sound && (inline || !direct) && !digitsOnly
    readonly property real keyHeight: Theme.target
    readonly property real candidateHeight: Math.max(keyHeight, 1.75 * Theme.body)
    readonly property real space: 2 * Theme.u

    function put(text) {
        if (!target)
            return
        target.insert(target.cursorPosition, text)
    }
    function type(key) {
        if (key === "back") {
            if (syllable !== "" && !inline)
                compose(syllable.slice(0, -1))
            else if (target && target.cursorPosition > 0)
                target.remove(target.cursorPosition - 1, target.cursorPosition)
        } else if (composing && !inline && /^[a-z]$/.test(key)) {
            compose(syllable + key)
        } else {
            put(key)
        }
    }
    // A candidate was touched; `used` letters of the line become this character.
    function pick(character, used) {
        if (inline && target) {
            const end = target.text.length
            const start = end - syllable.length
            const letters = syllable
            target.cursorPosition = end
            target.remove(start, start + used)
            target.insert(start, character)
            target.cursorPosition = target.text.length
            compose(letters.slice(used))
        } else {
            put(character)
            compose("")
        }
    }
    function compose(text) {
        syllable = text
        syllableTyped(text)
    }
    onTargetChanged: compose("")
    Connections {
        target: board.inline && board.visible ? board.target : null
        function onTextChanged() { board.compose((board.target.text.match(/[a-z]+$/) || [""])[0]) }
    }

    color: Theme.primarySoft
    implicitHeight: column.implicitHeight + 4 * Theme.u
    Hairline { width: parent.width }

    ColumnLayout {
        id: column
        y: 2 * Theme.u
        width: Math.min(parent.width - 4 * Theme.u, 160 * Theme.u)
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: board.space

        RowLayout {
            visible: board.composing
            spacing: board.space
            Layout.fillWidth: true
            Label {
                text: board.syllable === "" ? qsTr("Type the sound, touch the character") : board.syllable
                quiet: board.syllable === ""
                strong: board.syllable !== ""
                font.pixelSize: Theme.caption
                Layout.fillWidth: board.candidates.length === 0
                Layout.minimumWidth: board.candidates.length === 0 ? 0 : implicitWidth
                Layout.leftMargin: Theme.u
            }
            ListView {
                visible: board.candidates.length > 0
                orientation: ListView.Horizontal
                model: board.candidates
                spacing: board.space
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                Layout.fillWidth: true
                implicitHeight: board.candidateHeight
                delegate: Button {
                    required property string modelData
                    required property int index
                    objectName: "candidate-" + index
                    text: modelData
                    quick: true
                    textSize: 1.15 * Theme.body
                    height: board.candidateHeight
                    leftPadding: Theme.u
                    rightPadding: Theme.u
                    width: Math.max(Theme.target, 1.6 * Theme.body)
                    onTapped: board.pick(modelData, board.used)
                }
            }
            Item { implicitHeight: board.candidateHeight; implicitWidth: 1 }
        }
        Repeater {
            model: board.digitsOnly ? ["123", "456", "789", board.decimal ? ".0" : "-0"]
                                    : ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"]
            RowLayout {
                id: line
                required property string modelData
                required property int index
                spacing: board.space
                Layout.fillWidth: true
                Layout.leftMargin: !board.digitsOnly && index === 2 ? 0.04 * column.width : 0
                Layout.rightMargin: Layout.leftMargin
                Repeater {
                    model: line.modelData.split("")
                    Button {
                        required property string modelData
                        objectName: "key-" + modelData
                        text: modelData
                        quick: true
                        leftPadding: 0
                        rightPadding: 0
                        textSize: Math.min(Theme.body, 46 * Theme.scale)
                        implicitWidth: Theme.target
                        implicitHeight: board.keyHeight
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        onTapped: board.type(modelData)
                    }
                }
                Button {
                    objectName: "key-back"
                    visible: line.index === 3
                    glyph: "backspace"
                    Accessible.name: qsTr("Delete")
                    quick: true
                    implicitHeight: board.keyHeight
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1.5
                    onTapped: board.type("back")
                }
            }
        }
        RowLayout {
            visible: !board.digitsOnly
            spacing: board.space
            Layout.fillWidth: true
            Button {
                visible: board.sound && !board.inline
                text: board.direct ? "中" : "ABC"
                Accessible.name: board.direct ? qsTr("Type Chinese") : qsTr("Type letters")
                quick: true
                textSize: Math.min(Theme.body, 46 * Theme.scale)
                implicitHeight: board.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 2
                onTapped: { board.compose(""); board.direct = !board.direct }
            }
            Button {
                text: qsTr("Space")
                quick: true
                textSize: Math.min(Theme.body, 46 * Theme.scale)
                implicitHeight: board.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 5
                onTapped: board.put(" ")
            }
            Button {
                objectName: "typingDone"
                text: qsTr("Done")
                kind: "soft"
                quick: true
                textSize: Math.min(Theme.body, 46 * Theme.scale)
                implicitHeight: board.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 3
                onTapped: board.done()
            }
        }
        Button {
            visible: board.digitsOnly
            objectName: "typingDone"
            text: qsTr("Done")
            kind: "soft"
            quick: true
            Layout.fillWidth: true
            onTapped: board.done()
        }
    }
}
