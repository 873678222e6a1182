import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Thirty calm seconds to say "I'm still here".
Sheet {
    id: sheet
    property real remaining: 30
    title: qsTr("Are you still there?")
    subtitle: qsTr("To protect you, this visit ends and everything is erased when the ring is empty.")
    onOpenChanged: if (open) remaining = 30
    Timer {
        interval: 1000
        repeat: true
        running: sheet.open
        onTriggered: sheet.remaining = Math.max(0, sheet.remaining - 1)
    }
    Ring {
        remaining: sheet.remaining
        Layout.alignment: Qt.AlignHCenter
        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Seconds left")
    }
    footer: [
        Button {
            objectName: "moreTime"
            kind: "primary"
            text: qsTr("I need more time")
            Layout.fillWidth: true
            onTapped: Session.moreTime()
        },
        Button {
            text: qsTr("I'm finished, leave")
            Layout.fillWidth: true
            onTapped: Session.leave()
        }
    ]
}
