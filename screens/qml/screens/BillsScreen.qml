import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool due: !vm.busy && vm.bills.length > 0
    // On a low screen with large text the title asks all there is to ask.
    readonly property bool low: twoPane && Theme.large
    title: vm.busy ? vm.itemName : vm.bills.length === 0 ? qsTr("Nothing is due") : qsTr("What would you like to pay?")
    subtitle: vm.busy || low && due ? "" : vm.bills.length === 0 ? qsTr("There is no open amount under your name.") : vm.bills.some(bill => bill.one) ? qsTr("Touch what you want to pay now. Where there are several sums for one thing, one of them is paid.") : qsTr("Touch what you want to pay now.")
    centred: !due
    panes: due
    smallTitle: low
    primaryText: !due ? "" : vm.count === 0 ? qsTr("Choose an amount") : qsTr("Pay %1").arg(vm.total)
    primaryEnabled: vm.count > 0
    onBack: Session.back()
    onPrimary: vm.proceed()

    // What it comes to stays in sight however long the list is: beside it, or under it where there is room.
    aside: twoPane && due ? beside : null
    footer: Theme.roomy && due ? below : null

    component Sum: Card {
        id: sum
        property bool narrow: Theme.largest
        official: true
        padding: (screen.low ? 3 : 4.5) * Theme.u
        GridLayout {
            columns: sum.narrow ? 1 : 2
            Layout.fillWidth: true
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true
                Label { text: qsTr("%n chosen, together", "", screen.vm.count); quiet: true; Layout.fillWidth: true }
                Label {
                    visible: screen.vm.due !== "" && !sum.narrow
                    text: qsTr("To be paid by %1").arg(screen.vm.due)
                    quiet: true
                    font.pixelSize: Theme.caption
                    Layout.fillWidth: true
                }
            }
            Label {
                text: screen.vm.total
                strong: true
                color: screen.vm.count > 0 ? Theme.sealInk : Theme.inkSoft
                font.pixelSize: screen.low ? Theme.title : Theme.display
                font.features: ({ "tnum": 1 })
                horizontalAlignment: sum.narrow ? Text.AlignLeft : Text.AlignRight
            }
            Label {
                visible: screen.vm.due !== "" && sum.narrow
                text: qsTr("To be paid by %1").arg(screen.vm.due)
                quiet: true
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
            }
        }
    }
    component Next: ColumnLayout {
        id: next
        // One under the other where a short list leaves the room.
        property bool airy: false
        spacing: (airy ? 3 : 2) * Theme.u
        Layout.fillWidth: true
        Label { text: qsTr("What happens next"); strong: true; Layout.fillWidth: true }
        GridLayout {
            columns: next.airy ? 1 : 3
            columnSpacing: 3 * Theme.u
            rowSpacing: 3 * Theme.u
            Layout.fillWidth: true
            Repeater {
                model: [
                    { glyph: "check-circle", words: qsTr("You check it once more") },
                    { glyph: "qr-code", words: qsTr("You scan a code and pay with your phone") },
                    { glyph: "receipt", words: qsTr("You get a receipt here") },
                ]
                RowLayout {
                    id: one
                    required property var modelData
                    spacing: (next.airy ? 3 : 1.5) * Theme.u
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Layout.alignment: Qt.AlignTop
                    Icon { name: one.modelData.glyph; size: (next.airy ? 7 : 5.5) * Theme.u; Layout.alignment: Qt.AlignTop }
                    Label { text: one.modelData.words; font.pixelSize: next.airy ? Theme.body : Theme.caption; Layout.fillWidth: true }
                }
            }
        }
    }
    Component {
        id: beside
        ColumnLayout {
            Item { Layout.fillHeight: true }
            Sum { narrow: true }
        }
    }
    Component {
        id: below
        Item {
            implicitHeight: foot.implicitHeight + 4 * Theme.u
            ColumnLayout {
                id: foot
                x: Theme.margin
                width: parent.width - 2 * x
                spacing: 4 * Theme.u
                Next { visible: some.shown.length <= some.most; airy: some.shown.length <= 3 }
                Sum { }
            }
        }
    }

    Busy { visible: screen.vm.busy; text: qsTr("Asking what is due"); Layout.fillWidth: true }
    ColumnLayout {
        visible: !screen.vm.busy && !screen.due
        spacing: Theme.gap
        Layout.fillWidth: true
        SealStamp { glyph: "check-bold"; size: (screen.lifted ? 18 : 26) * Theme.u; Layout.alignment: Qt.AlignHCenter }
        Label { visible: screen.vm.source !== ""; text: qsTr("Asked just now at %1").arg(screen.vm.source); quiet: true; horizontalAlignment: Text.AlignHCenter; Layout.fillWidth: true }
    }
    Repeater {
        model: some.shown.length // not the list: a choice must not rebuild what has the focus
        Choice {
            required property int index
            readonly property var modelData: some.shown[index] || ({ key: "", label: "", period: "", due: "", amount: "", chosen: false, one: false })
            objectName: "bill-" + modelData.key
            square: !modelData.one
            least: !Theme.roomy ? 12 * Theme.u : some.shown.length > 6 ? 14 * Theme.u : some.shown.length > 4 ? Theme.roomyRow : Theme.roomiestRow
            text: modelData.label
            hint: modelData.due !== "" ? qsTr("%1 · due %2").arg(modelData.period).arg(modelData.due) : modelData.period
            trailing: modelData.amount
            chosen: modelData.chosen
            Layout.fillWidth: true
            onTapped: screen.vm.toggle(modelData.key)
        }
    }
    Portion { id: some; all: screen.vm.bills }
    Sum { visible: screen.due && !screen.twoPane && !Theme.roomy }
    Next { visible: screen.due && !Theme.roomy && !Theme.large && !screen.lifted && some.shown.length <= 3; Layout.topMargin: Theme.u }
}
