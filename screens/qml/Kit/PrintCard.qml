import QtQuick
import QtQuick.Layouts

// One paper: wanted, printing, done only when the printer says so, doubtful, or in trouble.
Rectangle {
    id: card
    property var job: ({ paper: "receipt", state: "none", words: "", code: "" })
    readonly property bool proof: job.paper === "proof"
    readonly property bool moving: job.state === "printing"
    readonly property bool warn: job.state === "waiting" || job.state === "doubtful" || job.state === "failed"
    signal wanted()

    radius: Theme.radius
    color: warn ? Theme.warnSoft : job.state === "confirmed" ? Theme.okSoft : Theme.primarySoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: Theme.edge
    implicitHeight: row.implicitHeight + 5 * Theme.u

    function headline() {
        switch (job.state) {
        case "fetching": return qsTr("Fetching your proof")
        case "printing": return proof ? qsTr("Your proof is being printed") : qsTr("Your receipt is being printed")
        case "waiting": return qsTr("Printing has paused")
        case "confirmed": return proof ? qsTr("Proof printed, please take it") : qsTr("Receipt printed, please take it")
        case "doubtful": return qsTr("Please look whether it is complete")
        case "failed": return proof ? qsTr("The proof could not be printed") : qsTr("The receipt could not be printed")
        }
        return proof ? qsTr("Print the proof on A4?") : qsTr("Would you like a receipt?")
    }
    function detail() {
        switch (job.state) {
        case "printing": return qsTr("The tick appears when the printer says it is finished.")
        case "waiting": case "doubtful": case "failed":
            return job.words + (job.state === "waiting" ? " " + qsTr("It goes on by itself; nothing is lost.") : "")
        case "confirmed": return proof ? qsTr("From the slot at the bottom") : qsTr("From the slot below the screen on the right")
        }
        return ""
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
        }
        DevicePart {
            visible: card.warn && !Theme.largest
            part: card.job.part ? card.job.part : "receipt_printer"
            alarm: true
            implicitHeight: 16 * Theme.u
            implicitWidth: 14 * Theme.u
        }
        SealStamp { visible: card.job.state === "confirmed"; glyph: "check-bold"; size: 9 * Theme.u }
        ColumnLayout {
            spacing: 0.5 * Theme.u
            Layout.fillWidth: true
            // Said when it changes: nobody looks at a printer all the time.
            Label { Accessible.role: card.job.state === "none" ? Accessible.StaticText : card.warn ? Accessible.AlertMessage : Accessible.StatusBar; text: card.headline(); strong: true; color: card.warn ? Theme.warnInk : card.job.state === "confirmed" ? Theme.okInk : Theme.primaryStrong; Layout.fillWidth: true }
            Label { visible: text !== ""; text: card.detail(); font.pixelSize: Theme.caption; Layout.fillWidth: true }
            Label { visible: card.warn && card.job.code !== ""; text: card.job.code; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true; color: Theme.ink }
            Button {
                objectName: "print-" + card.job.paper
                visible: card.job.state === "none" || card.job.state === "failed"
                text: card.job.state === "failed" ? qsTr("Try again") : qsTr("Print")
                glyph: "printer"
                Layout.topMargin: Theme.u
                Layout.fillWidth: Theme.largest
                onTapped: card.wanted()
            }
        }
    }
}
