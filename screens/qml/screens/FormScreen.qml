import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    property string typingWidget: ""
    title: vm.title
    subtitle: vm.pages > 1 ? qsTr("Page %1 of %2").arg(vm.page + 1).arg(vm.pages) : ""
    primaryText: vm.page < vm.pages - 1 ? qsTr("Next") : qsTr("Go on to check")
    onBack: Session.back()
    onPrimary: { screen.typing = null; vm.next() }
    footer: Component {
        Keyboard {
            id: board
            visible: screen.typing !== null
            target: screen.typing
            digitsOnly: ["phone", "number", "amount", "date", "id_number"].includes(screen.typingWidget)
            extra: screen.typingWidget === "amount" ? "." : screen.typingWidget === "id_number" ? "X" : "-"
            personName: screen.typingWidget === "person_name"
            onDone: screen.typing = null
        }
    }

    function error(code) {
        switch (code) {
        case undefined: case "": return ""
        case "required": return qsTr("Please fill this in")
        case "pattern": return qsTr("Please check: this does not look complete")
        case "minimum": case "exclusiveMinimum": return qsTr("This is too small")
        case "maximum": case "exclusiveMaximum": return qsTr("This is too large")
        case "minLength": return qsTr("This is too short")
        case "maxLength": return qsTr("This is too long")
        case "number": case "type": return qsTr("Please enter a number")
        case "date": case "format": return qsTr("Please enter a date, such as 1958-03-21")
        case "date_past": return qsTr("This date has to be in the past")
        case "enum": case "const": return qsTr("Please choose one")
        }
        return qsTr("Please check this")
    }

    Repeater {
        model: screen.vm.fields
        Loader {
            id: slot
            required property var modelData
            readonly property string value: screen.vm.values[modelData.name] || ""
            readonly property string error: screen.error(screen.vm.errors[modelData.name])
            Layout.fillWidth: true
            Layout.bottomMargin: 1.5 * Theme.u
            sourceComponent: modelData.widget === "choice" && !modelData.locked ? choice
                : modelData.widget === "toggle" && !modelData.locked ? toggle
                : modelData.widget === "division" && !modelData.locked ? division : line

            Component {
                id: line
                Field {
                    objectName: "field-" + slot.modelData.name
                    label: slot.modelData.label
                    help: slot.modelData.help !== "" ? slot.modelData.help : slot.modelData.widget === "date" && !locked ? qsTr("Year-month-day, such as 1958-03-21") : ""
                    text: slot.modelData.widget === "division" && slot.modelData.locked ? (screen.vm.placeNames[slot.modelData.name] || slot.value) : slot.value
                    error: slot.error
                    locked: slot.modelData.locked && slot.value !== ""
                    optional: !slot.modelData.required
                    maxLength: slot.modelData.maxLength
                    prefix: slot.modelData.widget === "amount" ? "¥" : ""
                    onEdited: text => { if (!locked) screen.vm.edit(slot.modelData.name, text) }
                    onFocused: input => {
                        screen.typingWidget = slot.modelData.widget
                        screen.typing = input
                    }
                }
            }
            Component {
                id: choice
                Options {
                    label: slot.modelData.label
                    help: slot.modelData.help
                    optional: !slot.modelData.required
                    options: slot.modelData.options
                    value: slot.value
                    error: slot.error
                    onPicked: key => { screen.typing = null; screen.vm.edit(slot.modelData.name, key) }
                }
            }
            Component {
                id: toggle
                ColumnLayout {
                    spacing: Theme.u
                    Choice {
                        objectName: "toggle-" + slot.modelData.name
                        square: true
                        text: slot.modelData.label
                        hint: slot.modelData.help
                        chosen: slot.value === "true"
                        Layout.fillWidth: true
                        onTapped: screen.vm.edit(slot.modelData.name, chosen ? "false" : "true")
                    }
                    ErrorLine { text: slot.error }
                }
            }
            Component {
                id: division
                PlacePicker {
                    label: slot.modelData.label
                    help: slot.modelData.help
                    chosenName: screen.vm.placeNames[slot.modelData.name] || ""
                    chosen: slot.value
                    places: screen.vm.places
                    path: screen.vm.path
                    error: slot.error
                    onOpened: code => screen.vm.look_in(code)
                    onPicked: code => screen.vm.edit(slot.modelData.name, code)
                }
            }
        }
    }
}
