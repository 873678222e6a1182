import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool reading: vm.phase === "reading" || vm.social === "reading"
    readonly property bool checking: vm.code === "checking"
    readonly property bool unlifted: vm.phase === "unlifted"
    readonly property bool waiting: vm.phase === "waiting" || unlifted
    readonly property bool codeOffered: vm.code === "waiting" && waiting && !reading
    readonly property bool socialOffered: vm.social === "waiting" && waiting && !checking
    // A smaller drawing and offers side by side: a wide screen shows every way without scrolling.
    readonly property real drawingUnits: !Theme.landscape ? 121 : codeOffered || socialOffered ? 50 : 96
    title: checking ? qsTr("Checking your code") : vm.phase === "done" ? qsTr("Read") : reading ? qsTr("Reading, leave the card there") : unlifted ? qsTr("Lift your card, then lay it down again") : qsTr("Lay your ID card on the reader")
    subtitle: checking ? qsTr("It takes a few seconds.") : reading ? qsTr("It takes about two seconds.") : unlifted ? qsTr("A card has been lying there since the last reading. If it is not yours, please give it to staff.") : qsTr("Flat, photo up, below the screen on the left. Keep it there until you hear the tone.")
    primaryText: vm.phase === "" && !checking && !reading ? qsTr("Read the card") : ""
    secondaryText: qsTr("Ask staff to help")
    secondaryGlyph: "headset"
    centred: true
    onBack: Session.back()
    onPrimary: vm.retry()
    onSecondary: Session.help()

    CardDrawing {
        visible: !screen.checking
        phase: screen.reading ? "reading" : screen.unlifted ? "leaving" : screen.vm.phase
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Math.min(screen.width - screen.leftWidth - 2 * Theme.margin, screen.drawingUnits * Theme.u)
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
        spinning: screen.waiting || screen.reading
        glyph: "identification-card"
        tone: screen.vm.phase === "done" ? "ok" : "info"
        text: screen.vm.phase === "done" ? screen.vm.maskedName : screen.reading ? qsTr("Card found") : qsTr("Waiting for your card")
        detail: screen.vm.phase === "done" ? screen.vm.maskedNumber : qsTr("Nothing of your card is kept on this machine after your visit.")
    }
    GridLayout {
        visible: screen.codeOffered || screen.socialOffered
        columns: Theme.landscape && screen.codeOffered && screen.socialOffered ? 2 : 1
        rowSpacing: Theme.gap
        columnSpacing: Theme.gap
        Layout.fillWidth: true
        Banner {
            objectName: "codeOffer"
            visible: screen.codeOffered
            Layout.fillHeight: true
            glyph: "qr-code"
            text: qsTr("Or show your identity code")
            detail: qsTr("Open it on your phone and hold the phone before the code window. A code works once.")
        }
        Banner {
            objectName: "socialOffer"
            visible: screen.socialOffered
            Layout.fillHeight: true
            glyph: "credit-card"
            text: qsTr("Or put in your social-security card")
            detail: screen.vm.socialAlone ? qsTr("Chip up, all the way in.") : qsTr("Chip up, all the way in. Staff then compare you with the photo on it.")
        }
    }
}
