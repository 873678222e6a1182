import QtQuick
import Citizen

// Dresses the theme for a window and for what the visit has set.
Item {
    id: dress
    required property Item window
    required property var fonts
    property bool inReach: false

    Binding { target: Theme; property: "landscape"; value: dress.window.width > dress.window.height }
    Binding { target: Theme; property: "scale"; value: Theme.scaleFor(dress.window.width, dress.window.height) }
    Binding { target: Theme; property: "textFactor"; value: Session.textFactor }
    Binding { target: Theme; property: "contrast"; value: Session.contrast }
    Binding { target: Theme; property: "reducedMotion"; value: Session.reducedMotion }
    Binding { target: Theme; property: "lowReach"; value: Session.lowReach }
    Binding { target: Theme; property: "inReach"; value: dress.inReach }
    Binding { target: Theme; property: "latin"; value: !Session.language.startsWith("zh") }
    Binding { target: Theme; property: "sans"; value: dress.fonts[0] }
    Binding { target: Theme; property: "icons"; value: dress.fonts[1] }
}
