import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.cardLies ? qsTr("Please take your card") : qsTr("Goodbye, and take care")
    subtitle: vm.cardLies ? qsTr("It is still in the reader, where the light flashes.") : vm.hadPaper ? qsTr("Please take your card and your paper.") : qsTr("Please take your card and your things.")
    bigTitle: true
    backShown: false
    centred: true

    CardDrawing {
        phase: "leaving"
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Math.min(screen.width - screen.leftWidth - 2 * Theme.margin, (!Theme.landscape ? 121 : Theme.largest ? 44 : Theme.large ? 64 : 84) * Theme.u)
    }
    Banner {
        tone: screen.vm.wiped ? "ok" : "info"
        glyph: "shield-check"
        spinning: !screen.vm.wiped
        text: screen.vm.wiped ? qsTr("Everything about you is erased from this screen and machine") : qsTr("Erasing everything about you")
        detail: qsTr("Card data, camera picture, what you typed, your signature. What was handed in is sealed; this machine can't read it.")
    }
}
