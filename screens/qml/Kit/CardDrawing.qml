import QtQuick

// This terminal's reader with a card above it. phase: waiting (the card comes down), reading (waves),
// done (a seal), leaving (the card is lifted).
Item {
    id: drawing
    property string phase: ""
    readonly property real k: width / 400
    implicitHeight: implicitWidth * 0.66
    Accessible.role: Accessible.Graphic
    Accessible.name: phase === "leaving" ? qsTr("Drawing: a card is lifted off the reader") : qsTr("Drawing: a card is laid flat on the reader")

    Rectangle { // reader plate
        x: 40 * drawing.k; y: 150 * drawing.k; width: 320 * drawing.k; height: 84 * drawing.k
        radius: 18 * drawing.k; color: Theme.primarySoft
        border.width: 3 * drawing.k; border.color: Theme.primaryStrong
        Repeater {
            model: 3
            Rectangle {
                required property int index
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.verticalCenter: parent.verticalCenter
                width: (70 + index * 70) * drawing.k
                height: (18 + index * 18) * drawing.k
                radius: height / 2
                color: "transparent"
                border.width: 2.5 * drawing.k
                border.color: drawing.phase === "reading" ? Theme.primary : Theme.edge
                opacity: drawing.phase === "reading" ? (waves.beat % 3 >= 2 - index || Theme.reducedMotion ? 1 : 0.25) : 0.45
            }
        }
        Timer { id: waves; property int beat: 0; interval: Theme.beat; repeat: true; running: drawing.phase === "reading" && !Theme.reducedMotion; onTriggered: beat += 1 }
    }
    Rectangle { // lip of the terminal
        x: 10 * drawing.k; y: 240 * drawing.k; width: 380 * drawing.k; height: 10 * drawing.k
        radius: 5 * drawing.k; color: Theme.primaryStrong
    }
    Rectangle { // card
        id: card
        readonly property real low: 88 * drawing.k
        readonly property real high: 4 * drawing.k
        x: 112 * drawing.k
        y: drawing.phase === "leaving" ? high : low
        width: 176 * drawing.k; height: 110 * drawing.k
        radius: 11 * drawing.k; color: Theme.surface
        border.width: 3 * drawing.k; border.color: Theme.primary
        Rectangle { x: 0; y: 0; width: parent.width; height: 22 * drawing.k; radius: 11 * drawing.k; color: Theme.primary
            Rectangle { y: parent.height / 2; width: parent.width; height: parent.height / 2; color: Theme.primary } }
        Column {
            x: 16 * drawing.k; y: 38 * drawing.k; spacing: 10 * drawing.k
            Repeater {
                model: [74, 52, 86]
                Rectangle { required property int modelData; width: modelData * drawing.k; height: 6 * drawing.k; radius: 3 * drawing.k; color: Theme.edge }
            }
        }
        Rectangle {
            x: 122 * drawing.k; y: 34 * drawing.k; width: 40 * drawing.k; height: 52 * drawing.k
            radius: 5 * drawing.k; color: Theme.primarySoft; border.width: 2 * drawing.k; border.color: Theme.edge
            Icon { anchors.centerIn: parent; name: "user"; size: 30 * drawing.k }
        }
        SequentialAnimation on y {
            running: (drawing.phase === "waiting" || drawing.phase === "") && !Theme.reducedMotion && drawing.visible
            loops: Animation.Infinite
            NumberAnimation { from: card.high; to: card.low; duration: Theme.travel; easing.type: Easing.OutCubic }
            PauseAnimation { duration: Theme.travel }
            NumberAnimation { from: card.low; to: card.high; duration: Theme.linger; easing.type: Easing.InCubic }
        }
    }
    SealStamp {
        visible: drawing.phase === "done"
        glyph: "check-bold"
        size: 64 * drawing.k
        x: 262 * drawing.k; y: 60 * drawing.k
    }
}
