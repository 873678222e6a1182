import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.withdraws ? qsTr("Telling the authority") : vm.stored ? qsTr("Safely kept, now sending") : qsTr("Sealing and keeping your request")
    subtitle: vm.withdraws ? vm.itemName : vm.stored ? qsTr("It can't be lost any more, even if the power fails now.") : vm.itemName
    backShown: false
    centred: true

    Journey { stored: screen.vm.stored; Layout.fillWidth: true; Layout.topMargin: 4 * Theme.u }
    Label {
        visible: screen.vm.authority !== ""
        text: qsTr("Goes to %1").arg(screen.vm.authority)
        quiet: true
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
