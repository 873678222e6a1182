import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Number, PIN and one-time code, typed on one keypad.
Screen {
    id: gate
    title: qsTr("For technicians")
    // On a low screen with large text the keys stand beside the lines, so that all of these are in sight.
    readonly property bool low: Theme.landscape && Theme.large
    subtitle: low ? "" : words
    readonly property string words: qsTr("Residents are not served while you are signed in. One-time codes need the right time: it is %1 here.").arg(Session.time)
    backText: qsTr("Cancel")
    backShown: true
    primaryText: qsTr("Sign in")
    primaryEnabled: !Workshop.busy && Workshop.number.length >= 2 && Workshop.pinLength >= 6 && Workshop.code.length === 6
    centred: !low
    onBack: Workshop.leave()
    onPrimary: Workshop.sign_in()

    Keys.onEscapePressed: Workshop.leave()
    Keys.onPressed: event => {
        const key = event.key === Qt.Key_Backspace ? "back" : event.key === Qt.Key_Delete ? "clear" : event.text
        event.accepted = /^([0-9]|back|clear)$/.test(key)
        if (event.accepted)
            Workshop.key(key)
    }

    // The line that the keys have reached is the one typed in; Enter goes on to the next.
    component Line: ListRow {
        required property string line
        property Item following: null
        arrow: false
        chosen: Workshop.line === line
        Layout.fillWidth: true
        onVisualFocusChanged: if (visualFocus) Workshop.choose_line(line)
        onTapped: {
            Workshop.choose_line(line)
            if (visualFocus && following)
                following.forceActiveFocus(Qt.TabFocusReason)
            else if (visualFocus && gate.primaryEnabled)
                gate.primary()
        }
    }

    GridLayout {
        columns: gate.low ? 2 : 1
        columnSpacing: 4 * Theme.u
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.preferredWidth: 5
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop
            Line { id: number; objectName: "number"; focus: true; following: pin; line: "number"; glyph: "user"; text: qsTr("Number"); trailing: Workshop.number }
            Line { id: pin; objectName: "pin"; following: code; line: "pin"; glyph: "lock-key"; text: qsTr("PIN"); trailing: "•".repeat(Workshop.pinLength) }
            Line { id: code; objectName: "code"; line: "code"; glyph: "clock"; text: qsTr("One-time code of your phone"); trailing: Workshop.code }
            ErrorLine {
                text: Workshop.error === "" ? "" : Workshop.error === "technician.locked"
                    ? qsTr("Too many wrong tries: this number is locked for a while.")
                    : qsTr("The number, the PIN or the one-time code is wrong.")
            }
            Label { visible: gate.low; text: gate.words; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
        }
        Keypad {
            least: (Theme.roomy ? 14 : Theme.landscape ? 10 : 12) * Theme.u
            Layout.fillWidth: true
            Layout.preferredWidth: 4
            Layout.fillHeight: false
            Layout.maximumWidth: (Theme.roomy ? 96 : 80) * Theme.u
            Layout.alignment: Qt.AlignHCenter | Qt.AlignTop
            onKey: key => Workshop.key(key)
        }
    }
    Connections {
        target: Workshop
        // A try that was refused goes on at the line it is typed anew in.
        function onChanged() {
            const line = { "number": number, "pin": pin, "code": code }[Workshop.line]
            if (!line.activeFocus && (number.activeFocus || pin.activeFocus || code.activeFocus))
                line.forceActiveFocus(Qt.TabFocusReason)
        }
    }
}
