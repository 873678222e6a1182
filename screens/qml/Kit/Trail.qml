import QtQuick
import QtQuick.Layouts
import Citizen

// The steps of this errand, where one is, what remains.
Item {
    id: trail
    property var steps: []
    readonly property var here: steps.find(s => s.current)
    implicitHeight: visible ? Math.max(words.implicitHeight, 5.5 * Theme.u) + 3.5 * Theme.u : 0
    visible: steps.length > 0
    Accessible.role: Accessible.StaticText
    Accessible.name: here ? qsTr("Step %1 of %2: %3").arg(here.number).arg(steps.length).arg(label(here.key)) : ""
    Accessible.description: steps.map(s => s.number + " " + label(s.key)).join(", ")

    function label(key) {
        switch (key) {
        case "choose": return qsTr("Service")
        case "place": return qsTr("Place")
        case "identify": return qsTr("Your card")
        case "details": return qsTr("Details")
        case "found": return qsTr("What fits")
        case "papers": return qsTr("Papers")
        case "check": return qsTr("Check")
        case "submit": return qsTr("Hand in")
        case "result": return qsTr("Receipt")
        }
        return ""
    }

    RowLayout {
        id: words
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        spacing: 1.25 * Theme.u
        Repeater {
            model: trail.steps
            RowLayout {
                id: mark
                required property var modelData
                required property int index
                spacing: 1.25 * Theme.u
                Layout.fillWidth: index < trail.steps.length - 1
                Rectangle {
                    implicitWidth: Math.max(4.75 * Theme.u, 1.35 * Theme.caption)
                    implicitHeight: implicitWidth
                    radius: width / 2
                    color: mark.modelData.current ? Theme.sealInk : mark.modelData.done ? Theme.primary : "transparent"
                    border.width: mark.modelData.done || mark.modelData.current ? 0 : Theme.hairline
                    border.color: Theme.edge
                    Icon {
                        anchors.centerIn: parent
                        visible: mark.modelData.done
                        name: "check-bold"
                        size: 0.6 * parent.width
                        color: Theme.overPrimary
                    }
                    Text {
                        anchors.centerIn: parent
                        visible: !mark.modelData.done
                        text: mark.modelData.number
                        font.family: Theme.sans
                        font.weight: Font.Bold
                        font.pixelSize: Theme.caption
                        color: mark.modelData.current ? Theme.overSeal : Theme.inkSoft
                        Accessible.ignored: true
                    }
                }
                Label {
                    visible: mark.modelData.current || (Theme.landscape && !Theme.large)
                    text: trail.label(mark.modelData.key)
                    strong: mark.modelData.current
                    quiet: !mark.modelData.current
                    font.pixelSize: Theme.caption
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
                Rectangle {
                    visible: mark.index < trail.steps.length - 1
                    implicitHeight: Theme.hairline
                    color: mark.modelData.done ? Theme.primary : Theme.line
                    Layout.fillWidth: true
                    Layout.minimumWidth: Theme.u
                }
            }
        }
    }
}
