import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "../Kit/sentences.js" as Sentences

Screen {
    id: screen
    required property var vm
    title: vm.confirming ? qsTr("Please sign by confirming") : qsTr("Please sign with your finger")
    // On a low screen the frame needs the room.
    readonly property bool low: Theme.landscape && Theme.large
    // With large text what is signed needs the room: after the first press the words of what to do now
    // stand where the title stood, and all of the statement is in sight.
    terse: Theme.large && vm.pressed
    smallTitle: Theme.large && vm.confirming
    stageMargin: (low ? 2 : 4) * Theme.u
    subtitle: vm.confirming ? qsTr("Nothing is drawn. You confirm these words by pressing twice.")
        : low ? "" : qsTr("For %1. The signature goes only into this application.").arg(vm.itemName)
    primaryText: !vm.confirming ? qsTr("Sign and hand in") : vm.pressed ? qsTr("Yes, sign and hand in") : qsTr("I confirm this")
    secondaryText: vm.confirming ? qsTr("Draw after all") : qsTr("I can't draw")
    secondaryGlyph: vm.confirming ? "pen-nib" : ""
    // Pressed without a name in the frame: a word instead of a dead button.
    property bool reminded: false
    readonly property bool airy: Theme.roomy || twoPane
    onBack: Session.back()
    onPrimary: if (vm.confirming) vm.confirm(); else if (vm.signed) vm.proceed(); else reminded = true
    onSecondary: vm.by_confirming(!vm.confirming)

    Banner {
        objectName: "unsigned"
        visible: screen.reminded && !screen.vm.signed && !screen.vm.confirming
        glyph: "pen-nib"
        tone: "warn"
        text: qsTr("Please write your name in the frame first")
        detail: qsTr("Or touch “%1” below: you can confirm instead.").arg(screen.secondaryText)
        Accessible.role: Accessible.AlertMessage
        Accessible.name: Sentences.joined([text, detail], Session.language)
    }

    Banner {
        objectName: "pressed"
        visible: screen.vm.pressed
        glyph: "pen-nib"
        text: qsTr("Press the same button once more to sign")
        detail: qsTr("That counts as signing and hands it in. “Back” goes back unsigned.")
        Accessible.role: Accessible.AlertMessage
        Accessible.name: Sentences.joined([text, detail], Session.language)
    }
    Card {
        visible: screen.vm.confirming
        official: true
        padding: (screen.airy ? 7 : screen.low ? 2.5 : Theme.large ? 3.5 : 4.5) * Theme.u
        spacing: 6 * Theme.u
        Label {
            objectName: "statement"
            text: screen.vm.statement
            font.pixelSize: screen.airy ? Theme.title : Theme.body
            Layout.fillWidth: true
            // What is signed is heard without asking for it.
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        // Two presses sign, the second is still to come: the line above the buttons says so in words.
        RowLayout {
            visible: Theme.roomy
            spacing: 0
            Layout.alignment: Qt.AlignHCenter
            Repeater {
                model: 2
                RowLayout {
                    id: press
                    required property int index
                    readonly property bool done: index === 0 && screen.vm.pressed
                    spacing: 0
                    Rectangle { visible: press.index > 0; implicitWidth: 16 * Theme.u; implicitHeight: 2 * Theme.hairline; color: screen.vm.pressed ? Theme.primary : Theme.edge }
                    Rectangle {
                        implicitWidth: Theme.target
                        implicitHeight: Theme.target
                        radius: height / 2
                        color: press.done ? Theme.primary : Theme.surface
                        border.width: 2 * Theme.hairline
                        border.color: press.done || (press.index === 1) === screen.vm.pressed ? Theme.primary : Theme.edge
                        Icon { anchors.centerIn: parent; name: press.done ? "check-bold" : "pen-nib"; size: 5 * Theme.u; color: press.done ? Theme.overPrimary : Theme.primary }
                    }
                }
            }
        }
    }
    Label {
        visible: screen.vm.confirming && screen.vm.witness
        text: qsTr("Your face was not compared by the machine. So after your confirmation a member of staff comes, and witnesses it with you.")
        quiet: true
        Layout.fillWidth: true
    }

    Rectangle {
        visible: !screen.vm.confirming
        radius: Theme.radius
        color: Theme.surface
        border.width: 2 * Theme.hairline
        border.color: screen.reminded && pad.empty ? Theme.warnInk : pad.empty ? Theme.edge : Theme.primary
        // Where the page has room, the frame takes all that its two buttons leave.
        readonly property real least: (Theme.landscape ? (Theme.large || Theme.lifted ? 34 : Theme.lowReach ? 50 : 62) : Theme.lowReach ? 46 : Theme.largest ? 62 : Theme.large ? 76 : 96) * Theme.u
        readonly property real free: Theme.lowReach || Theme.large ? 0 : screen.stageRoom - tools.implicitHeight - Theme.gap - Theme.u
        implicitHeight: Math.max(least, Math.min(free, 130 * Theme.u))
        Layout.fillWidth: true
        Rectangle { x: 6 * Theme.u; width: parent.width - 12 * Theme.u; y: 0.76 * parent.height; height: Theme.hairline; color: Theme.edge }
        RowLayout {
            visible: pad.empty
            anchors.centerIn: parent
            width: Math.min(parent.width - 8 * Theme.u, implicitWidth)
            spacing: 2 * Theme.u
            Icon { name: "pen-nib"; size: 7 * Theme.u; color: Theme.inkSoft }
            Label { text: qsTr("Write your name here"); quiet: true; Layout.fillWidth: true }
        }
        SignaturePad {
            id: pad
            objectName: "pad"
            anchors.fill: parent
            model: screen.vm
            ink: Theme.ink
            penWidth: 0.9 * Theme.u
            Accessible.role: Accessible.Canvas
            Accessible.name: qsTr("Signature pad")
        }
    }
    RowLayout {
        id: tools
        visible: !screen.vm.confirming
        spacing: Theme.gap
        Layout.fillWidth: true
        Button {
            objectName: "undoStroke"
            text: qsTr("Undo last stroke")
            glyph: "arrow-counter-clockwise"
            enabled: !pad.empty
            quick: true
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            onTapped: pad.undo()
        }
        Button {
            objectName: "clearPad"
            text: qsTr("Start over")
            glyph: "eraser"
            enabled: !pad.empty
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: true
            onTapped: pad.clear()
        }
    }
}
