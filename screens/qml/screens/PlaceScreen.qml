import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.ofCity ? qsTr("Which city does it belong to?") : vm.path.length === 0 ? qsTr("Where does your matter belong?") : qsTr("Where in %1?").arg(vm.path[vm.path.length - 1].name)
    subtitle: qsTr("Usually where you are registered or insured. It decides who handles %1.").arg(vm.itemName)
    onBack: vm.back()

    Flow {
        visible: screen.vm.path.length > 0
        spacing: 1.5 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: screen.vm.path
            Button {
                required property var modelData
                required property int index
                text: modelData.name
                glyph: "x"
                glyphLast: true
                kind: "soft"
                Accessible.name: qsTr("Leave %1").arg(modelData.name)
                width: Math.min(implicitWidth, screen.width - 2 * Theme.margin)
                onTapped: screen.vm.up(index)
            }
        }
    }
    GridLayout {
        columns: Theme.largest || (Theme.large && !Theme.landscape) ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: some.shown
            ListRow {
                required property var modelData
                objectName: "place-" + modelData.key
                filled: true
                roomy: Theme.roomy && some.shown.length <= 10
                glyph: modelData.more ? "map-trifold" : "map-pin"
                arrow: modelData.more
                text: modelData.name
                chosen: screen.vm.chosen === modelData.key
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                onTapped: screen.vm.pick(modelData.key)
            }
        }
    }
    Portion { id: some; all: screen.vm.places }
}
