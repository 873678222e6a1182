import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "../home"

Screen {
    id: screen
    required property var vm
    readonly property bool searching: vm.mode === "search"
    readonly property bool listing: vm.mode !== "home"
    // English says in two lines what takes four characters.
    readonly property bool wordy: !Session.language.startsWith("zh")
    readonly property bool plain: Theme.largest || Theme.lowReach || (Theme.large && (Theme.landscape || wordy))
    // At most six choices are in sight at the largest words.
    readonly property real least: Theme.largest ? (scroller.page - 5 * 2 * Theme.u) / 5 : airy
    // Few of them share the page.
    readonly property int shares: Math.ceil(vm.groups.length / 2) + (vm.mode === "mine" ? 3 : 0)
    readonly property real airy: !Theme.roomy || shares === 0 ? 0
        : Math.min(Theme.roomiestRow, (stageRoom - (shares - 1) * 3 * Theme.u) / shares)
    typing: searching && keyboardWanted ? search.input : null
    // Above the keys of a low screen, large words leave room for one hit, or for the title.
    terse: typing !== null && Theme.landscape && Theme.large
    // Above the keys of a low screen there is one line for them.
    readonly property int suggested: Theme.landscape && typing !== null ? (wordy ? 3 : Theme.largest ? 4 : 5) : Theme.largest ? 6 : 8
    property bool keyboardWanted: true
    // Of the page: the button that asks is gone before the end.
    function ask(words) {
        keyboardWanted = false
        vm.search(words)
        search.input.forceActiveFocus() // and what was found is said
    }
    onSearchingChanged: {
        keyboardWanted = true
        if (searching)
            search.enter()
    }

    title: {
        switch (vm.mode) {
        case "situation":
        case "city": return vm.listTitle
        case "cities": return qsTr("Which city does it belong to?")
        case "situations": return qsTr("By what happens in life")
        case "featured": return qsTr("Most used here")
        case "mine": return qsTr("My cases")
        case "search": return qsTr("Find a service")
        }
        return qsTr("What can we do for you?")
    }
    subtitle: vm.mode === "city" ? qsTr("These can be done here for this city.") : ""
    bigTitle: !listing && !Theme.landscape
    wide: !listing
    stageMargin: (listing ? 4 : 1) * Theme.u
    backShown: listing
    onBack: vm.up()
    footer: searching ? board : listing ? null : way

    Component {
        id: board
        Keyboard {
            visible: screen.typing !== null
            target: search.input
            inline: true
            onDone: { screen.keyboardWanted = false; search.input.forceActiveFocus() } // and its words are said
        }
    }
    Component {
        id: way
        HomeFoot { onGone: Session.leave() }
    }

    Loader {
        active: !screen.listing
        visible: active
        sourceComponent: screen.plain ? ways : all
        Layout.fillWidth: true
    }
    Component {
        id: ways
        HomePlain {
            vm: screen.vm
            room: screen.stageRoom
            onListed: (mode, key) => screen.vm.show_list(mode, key)
        }
    }
    Component {
        id: all
        HomeFront {
            vm: screen.vm
            wordy: screen.wordy
            room: screen.stageRoom
            beside: Theme.landscape
            onChosen: code => screen.vm.choose(code)
            onListed: (mode, key) => screen.vm.show_list(mode, key)
        }
    }

    Field {
        id: search
        objectName: "search"
        visible: screen.searching
        glyph: "magnifying-glass"
        open: true
        placeholder: qsTr("What do you need? For example: pension proof")
        text: screen.vm.words
        onTouched: screen.keyboardWanted = true
        onEntered: { screen.keyboardWanted = true; screen.footerItem.enter() }
        onEdited: text => screen.vm.search(text)
    }
    Label {
        visible: screen.searching && screen.vm.words !== "" && screen.vm.list.length === 0 && !screen.vm.searchWaits
        text: qsTr("Nothing found for these words. Try another word, or call staff: we help you find it.")
        Accessible.role: Accessible.StatusBar
        Layout.fillWidth: true
    }
    Label {
        objectName: "searchWaits"
        visible: screen.vm.searchWaits
        text: qsTr("The terminal has just started. One moment, and what you typed is looked for.")
        Accessible.role: Accessible.StatusBar
        Layout.fillWidth: true
    }
    Label {
        visible: screen.searching && screen.vm.list.length > 0 && !screen.terse
        text: qsTr("%n services found", "", screen.vm.list.length)
        quiet: true
        font.pixelSize: Theme.caption
        Accessible.role: Accessible.StatusBar
        Layout.fillWidth: true
    }
    Flow {
        objectName: "asked"
        visible: screen.searching && screen.vm.words === ""
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: screen.searching ? screen.vm.asked.slice(0, screen.suggested) : []
            Button {
                required property string modelData
                required property int index
                objectName: "asked-" + index
                kind: "soft"
                text: modelData
                Accessible.name: qsTr("Search for “%1”").arg(modelData)
                onTapped: screen.ask(modelData)
            }
        }
    }
    Label {
        visible: screen.searching && screen.vm.words === "" && !screen.terse
        text: qsTr("Chinese, pinyin or first letters all work, such as “shebao” or “sb”.")
        quiet: true
        Layout.fillWidth: true
    }

    MyCases {
        visible: screen.vm.mode === "mine"
        least: screen.least
        away: screen.vm.portalAway
        onOwned: screen.vm.own_cases()
        onLookedUp: screen.vm.look_up()
        onWentOn: screen.vm.go_on()
    }
    Groups {
        rows: screen.vm.groups
        prefix: screen.vm.mode === "situations" || screen.vm.mode === "mine" ? "situation-" : "group-"
        least: screen.least
        onChosen: key => screen.vm.show_list(screen.vm.mode === "cities" || screen.vm.mode === "city" ? "city" : "situation", key)
    }
    Services {
        rows: screen.vm.list
        least: screen.least
        onChosen: code => screen.vm.choose(code)
    }
}
