import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What it means, before it is done; keeping the case is as near as taking it back.
Screen {
    id: screen
    required property var vm
    title: vm.booking ? qsTr("Cancel this appointment?") : qsTr("Withdraw this case?")
    subtitle: vm.itemName
    backText: qsTr("No, keep it")
    primaryText: vm.booking ? qsTr("Yes, cancel it") : qsTr("Yes, withdraw it")
    primaryGlyph: ""
    onBack: Session.back()
    onPrimary: vm.confirm()

    Card {
        Repeater {
            model: screen.vm.booking
                ? [{ glyph: "calendar-x", text: qsTr("Your time is given to somebody else.") },
                   { glyph: "calendar-plus", text: qsTr("You can book again at any time, for what is free then.") },
                   { glyph: "wifi-slash", text: qsTr("It is cancelled at once, or not at all: if the platform can't be reached, your time stays yours.") }]
                : [{ glyph: "stop-circle", text: qsTr("The authority stops working on it. What it has asked for need not be handed in any more.") },
                   { glyph: "clock-counter-clockwise", text: qsTr("It can't be taken up again. You can hand it in anew, and it then counts from that day.") },
                   { glyph: "wallet", text: qsTr("An order that is not paid is cancelled; one that is paid keeps the case from being withdrawn.") },
                   { glyph: "wifi-slash", text: qsTr("It is withdrawn at once, or not at all: if the platform can't be reached, your case goes on.") }]
            RowLayout {
                id: line
                required property var modelData
                spacing: 2.5 * Theme.u
                Layout.fillWidth: true
                Icon { name: line.modelData.glyph; Layout.alignment: Qt.AlignTop }
                Label { text: line.modelData.text; Layout.fillWidth: true }
            }
        }
    }
    Card {
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = []
                if (screen.vm.when !== "")
                    rows.push({ label: qsTr("When"), value: screen.vm.when })
                rows.push({ label: qsTr("Authority"), value: screen.vm.authority })
                rows.push({ label: qsTr("Case number"), value: screen.vm.caseNo })
                return rows
            }
        }
    }
}
