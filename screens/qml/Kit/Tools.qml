import QtQuick
import QtQuick.Layouts
import Citizen

// The assistance bar: a person, voice, contrast, text size, language and all the rest, one touch each,
// from every screen and every sheet. Whoever turns a setting too far comes round to where it was.
RowLayout {
    id: tools
    // A row of its own, from edge to edge; else as wide as its words, beside the name.
    property bool spread: false
    // Where no person can be called, the others share the row.
    property bool callable: true
    property real room: 0
    signal assist()

    readonly property int count: (Session.voice ? 6 : 5) + (callable ? 1 : 0)
    readonly property real share: (room - (count - 1) * spacing) / count
    readonly property bool worded: !spread || widest() + 3 * Theme.u <= share
    spacing: 1.75 * Theme.u

    function widest() {
        const words = [help.text, read.text, voice.text, contrast.text, size.text, language.text, more.text]
        // Read for the binding's sake: a method tells of no change.
        return metrics.height > 0 ? Math.max(...words.map(word => metrics.advanceWidth(word))) : 0
    }
    FontMetrics { id: metrics; font.family: Theme.sans; font.pixelSize: Theme.caption }

    component Part: Tool {
        below: !Theme.landscape
        worded: tools.worded
        Layout.fillWidth: tools.spread
        Layout.preferredWidth: tools.spread ? 1 : implicitWidth
        Layout.fillHeight: true
    }

    Part {
        id: help
        objectName: "help"
        visible: tools.callable
        text: qsTr("Call")
        glyph: "headset"
        // Taken back in the banner or the sheet, never by a second touch of this, which means nothing new.
        Accessible.name: Session.callTold === "no" ? qsTr("Call a person again")
            : Session.callingStaff ? qsTr("Staff have been called") : qsTr("Call a person")
        lit: Session.callingStaff
        onTapped: Session.help()
    }
    Part {
        id: read
        objectName: "readPage"
        visible: Session.voice
        text: Session.readingPaused ? qsTr("Go on") : qsTr("Read")
        glyph: Session.readingPaused ? "play" : "book-open"
        // One name, whatever it does next: a name that changes is said, and would end the pause.
        Accessible.name: qsTr("Read this page")
        Accessible.description: qsTr("Again: pause, go on")
        onTapped: Session.reading()
    }
    Part {
        id: voice
        objectName: "voice"
        text: qsTr("Voice")
        glyph: Session.voice ? "speaker-high" : "speaker-slash"
        lit: Session.voice
        Accessible.role: Accessible.CheckBox
        Accessible.name: qsTr("Voice guidance")
        Accessible.checkable: true
        Accessible.checked: Session.voice
        onTapped: Session.setVoice(!Session.voice)
    }
    Part {
        id: contrast
        objectName: "contrast"
        readonly property string now: Session.contrast === "high" ? qsTr("white on black")
            : Session.contrast === "high_light" ? qsTr("black on white") : qsTr("usual")
        text: qsTr("Contrast")
        glyph: "circle-half"
        lit: Session.contrast !== "normal"
        Accessible.name: qsTr("Contrast: %1").arg(now)
        onTapped: Session.turnContrast()
    }
    Part {
        id: size
        objectName: "textSize"
        readonly property string now: Session.textSize === "small" ? qsTr("small")
            : Session.textSize === "large" ? qsTr("large")
            : Session.textSize === "largest" ? qsTr("largest") : qsTr("usual")
        text: qsTr("Text")
        glyph: "text-aa"
        lit: Session.textSize !== "normal"
        Accessible.name: qsTr("Text size: %1").arg(now)
        onTapped: Session.turnTextSize()
    }
    Part {
        id: language
        objectName: "language"
        text: Session.nextLanguage
        glyph: "translate"
        Accessible.name: Session.nextLanguageWords
        onTapped: Session.switchLanguage()
    }
    Part {
        id: more
        objectName: "assist"
        text: qsTr("More")
        glyph: "sliders-horizontal"
        Accessible.name: qsTr("Assistance: text size, contrast, voice, low reach, pace, motion")
        onTapped: tools.assist()
    }
}
