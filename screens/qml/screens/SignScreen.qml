import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Please sign with your finger")
    subtitle: qsTr("For %1. The signature goes only into this application.").arg(vm.itemName)
    primaryText: qsTr("Sign and hand in")
    primaryEnabled: vm.signed
    secondaryText: qsTr("Start over")
    secondaryGlyph: "eraser"
    onBack: Session.back()
    onPrimary: vm.proceed()
    onSecondary: pad.clear()

    Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: 2 * Theme.hairline
        border.color: pad.empty ? Theme.edge : Theme.primary
        implicitHeight: (Theme.landscape ? (Theme.large || Theme.lowReach ? 34 : 62) : Theme.lowReach ? 46 : Theme.large ? 76 : 96) * Theme.u
        Layout.fillWidth: true
        Rectangle { x: 6 * Theme.u; width: parent.width - 12 * Theme.u; y: 0.76 * parent.height; height: Theme.hairline; color: Theme.edge }
        RowLayout {
            visible: pad.empty
            anchors.centerIn: parent
            width: Math.min(parent.width - 8 * Theme.u, implicitWidth)
            spacing: 2 * Theme.u
            Icon { name: "pen-nib"; size: 7 * Theme.u; color: Theme.inkSoft }
            Label { text: qsTr("Write your name here"); quiet: true; Layout.fillWidth: true }
        }
        SignaturePad {
            id: pad
            objectName: "pad"
            anchors.fill: parent
            model: screen.vm
            ink: Theme.ink
            penWidth: 0.9 * Theme.u
            Accessible.role: Accessible.Canvas
            Accessible.name: qsTr("Signature pad")
        }
    }
}
