import QtQuick
import QtQuick.Layouts
import Citizen

// One character written with the finger; what it may be stands in the bar above.
RowLayout {
    id: board

    signal backspace()
    function wipe() { pad.clear() }

    spacing: 2 * Theme.u

    Rectangle {
        color: Theme.surface
        radius: Theme.radius
        border.width: Theme.hairline
        border.color: Theme.edge
        Layout.fillWidth: true
        Layout.fillHeight: true
        Label {
            anchors.centerIn: parent
            width: parent.width - 4 * Theme.u
            visible: pad.empty
            text: qsTr("Write one character here")
            quiet: true
            horizontalAlignment: Text.AlignHCenter
        }
        WritingPad {
            id: pad
            objectName: "writingPad"
            anchors.fill: parent
            anchors.margins: Theme.u
            desk: Typing
            ink: Theme.ink
            penWidth: 1.2 * Theme.u
            Accessible.role: Accessible.Canvas
            Accessible.name: qsTr("Write one character here")
        }
    }
    ColumnLayout {
        spacing: 2 * Theme.u
        Layout.fillHeight: true
        Button {
            objectName: "wipeWriting"
            glyph: "eraser"
            Accessible.name: qsTr("Wipe")
            enabled: !pad.empty
            quick: true
            leftPadding: 2 * Theme.u
            rightPadding: 2 * Theme.u
            Layout.fillHeight: true
            onTapped: pad.clear()
        }
        Button {
            objectName: "writing-back"
            glyph: "backspace"
            Accessible.name: qsTr("Delete")
            quick: true
            leftPadding: 2 * Theme.u
            rightPadding: 2 * Theme.u
            Layout.fillHeight: true
            onTapped: board.backspace()
        }
    }
}
