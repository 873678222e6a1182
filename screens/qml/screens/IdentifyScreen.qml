import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool reading: vm.phase === "reading"
    readonly property bool checking: vm.code === "checking"
    title: checking ? qsTr("Checking your code") : vm.phase === "done" ? qsTr("Read") : reading ? qsTr("Reading, leave the card there") : qsTr("Lay your ID card on the reader")
    subtitle: checking ? qsTr("It takes a few seconds.") : reading ? qsTr("It takes about two seconds.") : qsTr("Flat, photo up, below the screen on the left. Keep it there until you hear the tone.")
    primaryText: vm.phase === "" && !checking ? qsTr("Read the card") : ""
    secondaryText: qsTr("Ask staff to help")
    secondaryGlyph: "headset"
    centred: true
    onBack: Session.back()
    onPrimary: vm.retry()
    onSecondary: Session.help()

    CardDrawing {
        visible: !screen.checking
        phase: screen.vm.phase
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Math.min(screen.width - screen.leftWidth - 2 * Theme.margin, (Theme.landscape ? 96 : 121) * Theme.u)
    }
    Icon {
        visible: screen.checking
        name: "qr-code"
        size: 40 * Theme.u
        Layout.alignment: Qt.AlignHCenter
    }
    Banner {
        objectName: "codeChecking"
        visible: screen.checking
        spinning: true
        text: qsTr("Code read")
        detail: qsTr("You can put your phone away.")
    }
    Banner {
        visible: !screen.checking
        spinning: screen.vm.phase === "waiting" || screen.reading
        glyph: "identification-card"
        tone: screen.vm.phase === "done" ? "ok" : "info"
        text: screen.vm.phase === "done" ? screen.vm.maskedName : screen.reading ? qsTr("Card found") : qsTr("Waiting for your card")
        detail: screen.vm.phase === "done" ? screen.vm.maskedNumber : qsTr("Nothing of your card is kept on this machine after your visit.")
    }
    Banner {
        objectName: "codeOffer"
        visible: screen.vm.code === "waiting" && screen.vm.phase === "waiting"
        glyph: "qr-code"
        text: qsTr("Or show your identity code")
        detail: qsTr("Open it on your phone and hold the phone before the code window. A code works once.")
    }
}
