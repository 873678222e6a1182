import QtQuick
import QtQuick.Templates as T
import Citizen

// Everything that can be pressed: acts on release, once in 300 ms, by finger or key.
T.AbstractButton {
    id: tap

    signal tapped()

    // Keypad and keyboard keys may follow each other quickly.
    property bool quick: false
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
    Accessible.role: Accessible.Button
    Accessible.name: text

    FocusRing {
        corner: tap.corner
        visible: tap.ringed
    }
}
