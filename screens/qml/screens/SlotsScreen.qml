import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("When suits you?")
    subtitle: vm.busy ? "" : vm.days.length === 0 ? qsTr("No time is free at the moment. Please try again tomorrow or ask staff.") : qsTr("%1. Free times on %n days.", "", vm.days.length).arg(vm.where)
    centred: vm.busy
    primaryText: vm.days.length === 0 ? "" : vm.chosen === "" ? qsTr("Choose a time") : qsTr("Book %1").arg(vm.chosen)
    primaryEnabled: vm.chosen !== ""
    onBack: Session.back()
    onPrimary: vm.proceed()

    Busy { visible: screen.vm.busy; text: qsTr("Looking for free times"); Layout.fillWidth: true }
    Label { visible: screen.vm.days.length > 0; text: qsTr("Day"); quiet: true; Layout.fillWidth: true; Layout.bottomMargin: -Theme.u }
    GridLayout {
        columns: Theme.largest ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: someDays.shown.length // not the list: a choice must not rebuild what has the focus
            Choice {
                required property int index
                readonly property var modelData: someDays.shown[index] || ({ key: "", weekday: "", name: "", chosen: false })
                objectName: "day-" + modelData.key
                text: modelData.weekday
                hint: modelData.name
                chosen: modelData.chosen
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onTapped: screen.vm.pick_day(modelData.key)
            }
        }
    }
    Portion { id: someDays; objectName: "moreDays"; all: screen.vm.days }
    Label { visible: screen.vm.times.length > 0; text: qsTr("Time"); quiet: true; Layout.fillWidth: true; Layout.bottomMargin: -Theme.u; Layout.topMargin: Theme.u }
    GridLayout {
        columns: Theme.largest ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: someTimes.shown.length // as above
            Choice {
                required property int index
                readonly property var modelData: someTimes.shown[index] || ({ key: "", time: "", free: 0, chosen: false })
                objectName: "slot-" + modelData.key
                text: modelData.time
                hint: modelData.free > 0 ? qsTr("%n places left", "", modelData.free) : qsTr("Full")
                enabled: modelData.free > 0
                chosen: modelData.chosen
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onTapped: screen.vm.pick(modelData.key)
            }
        }
    }
    Portion { id: someTimes; objectName: "moreTimes"; all: screen.vm.times }
}
