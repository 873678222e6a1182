import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Go on with a ticket")
    subtitle: vm.busy ? "" : Theme.landscape && Theme.large ? qsTr("Type the code of your ticket, or hold its square code to the scanner.") : qsTr("Type the code of your ticket, or hold its square code to the scanner. You will then be asked for the same document as before.")
    centred: vm.busy
    primaryText: vm.busy ? "" : qsTr("Go on")
    primaryEnabled: vm.full
    aside: twoPane && !vm.busy ? drawn : null
    Component {
        id: drawn
        LineDrawing { name: "slip_to_scanner" }
    }
    onBack: Session.back()
    // The digits of a keypad; the letters are walked to.
    Keys.onPressed: event => {
        event.accepted = !vm.busy && /^[0-9]$/.test(event.text)
        if (event.accepted)
            vm.key(event.text)
    }
    onPrimary: vm.ask()

    Busy { visible: screen.vm.busy; text: screen.vm.fetching ? qsTr("Fetching what you filled in") : qsTr("Looking at your ticket"); Layout.fillWidth: true }
    CodePad {
        visible: !screen.vm.busy
        typed: screen.vm.typed
        typedName: "typedTicket"
        spoken: qsTr("Code typed so far: %1").arg(screen.vm.typed)
        onKey: key => screen.vm.key(key)
    }
}
