import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Please check everything")
    subtitle: vm.atOnce ? vm.consentText : vm.signs ? qsTr("Nothing is handed in before you have signed.") : qsTr("Nothing is handed in before you press “%1”.").arg(step)
    // A step that waits says for what.
    primaryText: vm.agreed || vm.atOnce ? step : qsTr("Tick “I agree” first")
    readonly property string step: vm.signs ? qsTr("All correct, sign") : vm.kind === "pay" ? qsTr("Correct, pay %1").arg(vm.total) : vm.kind === "appointment" ? qsTr("Correct, book it") : vm.atOnce ? qsTr("Agree and print") : qsTr("All correct, hand in")
    primaryEnabled: vm.agreed || vm.atOnce
    onBack: Session.back()
    onPrimary: vm.proceed()

    Banner {
        visible: Session.resumedFrom !== ""
        text: qsTr("Taken over from your ticket of %1").arg(Session.resumedFrom)
        detail: qsTr("Nothing is missing. Please check it; you agree and sign anew.")
    }
    Card {
        official: true
        Label { text: screen.vm.itemName; strong: true; font.pixelSize: 1.12 * Theme.body; Layout.fillWidth: true }
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = []
                if (screen.vm.holder.name !== undefined) {
                    rows.push({ label: qsTr("Name"), value: screen.vm.holder.name })
                    rows.push({ label: qsTr("ID number"), value: screen.vm.holder.number })
                }
                for (const row of screen.vm.rows)
                    rows.push(row)
                if (screen.vm.slotTime !== "")
                    rows.push({ label: qsTr("Appointment"), value: screen.vm.slotTime + "\n" + screen.vm.slotPlace, strong: true })
                if (screen.vm.total !== "")
                    rows.push({ label: qsTr("To pay"), value: screen.vm.total, strong: true, tone: "seal" })
                rows.push({ label: qsTr("Goes to"), value: screen.vm.authority })
                if (screen.vm.explanation !== "")
                    rows.push({ label: qsTr("How"), value: screen.vm.explanation })
                if (screen.vm.promised !== "")
                    rows.push({ label: qsTr("Done by"), value: screen.vm.promisedEstimated ? qsTr("about %1").arg(screen.vm.promised) : screen.vm.promised })
                return rows
            }
        }
        Button {
            visible: screen.vm.holder.name !== undefined
            text: screen.vm.showing ? qsTr("Let go to hide") : qsTr("Hold to show in full")
            glyph: screen.vm.showing ? "eye" : "eye-slash"
            kind: "soft"
            Layout.fillWidth: true
            onPressedChanged: screen.vm.hold(pressed)
        }
    }
    Card {
        visible: screen.vm.papers.length > 0
        Repeater {
            model: screen.vm.papers
            ColumnLayout {
                id: paper
                required property var modelData
                spacing: Theme.u
                Layout.fillWidth: true
                Label { text: paper.modelData.name; strong: true; Layout.fillWidth: true }
                Label {
                    text: paper.modelData.pages.length > 0 ? qsTr("%n pages taken", "", paper.modelData.pages.length) : paper.modelData.later ? qsTr("To be brought later") : qsTr("Not handed in")
                    quiet: true
                    font.pixelSize: Theme.caption
                    Layout.fillWidth: true
                }
                PageStrip { visible: paper.modelData.pages.length > 0; vm: screen.vm; pages: paper.modelData.pages; leaf: 22 * Theme.u; Layout.fillWidth: true }
            }
        }
    }
    Label { visible: !screen.vm.atOnce; text: screen.vm.consentText; quiet: true; Layout.fillWidth: true }
    Choice {
        objectName: "consent"
        visible: !screen.vm.atOnce
        square: true
        text: qsTr("I have read this and agree")
        chosen: screen.vm.agreed
        Layout.fillWidth: true
        onTapped: screen.vm.agree(!screen.vm.agreed)
    }
}
