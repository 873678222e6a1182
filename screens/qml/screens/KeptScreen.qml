import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Kept for you, not handed in yet")
    subtitle: qsTr("Go on at any terminal: touch “Go on with a ticket”, give this code, and identify yourself with the same document.")
    backShown: false
    primaryText: qsTr("I have the code")
    onPrimary: vm.done()

    component Slip: PrintCard {
        job: screen.vm.receipt
        Layout.fillWidth: true
        onWanted: screen.vm.printAgain()
        onDropped: screen.vm.goWithout()
    }
    readonly property bool troubled: ["waiting", "doubtful", "failed"].includes(vm.receipt.state)
    aside: twoPane && !troubled ? beside : null
    readonly property Component beside: Item {
        implicitHeight: slip.implicitHeight
        Slip { id: slip; width: parent.width }
    }
    Slip { visible: screen.troubled }
    Card {
        official: true
        Facts {
            Layout.fillWidth: true
            rows: [
                { label: qsTr("Ticket code"), value: screen.vm.shownCode, strong: true, tone: "seal" },
                { label: qsTr("Good until"), value: screen.vm.until },
                { label: qsTr("Without network"), value: qsTr("It is kept here, encrypted, and sent as soon as the network is back; you can go on then.") }
            ]
        }
    }
    QrCode {
        visible: !Theme.largest && text !== ""
        text: screen.vm.code
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Code to take a picture of, for the scanner of a terminal")
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: 26 * Theme.u
        implicitHeight: implicitWidth
    }
    Slip { visible: !screen.troubled && !screen.twoPane }
    Label { text: qsTr("If nothing is printed, write the code down or take a picture of it. Your consent and signature will be asked for anew."); quiet: true; Layout.fillWidth: true }
}
