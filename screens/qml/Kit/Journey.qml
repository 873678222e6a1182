import QtQuick
import QtQuick.Layouts

// From this machine to the authority: kept here first, then on its way.
Item {
    id: way
    property bool stored: false
    implicitHeight: 34 * Theme.u
    readonly property real begin: 0.2 * width
    readonly property real finish: 0.8 * width
    readonly property real line: 13 * Theme.u

    Rectangle { x: way.begin; y: way.line; width: way.finish - way.begin; height: 2 * Theme.hairline; color: Theme.line }
    Rectangle {
        x: way.begin; y: way.line; height: 2 * Theme.hairline; color: Theme.primary
        width: (way.finish - way.begin) * (way.stored ? 0.5 : 0)
        Behavior on width { NumberAnimation { duration: 3 * Theme.calm; easing.type: Easing.OutCubic } }
    }
    component Stop: Item {
        id: stop
        property string glyph
        property string text
        property bool on
        width: 0.36 * way.width
        height: way.height
        Rectangle {
            width: 18 * Theme.u; height: width; radius: width / 2
            anchors.horizontalCenter: parent.horizontalCenter
            y: way.line - height / 2
            color: stop.on ? Theme.primary : Theme.surface
            border.width: 2 * Theme.hairline
            border.color: stop.on ? Theme.primary : Theme.edge
            Icon { anchors.centerIn: parent; name: stop.glyph; size: 9 * Theme.u; color: stop.on ? Theme.overPrimary : Theme.inkSoft }
        }
        Label {
            y: way.line + 10.5 * Theme.u
            width: parent.width
            text: stop.text
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.caption
            strong: stop.on
        }
    }
    Stop { x: way.begin - width / 2; glyph: way.stored ? "lock-key" : "lock-key-open"; text: way.stored ? qsTr("Kept here") : qsTr("Sealing"); on: way.stored }
    Stop { x: way.finish - width / 2; glyph: "bank"; text: qsTr("Authority"); on: false }
    Rectangle {
        id: letter
        width: 8 * Theme.u; height: width; radius: Theme.u; y: way.line - height / 2
        x: 0.5 * way.width - width / 2
        visible: way.stored
        color: "transparent"
        Icon { anchors.centerIn: parent; name: "paper-plane-tilt-fill"; size: 7 * Theme.u; color: Theme.seal }
        SequentialAnimation on x {
            running: way.stored && !Theme.reducedMotion && way.visible
            loops: Animation.Infinite
            NumberAnimation { from: way.begin + 10 * Theme.u; to: way.finish - 18 * Theme.u; duration: Theme.travel; easing.type: Easing.InOutQuad }
            PauseAnimation { duration: Theme.linger }
        }
    }
    Spinner { visible: !way.stored; anchors.horizontalCenter: parent.horizontalCenter; y: way.line - height / 2 }
}
