import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.outcome === "matched" ? qsTr("It is you, thank you") : qsTr("Look at the camera")
    subtitle: qsTr("We compare your face with the photo on your card. The picture stays in this machine and is erased at once.")
    secondaryText: qsTr("Let staff check instead")
    secondaryGlyph: "user-circle"
    onBack: Session.back()
    onSecondary: vm.staff()

    function guide(key) {
        switch (key) {
        case "closer": return qsTr("Come a little closer")
        case "farther": case "further": case "back": return qsTr("Step back a little")
        case "centre": case "center": return qsTr("Move into the middle of the frame")
        case "left": return qsTr("Move a little to the left")
        case "right": return qsTr("Move a little to the right")
        case "light": case "too_dark": case "dark": return qsTr("It is too dark; turn towards the light")
        case "bright": case "too_bright": return qsTr("There is too much light behind you")
        case "still": case "hold_still": case "blurred": return qsTr("Good, hold still")
        case "frontal": case "straight": return qsTr("Look straight at the camera")
        case "alone": case "several": return qsTr("Please stand alone in the picture")
        case "blink": return qsTr("Blink once, please")
        case "no_face": return qsTr("Please stand in front of the camera")
        }
        return qsTr("Look straight at the camera")
    }

    Item {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Math.min(screen.width - screen.leftWidth - 2 * Theme.margin, (Theme.landscape ? 56 : Theme.lowReach ? 60 : 92) * Theme.u)
        implicitHeight: implicitWidth
        Rectangle {
            anchors.fill: parent
            radius: width / 2
            color: Theme.primarySoft
            border.width: Theme.u
            border.color: screen.vm.outcome === "matched" ? Theme.okInk : Theme.primary
        }
        Icon { anchors.centerIn: parent; name: "user-focus"; size: 0.4 * parent.width; visible: !live.hasFrame }
        CameraFrame {
            id: live
            anchors.fill: parent
            anchors.margins: 1.75 * Theme.u
            radius: width / 2
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Live camera picture")
        }
        SealStamp { visible: screen.vm.outcome === "matched"; glyph: "check-bold"; size: 14 * Theme.u; anchors { right: parent.right; bottom: parent.bottom; margins: 3 * Theme.u } }
    }
    Label {
        text: screen.guide(screen.vm.guidance)
        strong: true
        font.pixelSize: 1.2 * Theme.body
        horizontalAlignment: Text.AlignHCenter
        Accessible.role: Accessible.AlertMessage
        Layout.fillWidth: true
    }
    Label {
        visible: screen.vm.tries > 0
        text: qsTr("Try %1. Staff can check you at any time instead.").arg(screen.vm.tries + 1)
        quiet: true
        font.pixelSize: Theme.caption
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
}
