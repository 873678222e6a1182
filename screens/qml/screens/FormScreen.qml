import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "../Kit/walk.js" as Walk
import "../Kit/sentences.js" as Sentences

// A page of questions; each kind of value has its own control, and what is wrong stands beside it.
Screen {
    id: screen
    required property var vm
    // The field being typed in, or chosen for on the wheel.
    property var asking: ({ name: "", widget: "" })
    property bool digits: false
    property bool closing: false
    property bool handedIn: false
    // Names alone, so that a change of language rebuilds nothing.
    readonly property string names: vm.fields.map(field => field.name).join(" ")
    readonly property bool dated: asking.widget === "date" || asking.widget === "month"

    typingAlone: dated && !digits
    title: vm.title
    subtitle: vm.oneAnswer && vm.pages < 2 ? qsTr("Your answer leads on.") : vm.pages > 1 ? qsTr("Page %1 of %2").arg(vm.page + 1).arg(vm.pages) : ""
    // Where an answer leads on, the button is for whoever comes back to one.
    readonly property bool answered: !vm.oneAnswer || !!vm.values[names]
    primaryText: !answered ? "" : vm.page < vm.pages - 1 ? qsTr("Next") : vm.last === "found" ? qsTr("Show what fits") : qsTr("Go on to check")
    onBack: Session.back()
    onPrimary: {
        typing = null
        handedIn = true
        vm.next()
        showError()
    }
    onTypingChanged: digits = false
    footer: Component {
        Item {
            readonly property Item shown: wheel.wanted ? wheel.item : board.item
            visible: screen.typing !== null
            implicitHeight: shown ? shown.implicitHeight : 0
            OnDemand {
                id: board
                width: parent.width
                wanted: screen.typing !== null && !wheel.wanted
                sourceComponent: Keyboard {
                    target: screen.typing
                    digitsOnly: ["phone", "number", "amount", "date", "month", "id_number", "bank_card"].includes(screen.asking.widget)
                    extra: ({ amount: ".", id_number: "X", date: "-", month: "-" })[screen.asking.widget] || ""
                    personName: screen.asking.widget === "person_name"
                    lettersFirst: screen.asking.widget === "company_code"
                    onDone: screen.close()
                }
            }
            OnDemand {
                id: wheel
                width: parent.width
                wanted: screen.typing !== null && screen.dated && !screen.digits
                sourceComponent: DateWheel {
                    readonly property var now: screen.vm.wheels[screen.asking.name] || ({ columns: [], words: "", today: "", chosen: false })
                    columns: now.columns
                    words: now.words
                    todayShown: now.today !== ""
                    clearShown: !screen.asking.required && now.chosen
                    onTurned: (part, by) => screen.vm.turn(screen.asking.name, part, by)
                    onToday: screen.vm.edit(screen.asking.name, now.today)
                    onCleared: { screen.vm.edit(screen.asking.name, ""); screen.close() }
                    onDigits: { screen.digits = true; screen.typing.forceActiveFocus() }
                    onTaken: { screen.vm.take_shown(screen.asking.name); screen.close() }
                    onEscaped: screen.close()
                }
            }
        }
    }

    // Back to the line, without opening again what was just closed.
    function close() {
        const line = typing
        typing = null
        closing = true
        if (line)
            line.forceActiveFocus()
        closing = false
    }
    function open(field, input) {
        if (closing)
            return
        asking = field
        typing = input
    }
    // A page handed in with something wrong: to the first such field, and say it.
    function showError() {
        const at = vm.fields.findIndex(field => vm.errors[field.name])
        if (at < 0 || !handedIn)
            return
        handedIn = false
        const slot = slots.itemAt(at)
        slot.item.enter()
        slot.Accessible.announce(slot.field.label + ": " + slot.error, Accessible.Assertive)
    }

    // Whoever walks on by keys to something else needs no keys on the screen for the line left.
    function leave(item) {
        if (typing && item && item !== typing && item.activeFocusOnTab && !Walk.keys(item))
            typing = null
    }
    Keys.onEscapePressed: event => {
        event.accepted = typing !== null
        if (typing)
            close()
    }

    FieldWords { id: fieldWords }
    Connections {
        target: screen.Window.window
        function onActiveFocusItemChanged() { screen.leave(screen.Window.activeFocusItem) }
    }
    Connections {
        target: screen.vm
        function onErrors_changed() { screen.showError() }
        function onPage_changed() {
            screen.handedIn = false
            screen.scroller.forceActiveFocus() // the page itself, and no button of the one before
        }
    }

    Banner {
        visible: Session.resumedFrom !== ""
        text: qsTr("Taken over from your ticket of %1").arg(Session.resumedFrom)
        detail: qsTr("What is still missing is marked. You can change everything.")
    }
    Banner {
        objectName: "refused"
        visible: screen.vm.refused
        glyph: "warning"
        tone: "warn"
        text: qsTr("The authority did not take this yet")
        detail: qsTr("Please correct what is marked, then hand it in again. Everything else is still there.")
        Accessible.role: Accessible.AlertMessage
        Accessible.name: Sentences.joined([text, detail], Session.language)
    }
    Repeater {
        id: slots
        model: screen.names === "" ? [] : screen.names.split(" ")
        Loader {
            id: slot
            required property string modelData
            // None for the moment in which its page is left.
            readonly property var field: screen.vm.fields.find(field => field.name === modelData)
                || ({ name: "", widget: "text", label: "", help: "", locked: false, required: true, options: [], maxLength: 0, least: "", most: "" })
            readonly property string value: screen.vm.values[modelData] || ""
            readonly property string error: fieldWords.error(field, screen.vm.errors[modelData], value)
            Layout.fillWidth: true
            Layout.bottomMargin: 1.5 * Theme.u
            sourceComponent: field.locked && value !== "" ? line
                : field.widget === "choice" ? choice
                : field.widget === "toggle" ? toggle
                : field.widget === "division" ? division
                : field.widget === "address" ? address : line

            Component {
                id: line
                Field {
                    objectName: "field-" + slot.modelData
                    readonly property string place: screen.vm.placeNames[slot.modelData] || ""
                    label: slot.field.label
                    help: fieldWords.help(slot.field)
                    kind: locked ? "" : slot.field.widget
                    text: place !== "" ? place : slot.value
                    readonly property var wheel: screen.vm.wheels[slot.modelData]
                    suffix: wheel && wheel.chosen ? wheel.words : ""
                    error: slot.error
                    locked: slot.field.locked && slot.value !== ""
                    optional: !slot.field.required && !locked
                    maxLength: slot.field.maxLength
                    prefix: slot.field.widget === "amount" ? "¥" : ""
                    placeholder: slot.field.widget === "date" || slot.field.widget === "month" ? qsTr("Touch here to choose") : ""
                    onEdited: text => { if (!locked && slot.field.name !== "") screen.vm.edit(slot.modelData, text) }
                    onFocused: input => screen.open(slot.field, input)
                    onLeaving: screen.typing = null
                    onEntered: {
                        screen.open(slot.field, input)
                        screen.footerItem.shown.enter()
                    }
                }
            }
            Component {
                id: choice
                Options {
                    label: slot.field.label
                    help: slot.field.help
                    optional: !slot.field.required
                    alone: screen.vm.fields.length === 1
                    options: slot.field.options
                    value: slot.value
                    error: slot.error
                    onPicked: key => { screen.typing = null; screen.vm.choose(slot.modelData, key) }
                }
            }
            Component {
                id: toggle
                ColumnLayout {
                    spacing: Theme.u
                    function enter() { box.forceActiveFocus(Qt.TabFocusReason) }
                    Choice {
                        id: box
                        objectName: "toggle-" + slot.modelData
                        square: true
                        text: slot.field.label
                        hint: slot.field.help
                        chosen: slot.value === "true"
                        Layout.fillWidth: true
                        onTapped: screen.vm.edit(slot.modelData, chosen ? "false" : "true")
                    }
                    ErrorLine { text: slot.error }
                }
            }
            Component {
                id: division
                PlacePicker {
                    label: slot.field.label
                    help: slot.field.help
                    optional: !slot.field.required
                    chosenName: screen.vm.placeNames[slot.modelData] || ""
                    chosen: slot.value
                    places: screen.vm.places
                    path: screen.vm.path
                    error: slot.error
                    onOpened: code => screen.vm.look_in(code)
                    onPicked: code => screen.vm.edit(slot.modelData, code)
                }
            }
            Component {
                id: address
                AddressField {
                    readonly property var now: screen.vm.addresses[slot.modelData] || ({ line: "", path: [], places: [], offers: [], settled: false })
                    objectName: "field-" + slot.modelData
                    label: slot.field.label
                    help: slot.field.help
                    optional: !slot.field.required
                    error: slot.error
                    filled: slot.value !== ""
                    line: now.line
                    path: now.path
                    places: now.places
                    offers: now.offers
                    settled: now.settled
                    onOpened: code => screen.vm.open_place(slot.modelData, code)
                    onEdited: text => { if (slot.field.name !== "") screen.vm.type_street(slot.modelData, text) }
                    onCompleted: code => screen.vm.complete(slot.modelData, code)
                    onCleared: screen.vm.clear_address(slot.modelData)
                    onFocused: input => screen.open(slot.field, input)
                    onLeaving: screen.typing = null
                    onEntered: input => { screen.open(slot.field, input); screen.footerItem.shown.enter() }
                }
            }
        }
    }
}
