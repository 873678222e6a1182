import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Calm time to say "I'm still here": as long as the visit really waits.
Sheet {
    title: qsTr("Are you still there?")
    subtitle: qsTr("To protect you, this visit ends and everything is erased when the ring is empty.")
    Ring {
        objectName: "idleRing"
        total: Session.idleTotal
        remaining: Session.idleLeft
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
            Layout.fillHeight: true
            onTapped: Session.moreTime()
        },
        Button {
            text: qsTr("I'm finished, leave")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: Session.leave()
        }
    ]
}
