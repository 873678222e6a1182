import QtQuick

// This terminal, drawn; the part in question lit. part: card_reader, receipt_printer,
// document_printer, camera, document_camera, terminal. A drawing, so nothing in it can be pressed.
Item {
    id: machine
    property string part: "terminal"
    property bool alarm: false
    readonly property color line: Theme.primaryStrong
    readonly property color lit: alarm ? Theme.seal : Theme.primary
    readonly property real k: Math.min(width / 240, height / 280)
    implicitWidth: 30 * Theme.u
    implicitHeight: 35 * Theme.u
    Accessible.role: Accessible.Graphic
    Accessible.name: part === "card_reader" ? qsTr("Drawing: the card reader, below the screen on the left")
        : part === "receipt_printer" ? qsTr("Drawing: the receipt slot, below the screen on the right")
        : part === "document_printer" ? qsTr("Drawing: the paper slot at the bottom")
        : part === "camera" ? qsTr("Drawing: the camera, above the screen")
        : part === "document_camera" ? qsTr("Drawing: the document camera, beside the screen")
        : qsTr("Drawing: this terminal")

    Item {
        width: 240 * machine.k
        height: 280 * machine.k
        anchors.centerIn: parent
        component Part: Rectangle {
            property string name: ""
            readonly property bool on: machine.part === name
            radius: 5 * machine.k
            color: on ? machine.lit : Theme.surface
            border.width: 2.5 * machine.k
            border.color: on ? machine.lit : machine.line
        }
        Rectangle { // body
            x: 40 * machine.k; y: 4 * machine.k; width: 160 * machine.k; height: 262 * machine.k
            radius: 16 * machine.k; color: Theme.primarySoft
            border.width: 3 * machine.k; border.color: machine.line
        }
        Rectangle { // screen
            x: 56 * machine.k; y: 34 * machine.k; width: 128 * machine.k; height: 118 * machine.k
            radius: 6 * machine.k; color: Theme.surface
            border.width: 2.5 * machine.k; border.color: machine.part === "terminal" ? machine.lit : machine.line
            Icon { visible: machine.part === "terminal"; anchors.centerIn: parent; name: "warning-circle"; size: 72 * machine.k; color: machine.lit }
            Column {
                visible: machine.part !== "terminal"
                x: 14 * machine.k; y: 18 * machine.k; spacing: 10 * machine.k
                Repeater {
                    model: [64, 98, 98, 44]
                    Rectangle {
                        required property int modelData
                        width: modelData * machine.k; height: 5 * machine.k; radius: 2 * machine.k
                        color: Theme.line
                    }
                }
            }
        }
        Part { name: "camera"; x: 111 * machine.k; y: 12 * machine.k; width: 18 * machine.k; height: 15 * machine.k; radius: 8 * machine.k }
        Part { name: "card_reader"; x: 56 * machine.k; y: 166 * machine.k; width: 56 * machine.k; height: 38 * machine.k }
        Part { name: "receipt_printer"; x: 128 * machine.k; y: 172 * machine.k; width: 56 * machine.k; height: 12 * machine.k }
        Part { name: "document_printer"; x: 56 * machine.k; y: 224 * machine.k; width: 128 * machine.k; height: 14 * machine.k }
        Part { name: "document_camera"; visible: on; x: 198 * machine.k; y: 54 * machine.k; width: 32 * machine.k; height: 16 * machine.k }
        Rectangle { // foot
            x: 24 * machine.k; y: 264 * machine.k; width: 192 * machine.k; height: 10 * machine.k
            radius: 5 * machine.k; color: machine.line
        }
        Rectangle { // pointing dot, breathing
            readonly property var at: ({ card_reader: [84, 185], receipt_printer: [156, 178],
                document_printer: [120, 231], camera: [120, 19], document_camera: [216, 62], terminal: [120, 93] })[machine.part] || [120, 93]
            width: 74 * machine.k; height: width; radius: width / 2
            x: at[0] * machine.k - width / 2; y: at[1] * machine.k - height / 2
            color: "transparent"; border.width: 4 * machine.k; border.color: machine.lit
            visible: machine.part !== "terminal"
            SequentialAnimation on scale {
                running: machine.visible && !Theme.reducedMotion
                loops: Animation.Infinite
                NumberAnimation { from: 0.8; to: 1; duration: Theme.breath; easing.type: Easing.OutCubic }
                NumberAnimation { from: 1; to: 0.8; duration: Theme.breath; easing.type: Easing.InCubic }
            }
        }
    }
}
