import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Nobody is there: a dark panel with a few words that stand elsewhere each minute (screens/rest.py). Who
// comes near or touches it finds the attract screen again.
Tap {
    id: rest
    required property var vm
    objectName: "rest"
    visible: vm !== null && vm.resting && Session.screen === "Attract"
    enabled: visible
    padding: 0
    text: qsTr("Touch to begin")
    background: Rectangle { color: Theme.night }
    contentItem: Item {
        ColumnLayout {
            id: words
            objectName: "restWords"
            x: Theme.margin + (rest.vm ? rest.vm.restX : 0) * (parent.width - width - 2 * Theme.margin)
            y: Theme.margin + (rest.vm ? rest.vm.restY : 0) * (parent.height - height - 2 * Theme.margin)
            spacing: Theme.u
            Label {
                text: Session.time
                color: Theme.nightInk
                font.pixelSize: 1.6 * Theme.display
                font.features: ({ "tnum": 1 })
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
            Label { text: qsTr("Citizen Window"); color: Theme.nightInk; strong: true; wrapMode: Text.NoWrap; Accessible.ignored: true }
            RowLayout {
                spacing: 1.5 * Theme.u
                Icon { name: "hand-pointing"; size: 5 * Theme.u; color: Theme.nightInk }
                Label { text: rest.text; color: Theme.nightInk; wrapMode: Text.NoWrap; Accessible.ignored: true }
            }
        }
    }
    onTapped: vm.wake()
}
