import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    readonly property bool empty: vm.listed && vm.rows.length === 0
    title: vm.busy && !vm.listed ? qsTr("My cases") : empty ? qsTr("There is nothing under your name") : qsTr("My cases")
    subtitle: vm.busy && !vm.listed ? "" : empty ? qsTr("The platform knows of no case of yours.") : vm.listed ? qsTr("Newest first. Touch one to see how far it is.") : ""
    centred: (vm.busy && !vm.listed) || empty
    onBack: Session.back()

    Busy { visible: screen.vm.busy && !screen.vm.listed; text: qsTr("Asking the platform for your cases"); Layout.fillWidth: true }
    Icon {
        visible: screen.empty
        name: "folder-open"
        size: 16 * Theme.u
        Layout.alignment: Qt.AlignHCenter
    }
    Card {
        visible: screen.vm.rows.length > 0
        padding: 1.5 * Theme.u
        Repeater {
            model: screen.vm.rows
            ColumnLayout {
                id: entry
                required property var modelData
                required property int index
                spacing: Theme.u
                Layout.fillWidth: true
                Hairline { visible: entry.index > 0; Layout.leftMargin: 3 * Theme.u; Layout.rightMargin: 3 * Theme.u }
                ListRow {
                    objectName: "case-" + entry.index
                    text: entry.modelData.name
                    hint: qsTr("%1 · handed in %2").arg(entry.modelData.now).arg(entry.modelData.day) + screen.until(entry.modelData)
                    note: entry.modelData.asks ? qsTr("%1 · handed in %2").arg(entry.modelData.now).arg(entry.modelData.day) : ""
                    glyph: entry.modelData.icon
                    Layout.fillWidth: true
                    onTapped: screen.vm.choose(entry.index)
                }
            }
        }
    }
    Button {
        visible: screen.vm.more
        objectName: "older"
        text: screen.vm.busy ? qsTr("Asking for older ones …") : qsTr("Show older ones")
        glyph: "caret-down"
        kind: "soft"
        enabled: !screen.vm.busy
        Layout.fillWidth: true
        onTapped: screen.vm.older()
    }
    Label {
        visible: screen.vm.listed
        text: qsTr("What a terminal has taken and could not send yet is not in this list: with its slip's look-up code you see it under “Where is my case?”.")
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }

    function until(entry) {
        return entry.promised === "" ? "" : " · " + (entry.estimated ? qsTr("done by about %1") : qsTr("done by %1")).arg(entry.promised)
    }
}
