import QtQuick
import QtQuick.Layouts
import Citizen

// Pages taken of a paper, side by side; `removable` puts a button under each.
GridLayout {
    id: strip

    property var vm
    property var pages: []
    property bool removable: false
    property real leaf: 34 * Theme.u
    signal removed(int place)

    columns: Math.max(1, Math.floor((width + columnSpacing) / (leaf + columnSpacing)))
    columnSpacing: 2 * Theme.u
    rowSpacing: 3 * Theme.u

    Repeater {
        model: strip.pages
        ColumnLayout {
            id: page
            required property string modelData
            required property int index
            spacing: Theme.u
            Layout.preferredWidth: strip.leaf
            Layout.alignment: Qt.AlignTop
            Rectangle {
                color: Theme.primarySoft
                radius: Theme.u
                border.width: Theme.hairline
                border.color: Theme.edge
                Layout.fillWidth: true
                Layout.preferredHeight: 1.2 * strip.leaf
                PagePicture {
                    anchors.fill: parent
                    anchors.margins: Theme.u
                    model: strip.vm
                    handle: page.modelData
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Page %1").arg(page.index + 1)
                }
            }
            Button {
                visible: strip.removable
                objectName: "drop-" + page.index
                kind: "soft"
                glyph: "x"
                text: qsTr("Remove page %1").arg(page.index + 1)
                Layout.fillWidth: true
                onTapped: strip.removed(page.index)
            }
        }
    }
}
