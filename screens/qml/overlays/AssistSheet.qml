import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Kept for this visit, reset at its end.
Sheet {
    id: sheet
    objectName: "assistSheet"
    title: qsTr("Make it easier")
    subtitle: qsTr("Kept for this visit only.")

    Label { text: qsTr("Text size"); strong: true; Layout.fillWidth: true }
    GridLayout {
        columns: Theme.largest && !Theme.landscape ? 1 : 3
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Choice { text: qsTr("Normal"); chosen: Session.textSize === "normal"; Layout.fillWidth: true; Layout.preferredWidth: 1; onTapped: Session.chooseTextSize("normal") }
        Choice { text: qsTr("Large"); chosen: Session.textSize === "large"; Layout.fillWidth: true; Layout.preferredWidth: 1; onTapped: Session.chooseTextSize("large") }
        Choice { text: qsTr("Largest"); chosen: Session.textSize === "largest"; Layout.fillWidth: true; Layout.preferredWidth: 1; onTapped: Session.chooseTextSize("largest") }
    }
    GridLayout {
        columns: Theme.large && !Theme.landscape ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Choice { square: true; text: qsTr("High contrast"); hint: qsTr("White on black"); chosen: Session.highContrast; Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; onTapped: Session.setHighContrast(!Session.highContrast) }
        Choice { square: true; text: qsTr("Low reach"); hint: qsTr("Everything to press in the lower half"); chosen: Session.lowReach; Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; onTapped: Session.setLowReach(!Session.lowReach) }
        Choice { square: true; text: qsTr("Slower"); hint: qsTr("More time for every step"); chosen: Session.slower; Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; onTapped: Session.setSlower(!Session.slower) }
        Choice { objectName: "voice"; square: true; text: qsTr("Voice guidance"); hint: Session.voiceSilent ? qsTr("No sound here at present") : qsTr("Reads the screen to you"); chosen: Session.voice; Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; onTapped: Session.setVoice(!Session.voice) }
        Choice { square: true; text: qsTr("No motion"); hint: qsTr("Nothing moves on the screen"); chosen: Session.reducedMotion; Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; onTapped: Session.setReducedMotion(!Session.reducedMotion) }
    }
    Label { visible: Session.voice; text: qsTr("Voice"); strong: true; Layout.fillWidth: true }
    Label {
        visible: Session.voice
        text: qsTr("Keys: F1 reads the page, F2 repeats, F3 silence, F4 and F5 speed, F6 pause, F7 skip, F8 and F9 volume")
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }
    Stepper {
        objectName: "volume"
        visible: Session.voice
        label: qsTr("Volume")
        value: Session.volume + " / 5"
        less: qsTr("Softer")
        more: qsTr("Louder")
        canLess: Session.volume > 1
        canMore: Session.volume < 5
        onStepped: by => Session.setVolume(Session.volume + by)
    }
    Stepper {
        objectName: "rate"
        visible: Session.voice
        readonly property var rates: [0.5, 0.75, 1.0, 1.25, 1.5, 2.0]
        readonly property int at: rates.indexOf(Session.rate)
        label: qsTr("Speed")
        value: "× " + Session.rate
        less: qsTr("Speak slower")
        more: qsTr("Speak faster")
        canLess: at > 0
        canMore: at < rates.length - 1
        onStepped: by => Session.setRate(rates[at + by])
    }
    Label { text: "语言 · Language"; strong: true; Layout.fillWidth: true }
    GridLayout {
        columns: Theme.largest && !Theme.landscape ? 1 : 3
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: Session.offered()
            Choice {
                required property var modelData
                objectName: "language-" + modelData.tag
                text: modelData.name
                chosen: Session.language === modelData.tag
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onTapped: Session.chooseLanguage(modelData.tag)
            }
        }
    }
    Button {
        text: Session.callingStaff ? qsTr("Staff have been called") : qsTr("Call a person")
        glyph: "headset"
        kind: "soft"
        enabled: !Session.callingStaff
        Layout.fillWidth: true
        onTapped: { Session.help(); sheet.dismissed() }
    }
    footer: Button {
        objectName: "assistDone"
        kind: "primary"
        text: qsTr("Done")
        Layout.fillWidth: true
        onTapped: sheet.dismissed()
    }
}
