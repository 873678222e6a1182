import QtQuick

// What the buttons of a trouble are called.
QtObject {
    // The one action, by the button's name in kiosk/advice.toml.
    function first(name) {
        switch (name) {
        case "try_again": return qsTr("Try again")
        case "lay_again": return qsTr("Lay the card down again")
        case "insert_again": return qsTr("Put the card in again")
        case "scan_again": return qsTr("Show the code again")
        case "use_id_card": return qsTr("Use the ID card")
        case "look_again": return qsTr("Look at the camera again")
        case "print_again": return qsTr("Print it again")
        case "check_again": return qsTr("Check the amount again")
        case "choose_again": return qsTr("Choose another one")
        case "type_again": return qsTr("Type it again")
        case "try_later": return qsTr("All right, I'll try later")
        case "wait": return qsTr("All right, I'll wait")
        case "go_on": return qsTr("Go on")
        case "understood": return qsTr("All right")
        case "staff": return qsTr("Ask staff to help")
        case "counter": return qsTr("End here, go to the counter")
        }
        return other(name)
    }
    // The ways out.
    function other(action) {
        switch (action) {
        case "retry": return qsTr("Try again")
        case "staff": return qsTr("Ask staff to help")
        case "back": return qsTr("Go back")
        case "leave": return qsTr("End here")
        case "later": return qsTr("Go on without it")
        case "dismiss": return qsTr("Close this")
        case "elsewhere": return qsTr("Keep it, go on elsewhere")
        }
        return action
    }
}
