import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "../Kit/sentences.js" as Sentences

Screen {
    id: screen
    required property var vm
    readonly property bool kept: vm.state === "stored" || vm.state === "unknown" || vm.state === "stuck"
    readonly property bool good: vm.state === "delivered" || kept
    title: {
        switch (vm.state) {
        case "delivered": if (vm.act !== "") return vm.act === "supplement" ? qsTr("Handed in") : vm.booking ? qsTr("The appointment is cancelled") : qsTr("The case is withdrawn")
            return vm.paid !== "" ? qsTr("Paid and booked") : vm.appointment.when !== undefined ? qsTr("Your time is booked") : vm.kind === "print" ? qsTr("Your proof is issued") : qsTr("Accepted")
        case "stored": return vm.act === "supplement" ? qsTr("We have what you handed in") : qsTr("We have your request")
        case "unknown": return qsTr("Sent, not yet confirmed")
        case "stuck": return qsTr("Kept here, but staff must see to it")
        case "rejected": return qsTr("The platform did not accept it")
        case "withdrawn": return qsTr("Nothing was handed in")
        case "refused": return qsTr("Nothing was handed in")
        }
        return qsTr("Done")
    }
    subtitle: {
        switch (vm.state) {
        case "delivered": if (vm.act === "withdrawal") return vm.booking ? qsTr("Your time is free for others now. You need not do anything more.") : qsTr("The authority has stopped working on it. You need not do anything more.")
            return vm.act === "supplement" ? qsTr("The authority has what it asked for and goes on with your case. You need not come again.") : qsTr("You need not come again. Follow it anywhere with the look-up code.")
        case "stored": return Sentences.joined([reason(), vm.act === "supplement" ? qsTr("What you handed in is sealed and kept here, and goes out by itself as soon as it can. The moment it was received counts.") : qsTr("Your request is sealed and kept here, and goes out by itself as soon as it can. You need not come again.")], Session.language)
        case "unknown": return qsTr("It left this machine, but the answer has not come back. Please don't hand it in again: we ask for it until we know.")
        case "stuck": return qsTr("Your request is sealed and kept here, but it can't be sent on. Please show your slip to staff and don't hand it in again.")
        }
        return vm.words
    }
    function reason() {
        switch (vm.waitsFor) {
        case "city": return qsTr("The other city's system can't take it at the moment.")
        case "platform": return qsTr("The platform can't be reached at the moment.")
        }
        return qsTr("The platform has not answered yet.")
    }

    backShown: false
    // What was refused after all needs somebody who finds out why; all else is done.
    readonly property bool refused: vm.state === "rejected"
    primaryText: refused ? qsTr("Ask staff") : qsTr("Done, leave")
    primaryGlyph: refused ? "headset" : "sign-out"
    secondaryText: refused ? qsTr("Done, leave") : vm.act !== "" ? qsTr("My cases") : qsTr("Something else")
    onPrimary: if (refused) Session.help(); else vm.leave()
    onSecondary: if (refused) vm.leave(); else if (vm.act !== "") vm.own_cases(); else vm.another()

    component Paper: PrintCard {
        Layout.fillWidth: true
        onWanted: screen.vm.print_paper(job.paper)
        onDropped: screen.vm.drop_paper(job.paper)
    }
    // The paper that matters most now stands where it is seen without scrolling: above the result if
    // its printer is in trouble, else beside it where there is room.
    readonly property var papers: good || vm.state === "preparing" ? vm.prints : []
    readonly property int lead: {
        for (const states of [["waiting", "doubtful", "failed"], ["printing", "fetching"]])
            for (let n = 0; n < papers.length; ++n)
                if (states.includes(papers[n].state))
                    return n
        return papers.length - 1
    }
    readonly property bool troubled: lead >= 0 && ["waiting", "doubtful", "failed"].includes(papers[lead].state)
    readonly property bool beside: lead >= 0 && twoPane && !troubled
    aside: beside ? leading : null
    readonly property Component leading: Item {
        implicitHeight: card.implicitHeight
        Paper { id: card; job: screen.papers[screen.lead]; width: parent.width }
    }
    Loader {
        active: screen.troubled
        visible: active
        sourceComponent: Paper { job: screen.troubled ? screen.papers[screen.lead] : ({}) }
        Layout.fillWidth: true
    }

    Card {
        visible: screen.good
        official: true
        GridLayout {
            visible: screen.vm.lookupCode !== ""
            columns: Theme.large && !Theme.landscape ? 1 : 2
            layoutDirection: columns === 1 ? Qt.LeftToRight : Qt.RightToLeft
            columnSpacing: 3 * Theme.u
            rowSpacing: 2 * Theme.u
            Layout.fillWidth: true
            QrCode {
                objectName: "followCode"
                visible: text !== ""
                text: screen.vm.followUrl
                implicitWidth: 23 * Theme.u
                implicitHeight: implicitWidth
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Code to scan with your phone and follow your case")
                Layout.alignment: Qt.AlignHCenter
            }
            ColumnLayout {
                spacing: Theme.u
                Layout.fillWidth: true
                Label { text: qsTr("Look-up code"); quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
                Label {
                    objectName: "lookupCode"
                    text: screen.vm.lookupCode
                    strong: true
                    color: Theme.sealInk
                    font.pixelSize: Theme.code
                    font.features: ({ "tnum": 1 })
                    Layout.fillWidth: true
                }
                Label {
                    text: qsTr("Scan with your phone, or type it at any Citizen Window. It says nothing about you.")
                    quiet: true
                    font.pixelSize: Theme.caption
                    Layout.fillWidth: true
                }
            }
        }
        Hairline { visible: screen.vm.lookupCode !== ""; Layout.fillWidth: true; Layout.topMargin: Theme.u }
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
                if (!screen.vm.clockSure)
                    rows.push({ label: qsTr("Clock"), value: qsTr("not yet compared with the platform's, the time may be off"), tone: "warn" })
                if (screen.vm.authority !== "")
                    rows.push({ label: qsTr("Goes to"), value: screen.vm.authority })
                if (screen.vm.promised !== "")
                    rows.push({ label: qsTr("Done by"), value: screen.vm.promisedEstimated ? qsTr("about %1").arg(screen.vm.promised) : screen.vm.promised })
                if (screen.vm.caseNo !== "")
                    rows.push({ label: qsTr("Case number"), value: screen.vm.caseNo })
                rows.push({ label: qsTr("Now"),
                    value: screen.vm.state === "stored" ? qsTr("Kept here, waiting to be sent")
                         : screen.vm.state === "stuck" ? qsTr("Kept here, can't be sent on")
                         : screen.vm.state === "unknown" ? qsTr("Sent, waiting for confirmation")
                         : screen.vm.act === "withdrawal" ? (screen.vm.booking ? qsTr("Cancelled") : qsTr("Withdrawn"))
                         : screen.vm.decided === "decided" ? qsTr("Decided") : qsTr("Being handled"),
                    tone: screen.kept ? "warn" : "ok", strong: true })
                return rows
            }
        }
    }
    // With the slip's code, since staff look it up by that.
    Card {
        visible: screen.refused
        official: true
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = []
                if (screen.vm.lookupCode !== "")
                    rows.push({ label: qsTr("Look-up code"), value: screen.vm.lookupCode, strong: true, tone: "seal" })
                rows.push({ label: qsTr("What"), value: screen.vm.itemName })
                rows.push({ label: qsTr("Received"), value: screen.vm.acceptedAt })
                if (screen.vm.authority !== "")
                    rows.push({ label: qsTr("Goes to"), value: screen.vm.authority })
                rows.push({ label: qsTr("Now"), value: qsTr("Not accepted"), tone: "warn", strong: true })
                return rows
            }
        }
    }
    Banner {
        visible: !screen.good && !screen.refused
        glyph: "info"
        tone: "warn"
        text: screen.vm.itemName
        detail: qsTr("Staff can help you at once, or you try again later.")
    }

    Repeater {
        // Not the list: a print that goes on must not rebuild what has the focus.
        model: screen.papers.length
        Paper {
            required property int index
            visible: index !== screen.lead || !(screen.beside || screen.troubled)
            job: screen.papers[index] || ({})
        }
    }
}
