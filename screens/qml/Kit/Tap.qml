import QtQuick
import QtQuick.Templates as T
import Citizen
import "walk.js" as Walk

// Everything that can be pressed: acts on release, once in 300 ms, by finger or key.
T.AbstractButton {
    id: tap

    signal tapped()

    // Keypad and keyboard keys may follow each other quickly.
    property bool quick: false
    // Where Tab leads, if not to the next in order: the last of the keys leads to the first.
    property var tabTo: null
    property real corner: Theme.radius
    property bool ringed: visualFocus

    function press() {
        if (tap.enabled && (tap.quick || Session.accepts()))
            tap.tapped()
    }

    focusPolicy: Qt.StrongFocus
    hoverEnabled: false
    implicitWidth: Math.max(Theme.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    onClicked: press()
    Keys.onReturnPressed: press()
    Keys.onEnterPressed: press()
    Keys.onTabPressed: tabTo ? tabTo() : Walk.on(tap, true)
    Keys.onBacktabPressed: Walk.on(tap, false)
    Accessible.role: Accessible.Button
    Accessible.name: text

    FocusRing {
        corner: tap.corner
        visible: tap.ringed
    }
}
