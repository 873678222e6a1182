import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool open: vm.state === "pending" || vm.state === "none"
    title: vm.state === "paid" ? qsTr("Paid, thank you") : vm.state === "expired" ? qsTr("The time to pay is over") : vm.state === "cancelled" ? qsTr("The payment was cancelled") : qsTr("Pay with your phone")
    subtitle: Theme.landscape && Theme.large && open ? "" : open ? qsTr("Scan the code with WeChat, Alipay or UnionPay. The machine notices by itself.") : vm.state === "paid" ? "" : qsTr("Nothing was charged.")
    primaryText: ""
    backShown: false
    centred: true
    secondaryText: qsTr("Don't pay, end here")
    secondaryGlyph: "x"
    onSecondary: Session.leave()

    Card {
        official: true
        GridLayout {
            columns: Theme.landscape ? 2 : 1
            columnSpacing: 6 * Theme.u
            rowSpacing: 3 * Theme.u
            Layout.fillWidth: true
            Rectangle {
                visible: screen.open && screen.vm.url !== ""
                color: Theme.sheet
                radius: Theme.radiusSmall
                implicitWidth: (Theme.landscape ? (Theme.large ? 38 : 46) : Theme.lowReach ? 50 : Theme.largest ? 44 : 62) * Theme.u
                implicitHeight: implicitWidth
                Layout.alignment: Qt.AlignHCenter
                QrCode {
                    anchors.fill: parent
                    text: screen.vm.url
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Payment code to scan with your phone")
                }
            }
            SealStamp { visible: screen.vm.state === "paid"; glyph: "check-bold"; size: 26 * Theme.u; Layout.alignment: Qt.AlignHCenter }
            ColumnLayout {
                spacing: Theme.u
                Layout.fillWidth: true
                Label { text: screen.vm.itemName; quiet: true; horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter; Layout.fillWidth: true }
                Label {
                    text: screen.vm.amount
                    strong: true
                    color: Theme.sealInk
                    font.pixelSize: 1.2 * Theme.display
                    font.features: ({ "tnum": 1 })
                    horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
                    Layout.fillWidth: true
                }
                Label {
                    visible: screen.open && screen.vm.expires !== ""
                    text: qsTr("Valid for %1:%2 more").arg(Math.floor(screen.vm.secondsLeft / 60)).arg(String(screen.vm.secondsLeft % 60).padStart(2, "0"))
                    font.features: ({ "tnum": 1 })
                    horizontalAlignment: Theme.landscape ? Text.AlignLeft : Text.AlignHCenter
                    Layout.fillWidth: true
                }
            }
        }
    }
    Banner {
        visible: screen.open
        spinning: true
        text: qsTr("Waiting for your payment")
        detail: qsTr("This machine never sees your account or password.")
    }
}
