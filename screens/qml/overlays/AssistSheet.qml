import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Kept for this visit, reset at its end. At the largest text in three parts: no more than six choices
// in view.
Sheet {
    id: sheet
    objectName: "assistSheet"
    property int part: 0
    property var notices: []
    readonly property bool all: !Theme.largest
    readonly property bool flat: Theme.landscape && !Theme.large
    maxWidth: (flat ? 220 : Theme.landscape ? 200 : 118) * Theme.u
    title: qsTr("Make it easier")
    subtitle: Theme.lifted && Theme.landscape ? "" : qsTr("Kept for this visit only.")
    pressedInside: true
    // Offered from when the sheet is opened: a call that is told meanwhile moves nothing on it.
    property bool called: false
    onOpenChanged: {
        part = 0
        called = Session.callingStaff
    }

    component Tick: Choice {
        square: true
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
    }
    component Size: Choice {
        required property string key
        objectName: "size-" + key
        chosen: Session.textSize === key
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
        onTapped: Session.chooseTextSize(key)
    }
    component Ground: Tick {
        required property string key
        objectName: "contrast-" + key
        chosen: Session.contrast === key
        onTapped: Session.chooseContrast(chosen ? "normal" : key)
    }
    // A question and its answers; `shown` at the largest text in its part only.
    component Block: ColumnLayout {
        id: block
        property string words
        property int at: 0
        property int across: 2
        default property alias answers: grid.data
        visible: sheet.all || sheet.part === at
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Layout.preferredWidth: across
        Layout.alignment: Qt.AlignTop
        Label { visible: text !== ""; text: block.words; strong: true; Layout.fillWidth: true }
        GridLayout {
            id: grid
            columns: block.across
            columnSpacing: 2 * Theme.u
            rowSpacing: 2 * Theme.u
            Layout.fillWidth: true
        }
    }

    // In low reach the note in the header stands too high to be pressed: what it leaves out is said here.
    Repeater {
        model: Theme.lowReach && sheet.part === 0 ? sheet.notices : []
        Banner {
            required property var modelData
            glyph: modelData.glyph
            tone: modelData.warns ? "warn" : "info"
            text: modelData.words
            detail: modelData.rest
        }
    }
    Block {
        words: qsTr("Text size")
        across: Theme.landscape && sheet.all ? 4 : 2
        Size { key: "small"; text: qsTr("Small") }
        Size { key: "normal"; text: qsTr("Normal") }
        Size { key: "large"; text: qsTr("Large") }
        Size { key: "largest"; text: qsTr("Largest") }
    }
    GridLayout {
        columns: sheet.flat ? 2 : 1
        columnSpacing: 5 * Theme.u
        rowSpacing: sheet.spacing
        visible: sheet.all || sheet.part !== 1
        Layout.fillWidth: true
        Block {
            words: qsTr("High contrast")
            across: Theme.largest && !Theme.landscape ? 1 : 2
            Ground { key: "high"; text: qsTr("White on black") }
            Ground { key: "high_light"; text: qsTr("Black on white") }
        }
        Block {
            words: "语言 · Language"
            at: 2
            across: Theme.largest && !Theme.landscape ? 1 : 3
            Repeater {
                model: Session.offered()
                Choice {
                    required property var modelData
                    objectName: "language-" + modelData.tag
                    text: modelData.name
                    chosen: Session.language === modelData.tag
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    onTapped: Session.chooseLanguage(modelData.tag)
                }
            }
        }
    }
    Block {
        words: sheet.flat ? "" : qsTr("Hands, ears and pace") // no room on a low screen
        at: 1
        across: sheet.flat ? 4 : Theme.large && !Theme.landscape ? 1 : 2
        Tick { objectName: "speak"; text: qsTr("Voice guidance"); hint: Session.voiceSilent ? qsTr("No sound here at present") : qsTr("Reads the screen to you"); chosen: Session.voice; onTapped: Session.setVoice(!Session.voice) }
        Tick { objectName: "lowReach"; text: qsTr("Low reach"); hint: qsTr("Everything to press as low as you need"); chosen: Session.lowReach; onTapped: Session.setLowReach(!Session.lowReach) }
        Tick { objectName: "slower"; text: qsTr("Slower"); hint: qsTr("More time for every step"); chosen: Session.slower; onTapped: Session.setSlower(!Session.slower) }
        Tick { objectName: "still"; text: qsTr("No motion"); hint: qsTr("Nothing moves on the screen"); chosen: Session.reducedMotion; onTapped: Session.setReducedMotion(!Session.reducedMotion) }
    }
    ColumnLayout {
        visible: Session.voice && (sheet.all || sheet.part === 1)
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Label { text: qsTr("Voice"); strong: true; Layout.fillWidth: true }
        Label {
            text: qsTr("Keys: F1 reads the page, F2 repeats, F3 silence, F4 and F5 speed, F6 pause, F7 skip, F8 and F9 volume")
            quiet: true
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
        }
        Stepper {
            objectName: "volume"
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
    }
    footer: [
        Button {
            objectName: "withdrawHere"
            visible: sheet.called
            enabled: Session.callingStaff
            text: qsTr("Nobody needs to come any more")
            glyph: "headset"
            Layout.fillWidth: true
            onTapped: { Session.withdrawCall(); sheet.dismissed() }
        },
        Button {
            objectName: "assistMore"
            visible: !sheet.all
            text: [qsTr("Voice, low reach, pace, motion"), "语言 · Language", qsTr("Text size and contrast")][sheet.part]
            Layout.fillWidth: true
            onTapped: sheet.part = (sheet.part + 1) % 3
        },
        Button {
            objectName: "assistDone"
            kind: "primary"
            text: qsTr("Done")
            Layout.fillWidth: true
            onTapped: sheet.dismissed()
        }
    ]
}
