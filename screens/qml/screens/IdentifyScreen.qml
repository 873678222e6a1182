import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool reading: vm.phase === "reading"
    title: vm.phase === "done" ? qsTr("Read") : reading ? qsTr("Reading, leave the card there") : qsTr("Lay your ID card on the reader")
    subtitle: reading ? qsTr("It takes about two seconds.") : qsTr("Flat, photo up, below the screen on the left. Keep it there until you hear the tone.")
    primaryText: vm.phase === "" ? qsTr("Read the card") : ""
    secondaryText: qsTr("Ask staff to help")
    secondaryGlyph: "headset"
    centred: true
    onBack: Session.back()
    onPrimary: vm.retry()
    onSecondary: Session.help()

    CardDrawing {
        phase: screen.vm.phase
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Math.min(screen.width - screen.leftWidth - 2 * Theme.margin, (Theme.landscape ? 96 : 121) * Theme.u)
    }
    Banner {
        spinning: screen.vm.phase === "waiting" || screen.reading
        glyph: "identification-card"
        tone: screen.vm.phase === "done" ? "ok" : "info"
        text: screen.vm.phase === "done" ? screen.vm.maskedName : screen.reading ? qsTr("Card found") : qsTr("Waiting for your card")
        detail: screen.vm.phase === "done" ? screen.vm.maskedNumber : qsTr("Nothing of your card is kept on this machine after your visit.")
    }
}
