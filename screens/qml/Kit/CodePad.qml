import QtQuick
import QtQuick.Layouts

// A code of twelve characters: a place for each, so that one sees how many are left, and the keys it is
// written with. Where the page has room, the other way is drawn: the slip before the scanner.
ColumnLayout {
    id: pad
    // With or without what parts its groups.
    property string typed: ""
    property string typedName: "typed"
    property string spoken: ""
    readonly property string letters: typed.replace(/[^0-9A-Z]/g, "")
    // On a low screen with large text all keys must be in sight at once: three rows, in the same order.
    readonly property bool low: Theme.landscape && Theme.large
    signal key(string key)

    spacing: Theme.gap
    Layout.fillWidth: true

    Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: Theme.hairline
        border.color: Theme.edge
        implicitHeight: places.implicitHeight + (pad.low ? 2 : 5) * Theme.u
        Layout.fillWidth: true
        Row {
            id: places
            objectName: pad.typedName
            readonly property real place: (parent.width - 10 * Theme.u - 2 * gap - 9 * spacing) / 12
            readonly property real gap: 2 * Theme.u
            anchors.centerIn: parent
            spacing: Theme.u
            Accessible.role: Accessible.StatusBar
            Accessible.name: pad.spoken
            Repeater {
                model: 12
                Item {
                    id: slot
                    required property int index
                    readonly property bool first: index > 0 && index % 4 === 0
                    implicitWidth: Math.min(places.place, 9 * Theme.u) + (first ? places.gap : 0)
                    implicitHeight: character.implicitHeight
                    Label {
                        id: character
                        anchors.right: parent.right
                        width: parent.width - (slot.first ? places.gap : 0)
                        text: pad.letters.charAt(slot.index)
                        strong: true
                        font.pixelSize: Theme.typedCode
                        font.features: ({ "tnum": 1 })
                        horizontalAlignment: Text.AlignHCenter
                        Accessible.ignored: true
                    }
                    Rectangle {
                        readonly property bool next: slot.index === pad.letters.length
                        anchors.bottom: parent.bottom
                        anchors.horizontalCenter: character.horizontalCenter
                        width: character.width
                        height: (next ? 4 : 2) * Theme.hairline
                        color: next ? Theme.primary : Theme.edge
                    }
                }
            }
        }
    }
    KeyRows {
        rows: pad.low ? ["0123456789A", "BCDEFGHJKMN", "PQRSTVWXYZ"] : ["01234567", "89ABCDEF", "GHJKMNPQ", "RSTVWXYZ"]
        space: 1.5 * Theme.u
        keyHeight: pad.low ? Theme.primaryTarget
            : Math.max(Theme.roomy || Theme.landscape && !Theme.lowReach ? Theme.primaryTarget : Theme.target, 1.6 * Theme.body + 4 * Theme.u)
        Layout.fillWidth: true
        onTyped: key => pad.key(key)
    }
    LineDrawing {
        objectName: "otherWay"
        visible: Theme.roomy
        name: "slip_to_scanner"
        implicitHeight: 56 * Theme.u
        Layout.topMargin: 4 * Theme.u
        Layout.fillWidth: true
    }
}
