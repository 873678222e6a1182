import QtQuick
import QtQuick.Layouts
import Citizen

// One paper: to be looked at, wanted, on its way, done only when the printer says so, doubtful, or
// in trouble, with the way out beside it.
Rectangle {
    id: card
    property var job: ({ paper: "receipt", state: "none", words: "", code: "" })
    readonly property bool proof: job.paper === "proof"
    readonly property bool moving: job.state === "printing"
    readonly property bool warn: ["waiting", "doubtful", "failed"].includes(job.state)
    readonly property bool seen: (job.pictures || 0) > 0
    readonly property bool staffed: warn && !job.again
    readonly property bool droppable: job.state === "waiting"
    // It goes on by itself when it has cooled: nobody has to come, and who won't wait goes on without.
    readonly property bool cools: job.code === "printer.too_hot"
    readonly property bool printable: ["none", "failed", "dropped"].includes(job.state)
    readonly property bool viewable: seen && !warn
    readonly property color paint: warn ? Theme.warnInk : job.state === "confirmed" ? Theme.okInk : Theme.primaryStrong
    // The screen shows a code that does as well.
    property bool coded: true
    signal wanted()
    signal dropped()

    radius: Theme.radius
    color: warn ? Theme.warnSoft : job.state === "confirmed" ? Theme.okSoft : Theme.primarySoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.edge
    implicitHeight: row.implicitHeight + 5 * Theme.u

    function headline() {
        switch (job.state) {
        case "fetching": return qsTr("Fetching your proof")
        case "printing": return progress()
        case "waiting": return job.words
        case "confirmed": return proof ? qsTr("Proof printed, please take it") : qsTr("Receipt printed, please take it")
        case "doubtful": return qsTr("Please check that it is complete")
        case "failed": return proof ? qsTr("The proof could not be printed") : qsTr("The receipt could not be printed")
        case "dropped": return proof ? qsTr("Going on without the paper") : qsTr("Going on without a receipt")
        }
        return proof ? qsTr("Print the proof on A4?") : qsTr("Would you like a receipt?")
    }
    function progress() {
        switch (job.progress) {
        case "printing": return job.page > 0 && job.pages > 0 ? qsTr("Page %1 of %2 is printed").arg(job.page).arg(job.pages)
            : proof ? qsTr("Your proof is being printed") : qsTr("Your receipt is being printed")
        case "confirming": return qsTr("All sent, the printer has yet to confirm")
        }
        return proof ? qsTr("Your proof goes to the printer") : qsTr("Your receipt goes to the printer")
    }
    function detail() {
        switch (job.state) {
        case "printing": return qsTr("The tick appears when the printer says it is finished.")
        case "waiting": return [job.rest, cools ? "" : qsTr("Then printing goes on by itself."), onPaper()].filter(words => words !== "").join(" ")
        case "doubtful": return [onPaper(), job.rest].filter(words => words !== "").join(" ")
        case "failed": return [job.words, job.rest].filter(words => words !== "").join(qsTr(". "))
        case "confirmed": return proof ? qsTr("From the slot at the bottom") : qsTr("From the slot below the screen on the right")
        case "dropped": return !coded ? "" : proof ? qsTr("Print it at any terminal with your look-up code.") : qsTr("Take a picture of the code on this screen: it shows your case anywhere.")
        }
        return ""
    }
    // What of it has come out, by the printer's own count.
    function onPaper() {
        if (job.page > 0)
            return job.pages > 0 ? qsTr("Printed so far: page %1 of %2.").arg(job.page).arg(job.pages) : qsTr("Printed so far: page %1.").arg(job.page)
        if (job.state !== "waiting")
            return ""
        return job.begun ? qsTr("It has begun: please leave the paper in the slot.") : qsTr("Nothing has come out yet.")
    }

    RowLayout {
        id: row
        x: 3 * Theme.u
        y: 2.5 * Theme.u
        width: parent.width - 6 * Theme.u
        spacing: 3 * Theme.u
        PaperPreview {
            visible: !card.warn && card.job.state !== "confirmed" && !Theme.largest
            proof: card.proof
            moving: card.moving
            picture: card.seen ? card.job.picture + ":1" : ""
            Layout.alignment: Qt.AlignTop
        }
        LineDrawing {
            visible: card.warn && !Theme.largest
            name: card.job.drawing || "machine"
            implicitHeight: 16 * Theme.u
            implicitWidth: 20 * Theme.u
            Layout.alignment: Qt.AlignTop
        }
        SealStamp { visible: card.job.state === "confirmed"; glyph: "check-bold"; size: 9 * Theme.u }
        ColumnLayout {
            spacing: 0.5 * Theme.u
            Layout.fillWidth: true
            // Said when it changes: nobody looks at a printer all the time.
            Label { Accessible.role: card.job.state === "none" ? Accessible.StaticText : card.warn ? Accessible.AlertMessage : Accessible.StatusBar; text: card.headline(); strong: true; color: card.paint; Layout.fillWidth: true }
            Label { visible: text !== ""; text: card.detail(); font.pixelSize: Theme.caption; Layout.fillWidth: true }
            Row { // the pages, as the printer counts them
                visible: card.moving && card.job.pages > 1
                spacing: Theme.u
                Layout.topMargin: Theme.u
                Repeater {
                    model: card.moving ? Math.min(card.job.pages, 12) : 0
                    Rectangle {
                        required property int index
                        width: 5 * Theme.u
                        height: 1.25 * Theme.u
                        radius: height / 2
                        color: index < card.job.page ? Theme.primary : "transparent"
                        border.width: Theme.hairline
                        border.color: Theme.primary
                    }
                }
            }
            Label { visible: card.warn && card.job.code !== ""; text: qsTr("For the technician: %1").arg(card.job.code); quiet: true; font.pixelSize: Theme.caption; color: Theme.ink; Layout.fillWidth: true }
            GridLayout {
                id: buttons
                readonly property bool broad: Theme.large || card.width < 90 * Theme.u
                visible: card.staffed || card.droppable || card.printable || card.viewable
                columns: broad ? 1 : 2
                columnSpacing: 2 * Theme.u
                rowSpacing: 2 * Theme.u
                Layout.topMargin: Theme.u
                Layout.fillWidth: true
                component Way: Button {
                    leftPadding: 2 * Theme.u
                    rightPadding: 2 * Theme.u
                }
                component Drop: Way {
                    objectName: visible ? "drop-" + card.job.paper : ""
                    text: !card.coded ? qsTr("Don't print it") : card.proof ? qsTr("Go on without the paper") : qsTr("Go on without a receipt")
                    Layout.fillWidth: true
                    onTapped: card.dropped()
                }
                Drop { visible: card.droppable && card.cools }
                Way {
                    id: staff
                    objectName: "staff-" + card.job.paper
                    visible: card.staffed
                    // It keeps its place once they are called: what stands beside it moves under no finger.
                    enabled: !Session.callingStaff
                    text: qsTr("Ask staff to help")
                    glyph: "headset"
                    kind: card.cools ? "secondary" : "primary"
                    Layout.fillWidth: true
                    onTapped: Session.help()
                }
                Drop { visible: card.droppable && !card.cools }
                Way {
                    id: again
                    objectName: "print-" + card.job.paper
                    visible: card.printable
                    text: card.job.state === "none" ? qsTr("Print") : qsTr("Try again")
                    glyph: "printer"
                    kind: card.job.again === true ? "primary" : "secondary"
                    Layout.fillWidth: buttons.broad || card.warn
                    onTapped: card.wanted()
                }
                Way {
                    id: look
                    objectName: "look-" + card.job.paper
                    visible: card.viewable
                    text: card.job.state === "none" ? qsTr("Look at it first") : qsTr("Look at it")
                    glyph: "magnifying-glass-plus"
                    kind: "quiet"
                    Layout.fillWidth: buttons.broad
                    onTapped: Session.paperWanted(card.job.picture, card.job.pictures)
                }
            }
        }
    }
}
