import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool kept: vm.state === "stored" || vm.state === "unknown"
    readonly property bool good: vm.state === "delivered" || kept
    title: {
        switch (vm.state) {
        case "delivered": return vm.paid !== "" ? qsTr("Paid and booked") : vm.appointment.when !== undefined ? qsTr("Your time is booked") : vm.kind === "print" ? qsTr("Your proof is issued") : qsTr("Accepted")
        case "stored": return qsTr("We have your request")
        case "unknown": return qsTr("Sent, not yet confirmed")
        case "rejected": return qsTr("The platform did not accept it")
        case "withdrawn": return qsTr("Nothing was handed in")
        case "refused": return qsTr("Nothing was handed in")
        }
        return qsTr("Done")
    }
    subtitle: {
        switch (vm.state) {
        case "delivered": return qsTr("You need not come again. Follow it anywhere with the look-up code.")
        case "stored": return qsTr("The platform can't be reached at the moment. Your request is sealed and kept here, and goes out by itself as soon as it can. You need not come again.")
        case "unknown": return qsTr("It left this machine, but the answer has not come back. Please don't hand it in again: we ask for it until we know.")
        }
        return vm.words
    }
    backShown: false
    primaryText: qsTr("Done, leave")
    primaryGlyph: "sign-out"
    secondaryText: qsTr("Something else")
    onPrimary: vm.leave()
    onSecondary: vm.another()

    Card {
        visible: screen.good
        official: true
        Label { visible: screen.vm.lookupCode !== ""; text: qsTr("Look-up code"); quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
        Label {
            objectName: "lookupCode"
            visible: text !== ""
            text: screen.vm.lookupCode
            strong: true
            color: Theme.sealInk
            font.pixelSize: Math.min(Theme.display, 84 * Theme.scale)
            font.features: ({ "tnum": 1 })
            Layout.fillWidth: true
            Layout.topMargin: -Theme.u
        }
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = [{ label: qsTr("What"), value: screen.vm.itemName }]
                if (screen.vm.appointment.when !== undefined) {
                    rows.push({ label: qsTr("When"), value: screen.vm.appointment.when, strong: true })
                    rows.push({ label: qsTr("Where"), value: screen.vm.appointment.where })
                }
                if (screen.vm.paid !== "")
                    rows.push({ label: qsTr("Paid"), value: screen.vm.paid, strong: true })
                rows.push({ label: qsTr("Received"), value: screen.kept ? qsTr("%1, this moment counts").arg(screen.vm.acceptedAt) : screen.vm.acceptedAt })
                rows.push({ label: qsTr("Goes to"), value: screen.vm.authority })
                if (screen.vm.promised !== "")
                    rows.push({ label: qsTr("Done by"), value: screen.vm.promisedEstimated ? qsTr("about %1").arg(screen.vm.promised) : screen.vm.promised })
                if (screen.vm.caseNo !== "")
                    rows.push({ label: qsTr("Case number"), value: screen.vm.caseNo })
                rows.push({ label: qsTr("Now"),
                    value: screen.vm.state === "stored" ? qsTr("Kept here, waiting to be sent")
                         : screen.vm.state === "unknown" ? qsTr("Sent, waiting for confirmation")
                         : screen.vm.decided === "decided" ? qsTr("Decided") : qsTr("Being handled"),
                    tone: screen.kept ? "warn" : "ok", strong: true })
                return rows
            }
        }
    }
    Banner {
        visible: !screen.good
        glyph: "info"
        tone: "warn"
        text: screen.vm.itemName
        detail: qsTr("Staff can help you at once, or you try again later.")
    }

    Repeater {
        model: screen.good || screen.vm.state === "preparing" ? screen.vm.prints : []
        PrintCard {
            required property var modelData
            job: modelData
            Layout.fillWidth: true
            onWanted: screen.vm.print_paper(modelData.paper)
        }
    }
    Label {
        visible: screen.good && screen.vm.lookupCode !== ""
        text: qsTr("With the look-up code you see how it stands at any Citizen Window or on your phone. It says nothing about you.")
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }
}
