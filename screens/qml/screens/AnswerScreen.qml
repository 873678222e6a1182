import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property string paper: vm.receipt.state || "none"
    readonly property bool printing: ["fetching", "printing", "waiting"].includes(paper)
    title: vm.title
    subtitle: vm.busy || vm.source === "" ? "" : qsTr("From %1, as of %2.").arg(vm.source).arg(vm.asOf)
    centred: vm.busy
    primaryText: vm.busy ? "" : qsTr("Done")
    // While its card tells of the slip, it is asked for there or not at all.
    secondaryText: vm.busy || printing || ["doubtful", "failed"].includes(paper) ? "" : qsTr("Print")
    secondaryGlyph: "printer"
    onBack: Session.back()
    onPrimary: vm.proceed()
    onSecondary: if (!printing) vm.print_answer()

    Busy { visible: screen.vm.busy; text: qsTr("Looking it up for you"); Layout.fillWidth: true }
    PrintCard {
        visible: !screen.vm.busy && screen.paper !== "none"
        job: screen.vm.receipt
        coded: false
        Layout.fillWidth: true
        onWanted: screen.vm.print_answer()
        onDropped: screen.vm.drop_answer()
    }
    Card {
        visible: !screen.vm.busy && screen.vm.summary.length > 0
        official: true
        Facts { rows: screen.vm.summary; Layout.fillWidth: true }
    }
    Card {
        visible: !screen.vm.busy && screen.vm.rows.length > 0
        Table { columns: screen.vm.columns; rows: screen.vm.rows; Layout.fillWidth: true }
    }
    Label {
        // Said only where somebody answered.
        visible: !screen.vm.busy && screen.vm.source !== "" && screen.vm.summary.length + screen.vm.rows.length === 0
        text: qsTr("Nothing about you was found here.")
        Layout.fillWidth: true
    }
}
