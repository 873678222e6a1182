import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool searching: vm.mode === "search"
    typing: searching && keyboardWanted ? search.input : null
    property bool keyboardWanted: true
    readonly property bool listing: vm.mode !== "home"
    readonly property int columnsWide: Theme.large ? 1 : 2

    title: vm.mode === "situation" || vm.mode === "city" ? vm.listTitle
         : vm.mode === "cities" ? qsTr("Which city does it belong to?")
         : searching ? qsTr("Find a service") : qsTr("Hello, what can we do for you today?")
    subtitle: vm.mode === "city" ? qsTr("These can be done here for this city.")
            : vm.mode === "home" && twoPane ? qsTr("Type a word, or choose below. Nobody sees what you look for.") : ""
    bigTitle: !listing
    backShown: listing
    secondaryText: listing ? "" : qsTr("Call staff")
    secondaryGlyph: "headset"
    primaryText: listing ? "" : qsTr("Finish and leave")
    primaryGlyph: "sign-out"
    onBack: vm.up()
    onPrimary: Session.leave()
    onSecondary: Session.help()
    footer: Component {
        Keyboard {
            id: board
            visible: screen.typing !== null
            target: search.input
            inline: true
            onDone: screen.keyboardWanted = false
        }
    }

    function caption(entry) {
        const time = qsTr("about %n min", "", entry.minutes)
        return entry.paper ? qsTr("%1 · printed at once").arg(time)
            : entry.kind === "pay" ? qsTr("%1 · pay by phone").arg(time) : time
    }

    Field {
        id: search
        objectName: "search"
        visible: !screen.listing || screen.searching
        glyph: "magnifying-glass"
        placeholder: qsTr("What do you need? For example: pension proof")
        text: screen.vm.words
        function open() {
            screen.keyboardWanted = true
            if (screen.vm.mode !== "search")
                screen.vm.show_list("search", "")
        }
        onTouched: open()
        onEntered: open()
        onEdited: text => {
            if (text !== "" && !screen.listing)
                screen.vm.show_list("search", "")
            screen.vm.search(text)
        }
    }

    Label { visible: !screen.listing; text: qsTr("Most used here"); quiet: true; Layout.fillWidth: true; Layout.bottomMargin: -Theme.u }
    GridLayout {
        visible: !screen.listing
        columns: screen.columnsWide
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Repeater {
            model: screen.listing ? [] : screen.vm.featured.slice(0, 4)
            Tile {
                required property var modelData
                objectName: "item-" + modelData.code
                text: modelData.name
                glyph: modelData.icon
                caption: screen.caption(modelData)
                note: modelData.note
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                onTapped: screen.vm.choose(modelData.code)
            }
        }
    }

    GridLayout {
        visible: !screen.listing
        columns: screen.columnsWide
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        component Way: ListRow {
            filled: true
            arrow: false
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
        }
        Way {
            objectName: "cases"
            glyph: "folder-open"
            text: qsTr("My cases")
            hint: qsTr("How far they are; hand in what is missing, withdraw. With your ID card")
            note: screen.vm.portalAway ? qsTr("The platform can't be reached now, so they can't be shown") : ""
            onTapped: screen.vm.own_cases()
        }
        Way {
            objectName: "lookup"
            glyph: "receipt"
            text: qsTr("Where is my case?")
            hint: qsTr("With the look-up code of your slip: type it or scan it")
            onTapped: screen.vm.look_up()
        }
        Way {
            visible: screen.vm.cities.length > 0
            objectName: "cities"
            glyph: "map-pin-line"
            text: qsTr("For another city")
            hint: screen.vm.cityNames
            onTapped: screen.vm.show_list("cities", "")
        }
        Way {
            objectName: "resume"
            glyph: "arrow-right"
            text: qsTr("Go on with a ticket")
            hint: qsTr("With the ticket of what you began and kept at a terminal")
            onTapped: screen.vm.go_on()
        }
    }
    Label { visible: !screen.listing; text: qsTr("By what happens in life"); quiet: true; Layout.fillWidth: true; Layout.topMargin: Theme.u; Layout.bottomMargin: -Theme.u }
    Card {
        visible: !screen.listing
        padding: 1.5 * Theme.u
        GridLayout {
            columns: screen.columnsWide
            columnSpacing: 1.5 * Theme.u
            rowSpacing: 1.5 * Theme.u
            Layout.fillWidth: true
            Repeater {
                model: screen.listing ? [] : screen.vm.situations
                ListRow {
                    required property var modelData
                    objectName: "situation-" + modelData.key
                    text: modelData.name
                    hint: modelData.hint
                    glyph: modelData.icon
                    arrow: false
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    onTapped: screen.vm.show_list("situation", modelData.key)
                }
            }
        }
    }

    GridLayout {
        readonly property var rows: screen.vm.mode === "cities" ? screen.vm.cities : screen.vm.groups
        id: cities
        visible: rows.length > 0
        columns: screen.columnsWide
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: cities.rows
            ListRow {
                required property var modelData
                filled: true
                objectName: "group-" + modelData.key
                glyph: screen.vm.mode === "cities" ? "map-pin" : modelData.icon
                text: modelData.name
                hint: qsTr("%n services", "", modelData.count)
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onTapped: screen.vm.show_list("city", modelData.key)
            }
        }
    }

    Label {
        visible: screen.searching && screen.vm.words !== "" && screen.vm.list.length === 0
        text: qsTr("Nothing found for these words. Try another word, or call staff: we help you find it.")
        Layout.fillWidth: true
    }
    Label {
        visible: screen.searching && screen.vm.words === ""
        text: qsTr("Chinese, pinyin or first letters all work, such as “shebao” or “sb”.")
        quiet: true
        Layout.fillWidth: true
    }
    Card {
        visible: screen.vm.list.length > 0
        padding: 1.5 * Theme.u
        Repeater {
            model: screen.vm.list
            ColumnLayout {
                id: entry
                required property var modelData
                required property int index
                spacing: Theme.u
                Layout.fillWidth: true
                Hairline { visible: entry.index > 0; Layout.leftMargin: 3 * Theme.u; Layout.rightMargin: 3 * Theme.u }
                ListRow {
                    objectName: "item-" + entry.modelData.code
                    text: entry.modelData.name
                    hint: entry.modelData.summary
                    note: entry.modelData.note
                    glyph: entry.modelData.icon
                    Layout.fillWidth: true
                    onTapped: screen.vm.choose(entry.modelData.code)
                }
            }
        }
    }
}
