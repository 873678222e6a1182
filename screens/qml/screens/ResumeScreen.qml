import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Go on with a ticket")
    subtitle: vm.busy ? "" : qsTr("Type the code of your ticket, or hold its square code to the scanner. You will then be asked for the same document as before.")
    centred: vm.busy
    primaryText: vm.busy ? "" : qsTr("Go on")
    primaryEnabled: vm.full
    onBack: Session.back()
    // The digits of a keypad; the letters are walked to.
    Keys.onPressed: event => {
        event.accepted = !vm.busy && /^[0-9]$/.test(event.text)
        if (event.accepted)
            vm.key(event.text)
    }
    onPrimary: vm.ask()

    Busy { visible: screen.vm.busy; text: screen.vm.fetching ? qsTr("Fetching what you filled in") : qsTr("Looking at your ticket"); Layout.fillWidth: true }
    Rectangle {
        visible: !screen.vm.busy
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.hairline
        border.color: Theme.edge
        implicitHeight: typed.implicitHeight + 4 * Theme.u
        Layout.fillWidth: true
        Label {
            id: typed
            objectName: "typedTicket"
            anchors.centerIn: parent
            width: parent.width - 4 * Theme.u
            text: screen.vm.typed === "" ? "····  ····  ····" : screen.vm.typed
            quiet: screen.vm.typed === ""
            strong: screen.vm.typed !== ""
            font.pixelSize: Theme.typedCode
            font.features: ({ "tnum": 1 })
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.StatusBar
            Accessible.name: qsTr("Code typed so far: %1").arg(screen.vm.typed)
        }
    }
    KeyRows {
        visible: !screen.vm.busy
        rows: ["01234567", "89ABCDEF", "GHJKMNPQ", "RSTVWXYZ"]
        space: 1.5 * Theme.u
        keyHeight: Math.max(Theme.target, 1.6 * Theme.body + 4 * Theme.u)
        Layout.fillWidth: true
        onTyped: key => screen.vm.key(key)
    }
}
