import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.busy ? vm.itemName : vm.bills.length === 0 ? qsTr("Nothing is due") : qsTr("What would you like to pay?")
    subtitle: vm.busy ? "" : vm.bills.length === 0 ? qsTr("There is no open amount under your name.") : vm.bills.some(bill => bill.one) ? qsTr("Touch what you want to pay now. Where there are several sums for one thing, one of them is paid.") : qsTr("Touch what you want to pay now.")
    centred: vm.busy
    primaryText: vm.busy || vm.bills.length === 0 ? "" : vm.count === 0 ? qsTr("Choose an amount") : qsTr("Pay %1").arg(vm.total)
    primaryEnabled: vm.count > 0
    onBack: Session.back()
    onPrimary: vm.proceed()

    Busy { visible: screen.vm.busy; text: qsTr("Asking what is due"); Layout.fillWidth: true }
    Repeater {
        model: some.shown.length // not the list: a choice must not rebuild what has the focus
        Choice {
            required property int index
            readonly property var modelData: some.shown[index] || ({ key: "", label: "", period: "", due: "", amount: "", chosen: false, one: false })
            objectName: "bill-" + modelData.key
            square: !modelData.one
            least: (!Theme.roomy ? 12 : some.shown.length > 6 ? 14 : 17) * Theme.u
            text: modelData.label
            hint: modelData.due !== "" ? qsTr("%1 · due %2").arg(modelData.period).arg(modelData.due) : modelData.period
            trailing: modelData.amount
            chosen: modelData.chosen
            Layout.fillWidth: true
            onTapped: screen.vm.toggle(modelData.key)
        }
    }
    Portion { id: some; all: screen.vm.bills }
    Card {
        visible: screen.vm.bills.length > 0
        official: true
        GridLayout {
            columns: Theme.largest ? 1 : 2
            Layout.fillWidth: true
            Label { text: qsTr("%n chosen, together", "", screen.vm.count); quiet: true; Layout.fillWidth: true }
            Label {
                text: screen.vm.total
                strong: true
                color: Theme.sealInk
                font.pixelSize: Theme.display
                font.features: ({ "tnum": 1 })
                horizontalAlignment: Theme.largest ? Text.AlignLeft : Text.AlignRight
            }
        }
    }
}
