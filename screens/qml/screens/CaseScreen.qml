import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// One case: how it stands, what it lacks, when and where, and the way it went.
Screen {
    id: screen
    required property var vm
    readonly property bool asks: vm.asking.due !== undefined
    readonly property bool here: asks && vm.asking.obstacle === "" && vm.waiting === ""
    title: vm.decision === "granted" ? qsTr("Granted") : vm.decision === "denied" ? qsTr("Not granted") : vm.now
    subtitle: vm.waiting === "supplement" ? qsTr("You have handed in at this terminal what was missing. It has not arrived yet and goes out by itself; please don't hand it in again.")
            : vm.waiting === "withdrawal" ? qsTr("You have withdrawn it at this terminal. That is not confirmed yet.")
            : asks ? qsTr("Please hand in what is missing by %1.").arg(vm.asking.due)
            : vm.booked.when !== undefined ? qsTr("Please be there on time, with your ID card.")
            : vm.decision === "denied" ? qsTr("Please ask the authority for the reason, and what you can do.")
            : vm.next
    primaryText: here ? qsTr("Hand in what is missing") : ""
    secondaryText: !vm.withdrawable ? "" : vm.booking ? qsTr("Cancel the appointment") : qsTr("Withdraw the case")
    onBack: Session.back()
    onPrimary: vm.hand_in()
    onSecondary: vm.withdraw()

    Banner {
        visible: screen.asks && screen.vm.asking.obstacle !== ""
        glyph: "warning"
        tone: "warn"
        text: qsTr("This can't be handed in here")
        detail: screen.vm.asking.obstacle || ""
    }
    Card {
        visible: screen.asks
        Label { text: qsTr("What is missing"); strong: true; Layout.fillWidth: true }
        Repeater {
            model: screen.asks ? screen.vm.asking.things : []
            RowLayout {
                id: thing
                required property var modelData
                spacing: 2 * Theme.u
                Layout.fillWidth: true
                Icon { name: thing.modelData.paper ? "file-text" : "pencil-simple"; Layout.alignment: Qt.AlignTop }
                ColumnLayout {
                    spacing: 0
                    Layout.fillWidth: true
                    Label { text: thing.modelData.name; Layout.fillWidth: true }
                    Label {
                        text: thing.modelData.paper ? qsTr("laid under the camera of the terminal") : qsTr("filled in on the screen")
                        quiet: true
                        font.pixelSize: Theme.caption
                        Layout.fillWidth: true
                    }
                }
            }
        }
        Label {
            visible: screen.asks && screen.vm.asking.note !== ""
            text: qsTr("The authority writes: %1").arg(screen.vm.asking.note || "")
            quiet: true
            Layout.fillWidth: true
        }
    }
    Card {
        official: true
        Label { text: screen.vm.itemName; strong: true; font.pixelSize: 1.12 * Theme.body; Layout.fillWidth: true }
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = []
                if (screen.vm.booked.when !== undefined) {
                    rows.push({ label: qsTr("Number"), value: screen.vm.booked.number, strong: true, tone: "seal" })
                    rows.push({ label: qsTr("When"), value: screen.vm.booked.when, strong: true })
                    rows.push({ label: qsTr("Where"), value: screen.vm.booked.where })
                }
                rows.push({ label: qsTr("Now"), value: screen.vm.now, tone: screen.vm.tone, strong: true })
                if (screen.vm.promised !== "")
                    rows.push({ label: qsTr("Done by"), value: screen.vm.promisedEstimated ? qsTr("about %1").arg(screen.vm.promised) : screen.vm.promised })
                rows.push({ label: qsTr("Authority"), value: screen.vm.authority })
                rows.push({ label: qsTr("Received"), value: screen.vm.accepted })
                if (screen.vm.signed !== "")
                    rows.push({ label: qsTr("Signature"), value: screen.vm.signed })
                rows.push({ label: qsTr("Look-up code"), value: screen.vm.code, tone: "seal", strong: true })
                rows.push({ label: qsTr("Case number"), value: screen.vm.caseNo })
                return rows
            }
        }
    }
    Card {
        visible: screen.vm.steps.length > 0
        Label { text: qsTr("What happened so far"); strong: true; Layout.fillWidth: true }
        Timeline { steps: screen.vm.steps; Layout.fillWidth: true }
    }
}
