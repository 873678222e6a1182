import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("Out of service for now")
    subtitle: vm.words
    bigTitle: true
    backShown: false
    centred: true

    LineDrawing {
        name: screen.vm.drawing
        Layout.alignment: Qt.AlignHCenter
        implicitHeight: (Theme.landscape ? 50 : 70) * Theme.u
        implicitWidth: 1.33 * implicitHeight
        Layout.maximumWidth: screen.width - screen.leftWidth - 2 * Theme.margin
    }
    Label { visible: Session.phone !== ""; text: qsTr("Staff: %1").arg(Session.phone); strong: true; horizontalAlignment: Text.AlignHCenter; Layout.fillWidth: true }
    Label { text: qsTr("For the technician: %1 · %2").arg(screen.vm.code).arg(Session.terminal); quiet: true; font.pixelSize: Theme.caption; horizontalAlignment: Text.AlignHCenter; Layout.fillWidth: true }
}
