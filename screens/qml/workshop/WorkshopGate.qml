import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Number, PIN and one-time code, typed on one keypad.
Screen {
    id: gate
    title: qsTr("For technicians")
    subtitle: qsTr("Residents are not served while you are signed in. One-time codes need the right time: it is %1 here.").arg(Session.time)
    backText: qsTr("Cancel")
    backShown: true
    primaryText: qsTr("Sign in")
    primaryEnabled: !Workshop.busy && Workshop.number.length >= 2 && Workshop.pinLength >= 6 && Workshop.code.length === 6
    centred: true
    onBack: Workshop.leave()
    onPrimary: Workshop.sign_in()

    component Line: ListRow {
        required property string line
        arrow: false
        chosen: Workshop.line === line
        Layout.fillWidth: true
        onTapped: Workshop.choose_line(line)
    }

    Line { objectName: "number"; line: "number"; glyph: "user"; text: qsTr("Number"); trailing: Workshop.number }
    Line { objectName: "pin"; line: "pin"; glyph: "lock-key"; text: qsTr("PIN"); trailing: "•".repeat(Workshop.pinLength) }
    Line { objectName: "code"; line: "code"; glyph: "clock"; text: qsTr("One-time code of your phone"); trailing: Workshop.code }
    ErrorLine {
        text: Workshop.error === "" ? "" : Workshop.error === "technician.locked"
            ? qsTr("Too many wrong tries: this number is locked for a while.")
            : qsTr("The number, the PIN or the one-time code is wrong.")
    }
    Keypad {
        Layout.fillWidth: true
        Layout.maximumWidth: 80 * Theme.u
        Layout.alignment: Qt.AlignHCenter
        onKey: key => Workshop.key(key)
    }
}
