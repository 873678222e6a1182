import QtQuick
import QtQuick.Layouts
import Citizen
import "walk.js" as Walk

// Chinese by sound or by handwriting, letters, digits and marks; a pad where only digits fit.
Rectangle {
    id: board
    objectName: "keyboard"
    readonly property bool keysOnScreen: true

    property Item target: null
    property bool digitsOnly: false
    // What the pad has beside the digits: "." for amounts, "X" for numbers of persons, "-" for dates.
    property string extra: "-"
    // A person's name is asked for: surnames come first.
    property bool personName: false
    // Letters stand in the line at once and can be turned into characters one by one.
    property bool inline: false
    // A code of letters and digits is asked for: no Chinese.
    property bool lettersFirst: false
    property string chosenMode: ""
    readonly property string mode: chosenMode !== "" ? chosenMode
        : Session.language.startsWith("zh") && !lettersFirst ? "sound" : "letters"
    property bool capitals: false
    property string letters: ""
    signal done()

    readonly property bool composing: mode === "sound" && !digitsOnly
    readonly property real keyHeight: Theme.target
    readonly property real keyText: Theme.keyText
    readonly property real space: 2 * Theme.u

    function put(text) {
        if (target)
            target.insert(target.cursorPosition, text)
    }
    function type(key) {
        if (key === "back") {
            if (letters !== "" && !inline)
                compose(letters.slice(0, -1))
            else if (target && target.cursorPosition > 0)
                target.remove(previous(target.text, target.cursorPosition), target.cursorPosition)
        } else if (composing && !inline && /^[a-z']$/.test(key)) {
            if (letters !== "" || key !== "'")
                compose(letters + key)
        } else {
            put(capitals ? key.toUpperCase() : key)
            capitals = false
        }
    }
    // Where the character before `at` begins: a rare one is two units long.
    function previous(text, at) {
        const code = text.charCodeAt(at - 1)
        return code >= 0xDC00 && code <= 0xDFFF && at > 1 ? at - 2 : at - 1
    }
    // An offer was touched; `used` letters become it.
    function pick(text, used) {
        if (Walk.keys(Window.activeFocusItem) === board)
            forceActiveFocus() // the offer is about to go, and the focus must not go with it
        if (mode === "hand") {
            put(text)
            writing.item.wipe()
        } else if (inline && target) {
            const start = target.text.length - letters.length
            const rest = letters.slice(used)
            target.cursorPosition = target.text.length
            target.remove(start, start + used)
            target.insert(start, text)
            target.cursorPosition = target.text.length
            compose(rest)
        } else {
            put(text)
            compose(letters.slice(used))
        }
    }
    function compose(text) {
        letters = text
        Typing.look_up(text, personName)
    }
    function choose(next) {
        compose("")
        bar.open = false
        chosenMode = next
    }
    // By a keypad: Enter on the line comes in here, arrows walk the keys as they stand.
    function enter() { step(0, 0) }
    function step(right, down) {
        const from = Window.activeFocusItem
        const here = Walk.keys(from) === board ? middle(from) : Qt.point(0, 0)
        let best = null
        let least = Infinity
        for (const key of focusable(board)) {
            const there = middle(key)
            const along = right * (there.x - here.x) + down * (there.y - here.y)
            const aside = Math.abs(down * (there.x - here.x)) + Math.abs(right * (there.y - here.y))
            const far = right || down ? along + 3 * aside : there.y + there.x / board.width
            if (key !== from && (along > 1 || !(right || down)) && far < least) {
                best = key
                least = far
            }
        }
        if (best)
            best.forceActiveFocus(Qt.TabFocusReason)
    }
    function middle(item) { return item.mapToItem(board, item.width / 2, item.height / 2) }
    function focusable(item) {
        let found = []
        for (const child of item.children)
            if (child.visible && child.enabled)
                found = found.concat(!child.activeFocusOnTab ? focusable(child) : hidden(child) ? [] : [child])
        return found
    }
    // Scrolled out of sight, or under what follows a list.
    function hidden(item) {
        for (let above = item.parent; above !== board; above = above.parent)
            if (above.clip && !above.contains(item.mapToItem(above, item.width / 2, item.height / 2)))
                return true
        return false
    }
    Keys.onLeftPressed: step(-1, 0)
    Keys.onRightPressed: step(1, 0)
    Keys.onUpPressed: step(0, -1)
    Keys.onDownPressed: step(0, 1)
    Keys.onEscapePressed: done()
    // A digit takes the offer of that number, as everywhere where Chinese is typed by sound.
    Keys.onPressed: event => {
        const offer = letters !== "" && /^[1-9]$/.test(event.text) ? Typing.offers[Number(event.text) - 1] : undefined
        event.accepted = offer !== undefined
        if (event.accepted)
            pick(offer.text, offer.used)
    }
    // A change of language changes it too: all offers of a sound would lie over the keys, with none in them.
    onModeChanged: { compose(""); bar.open = false }
    onTargetChanged: { compose(""); if (lettersFirst) chosenMode = "" }
    onVisibleChanged: if (!visible) compose("")
    Connections {
        target: board.inline && board.composing && board.visible ? board.target : null
        function onTextChanged() { board.compose((board.target.text.match(/[a-z']+$/) || [""])[0]) }
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

        Offers {
            id: bar
            visible: !board.digitsOnly && (board.composing || board.mode === "hand")
            letters: board.inline ? "" : board.letters
            hint: board.mode === "hand" ? qsTr("Write a character, then touch it here")
                                        : qsTr("Type the sound, touch the character")
            Layout.fillWidth: true
            onPicked: (text, used) => board.pick(text, used)
        }
        Item {
            implicitHeight: keys.implicitHeight
            Layout.fillWidth: true
            KeyRows {
                id: keys
                width: parent.width
                visible: !bar.open && (board.mode !== "hand" || board.digitsOnly)
                space: board.space
                keyHeight: board.keyHeight
                textSize: board.keyText
                capitals: board.capitals
                rows: board.digitsOnly ? ["123", "456", "789", board.extra + "0"]
                    : board.mode === "marks" ? ["1234567890", "-/:;()¥@&", "，。、？！“”", ".,?!'#+"]
                    : ["1234567890", "qwertyuiop", "asdfghjkl",
                       (board.composing ? "zxcvbnm'" : "zxcvbnm")]
                shift: board.mode === "letters" && !board.digitsOnly
                onTyped: key => board.type(key)
                onShifted: board.capitals = !board.capitals
            }
            OnDemand {
                anchors.fill: parent
                wanted: bar.open
                sourceComponent: AllOffers { onPicked: (text, used) => board.pick(text, used) }
            }
            OnDemand {
                id: writing
                anchors.fill: parent
                wanted: board.mode === "hand" && !bar.open && !board.digitsOnly
                sourceComponent: WritingBoard { onBackspace: board.type("back") }
            }
        }
        RowLayout {
            visible: !board.digitsOnly
            spacing: board.space
            Layout.fillWidth: true
            Repeater {
                model: [{ mode: "sound", text: "拼", words: qsTr("Type Chinese by sound") },
                        { mode: "hand", text: "写", words: qsTr("Write Chinese by hand") },
                        { mode: "letters", text: "ABC", words: qsTr("Type letters") },
                        { mode: "marks", text: "？！", words: qsTr("Type marks") }]
                Button {
                    required property var modelData
                    objectName: "mode-" + modelData.mode
                    visible: modelData.mode !== "hand" || Typing.handwriting
                    text: modelData.text
                    Accessible.name: modelData.words
                    Accessible.checkable: true
                    Accessible.checked: board.mode === modelData.mode
                    kind: board.mode === modelData.mode ? "primary" : "secondary"
                    quick: true
                    leftPadding: 0
                    rightPadding: 0
                    textSize: board.keyText
                    implicitHeight: board.keyHeight
                    Layout.fillWidth: true
                    Layout.preferredWidth: 2
                    onTapped: board.choose(modelData.mode)
                }
            }
            Button {
                objectName: "key-space"
                text: qsTr("Space")
                quick: true
                leftPadding: 0
                rightPadding: 0
                textSize: board.keyText
                implicitHeight: board.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 3
                onTapped: board.put(" ")
            }
            Button {
                objectName: "typingDone"
                text: qsTr("Done")
                glyph: "check"
                quick: true
                leftPadding: 0
                rightPadding: 0
                textSize: board.keyText
                implicitHeight: board.keyHeight
                Layout.fillWidth: true
                Layout.preferredWidth: 3
                tabTo: board.enter
                onTapped: board.done()
            }
        }
        Button {
            visible: board.digitsOnly
            objectName: "typingDone"
            text: qsTr("Done")
            glyph: "check"
            quick: true
            Layout.fillWidth: true
            tabTo: board.enter
            onTapped: board.done()
        }
    }
}
