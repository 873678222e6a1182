import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.found ? vm.now : qsTr("Where is my case?")
    subtitle: vm.found ? vm.next : vm.busy ? "" : low ? qsTr("Type the code of your slip, or hold its square code to the scanner.") : qsTr("Type the look-up code of your slip, or hold its square code to the scanner. No card is needed, and nothing about you is shown.")
    // On a low screen with large text the keys need the room.
    readonly property bool low: Theme.landscape && Theme.large
    centred: vm.busy
    primaryText: vm.busy ? "" : vm.found ? qsTr("Look up another") : qsTr("Look up")
    primaryGlyph: "magnifying-glass"
    primaryEnabled: vm.found || vm.full
    aside: twoPane && !vm.found && !vm.busy ? drawn : null
    Component {
        id: drawn
        LineDrawing { name: "slip_to_scanner" }
    }
    onBack: Session.back()
    // The digits of a keypad; the letters are walked to.
    Keys.onPressed: event => {
        event.accepted = !vm.found && !vm.busy && /^[0-9]$/.test(event.text)
        if (event.accepted)
            vm.key(event.text)
    }
    onPrimary: vm.found ? vm.another() : vm.ask()

    Busy { visible: screen.vm.busy; text: qsTr("Looking where it stands"); Layout.fillWidth: true }
    Card {
        visible: screen.vm.found
        official: true
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = [
                    { label: qsTr("Look-up code"), value: screen.vm.code, strong: true, tone: "seal" },
                ]
                // Of what ended at another terminal, the portal may have been told neither.
                if (screen.vm.itemName !== "")
                    rows.push({ label: qsTr("What"), value: screen.vm.itemName })
                if (screen.vm.receivedAt !== "")
                    rows.push({ label: qsTr("Received"), value: screen.vm.receivedAt })
                if (screen.vm.authority !== "")
                    rows.push({ label: qsTr("Goes to"), value: screen.vm.authority })
                if (screen.vm.promised !== "" && screen.vm.tone === "ok")
                    rows.push({ label: qsTr("Done by"), value: screen.vm.promisedEstimated ? qsTr("about %1").arg(screen.vm.promised) : screen.vm.promised })
                rows.push({ label: qsTr("Now"), value: screen.vm.now, tone: screen.vm.tone, strong: true })
                if (screen.vm.wrong !== "")
                    rows.push({ label: qsTr("To put right"), value: screen.vm.wrong, strong: true })
                if (screen.vm.here)
                    rows.push({ label: qsTr("Said by"), value: qsTr("this terminal, which took it") })
                return rows
            }
        }
    }
    CodePad {
        visible: !screen.vm.found && !screen.vm.busy
        typed: screen.vm.typed
        typedName: "typedCode"
        spoken: qsTr("Code typed so far: %1").arg(screen.vm.typed)
        onKey: key => screen.vm.key(key)
    }
}
