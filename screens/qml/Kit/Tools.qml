import QtQuick
import QtQuick.Layouts
import Citizen

// Language, assistance and a person: one touch, from every screen.
RowLayout {
    id: tools
    signal assist()
    spacing: 1.5 * Theme.u
    Button {
        objectName: "help"
        glyph: "headset"
        Accessible.name: Session.callingStaff ? qsTr("Staff have been called") : qsTr("Call a person")
        textSize: Theme.caption
        leftPadding: 2 * Theme.u
        rightPadding: 2 * Theme.u
        corner: height / 2
        enabled: !Session.callingStaff
        onTapped: Session.help()
        Layout.fillWidth: Theme.lowReach
    }
    Button {
        objectName: "readPage"
        visible: Session.voice
        text: !(Theme.landscape || Theme.lowReach) ? "" // no room beside the name
              : Session.readingPaused ? qsTr("Go on") : qsTr("Read aloud")
        // One name, whatever it does next: a name that changes is said, and would end the pause.
        Accessible.name: qsTr("Read this page")
        Accessible.description: qsTr("Again: pause, go on")
        glyph: Session.readingPaused ? "play" : "speaker-high"
        textSize: Theme.caption
        leftPadding: 3 * Theme.u
        rightPadding: 3 * Theme.u
        corner: height / 2
        onTapped: Session.reading()
        Layout.fillWidth: Theme.lowReach
    }
    Button {
        objectName: "language"
        text: Session.nextLanguage
        Accessible.name: Session.nextLanguageWords
        textSize: Theme.caption
        leftPadding: 3 * Theme.u
        rightPadding: 3 * Theme.u
        corner: height / 2
        onTapped: Session.switchLanguage()
        Layout.fillWidth: Theme.lowReach
    }
    Button {
        objectName: "assist"
        text: qsTr("Assist")
        Accessible.name: qsTr("Assistance: text size, contrast, low reach, voice, call a person")
        glyph: "text-aa"
        textSize: Theme.caption
        leftPadding: 3 * Theme.u
        rightPadding: 3 * Theme.u
        corner: height / 2
        onTapped: tools.assist()
        Layout.fillWidth: Theme.lowReach
    }
}
