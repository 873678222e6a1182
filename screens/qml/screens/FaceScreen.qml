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
    centred: true
    onBack: Session.back()
    onSecondary: vm.staff()

    function guide(key) {
        switch (key) {
        case "searching": return qsTr("Please stand in front of the camera")
        case "come_closer": return qsTr("Come a little closer")
        case "hold_still": return qsTr("Good, hold still")
        case "turn_to_light": return qsTr("It is too dark; turn towards the light")
        case "one_person": return qsTr("Please stand alone in the picture")
        case "comparing": return qsTr("Comparing, a moment please")
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
