import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Seen from across the hall: what this is, what it can do today, and where to touch.
FocusScope {
    id: screen
    required property var vm
    property real halfLine: 0
    readonly property bool side: Theme.landscape
    // Large words on a low screen leave no room for the lattice: words left, buttons right.
    readonly property bool split: side && (Theme.large || Theme.lowReach)
    focus: true
    // Care for the panel: a pixel or two from minute to minute.
    transform: Translate { x: screen.vm.shiftX * Theme.pixel; y: screen.vm.shiftY * Theme.pixel }
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Citizen Window")

    component Promise: RowLayout {
        property string glyph
        property string text
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Icon { name: parent.glyph; size: 5.5 * Theme.u }
        Label { text: parent.text; Layout.fillWidth: true }
    }

    ColumnLayout {
        id: words
        objectName: "attractWords"
        x: Theme.margin
        y: 5 * Theme.u
        width: (screen.side ? (screen.split ? 0.54 : 0.56) * parent.width : parent.width) - 2 * Theme.margin
        spacing: 3 * Theme.u
        Label {
            text: qsTr("Government services,\nhere and now.")
            font.weight: Font.Bold
            font.pixelSize: screen.split && Theme.largest ? Theme.title : (Theme.large ? 1.0 : screen.side || !Session.language.startsWith("zh") ? 1.2 : 1.5) * Theme.display
            lineHeight: 1.08
            Accessible.role: Accessible.Heading
            Layout.fillWidth: true
        }
        Label {
            text: screen.vm.cities > 0
                ? qsTr("Proofs, applications, payments and appointments for %1 and %n partner cities. Only your ID card is needed.", "", screen.vm.cities).arg(Session.city)
                : qsTr("Proofs, applications, payments and appointments. Only your ID card is needed.")
            quiet: true
            // What is true today goes before what always is, where there is no room for both.
            visible: screen.vm.notice === "" || !(screen.side || Theme.large || Theme.lowReach)
            Layout.fillWidth: true
            Layout.maximumWidth: 110 * Theme.u
        }
        RowLayout {
            objectName: "attractNotice"
            visible: screen.vm.notice !== ""
            spacing: 1.5 * Theme.u
            Layout.fillWidth: true
            Icon { name: "megaphone"; size: 4.5 * Theme.u }
            Label {
                text: qsTr("%1 (since %2)").arg(screen.vm.notice).arg(screen.vm.noticeSince)
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
            }
        }
    }

    // The window itself: panes of what can be done, one lit after the other.
    Rectangle {
        id: pane
        readonly property real space: start.y - y - 5 * Theme.u
        visible: !Theme.large && !Theme.lowReach
        x: screen.side ? 0.56 * parent.width : Theme.margin
        y: screen.side ? 5 * Theme.u : words.y + words.height + 5 * Theme.u
        width: screen.side ? parent.width - x - Theme.margin : parent.width - 2 * Theme.margin
        height: screen.side ? parent.height - 10 * Theme.u : space
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: Theme.hairline
        border.color: Theme.line
        readonly property bool examples: height > 64 * Theme.u
        property int lit: 0
        Timer {
            interval: Theme.dwell
            repeat: true
            running: !Theme.reducedMotion && screen.visible && !screen.vm.near && !screen.vm.resting
            onTriggered: pane.lit = (pane.lit + 1) % Math.max(1, panes.count)
        }
        GridLayout {
            anchors.fill: parent
            anchors.margins: 1.5 * Theme.u
            columns: 2
            columnSpacing: 0
            rowSpacing: 0
            uniformCellWidths: true
            uniformCellHeights: true
            Repeater {
                id: panes
                model: screen.vm.situations.slice(0, 8)
                Item {
                    id: one
                    required property var modelData
                    required property int index
                    readonly property bool on: pane.lit === index
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Rectangle {
                        anchors.fill: parent
                        anchors.margins: Theme.u
                        radius: Theme.radius
                        color: Theme.primarySoft
                        opacity: one.on ? 1 : 0
                        Behavior on opacity { NumberAnimation { duration: 4 * Theme.calm; easing.type: Easing.OutCubic } }
                    }
                    Rectangle { anchors.bottom: parent.bottom; x: 2 * Theme.u; width: parent.width - 4 * Theme.u; height: Theme.hairline; color: Theme.line; visible: one.index < panes.count - 2 }
                    Rectangle { anchors.right: parent.right; y: 2 * Theme.u; width: Theme.hairline; height: parent.height - 4 * Theme.u; color: Theme.line; visible: one.index % 2 === 0 }
                    RowLayout {
                        anchors.fill: parent
                        anchors.leftMargin: 3 * Theme.u
                        anchors.rightMargin: 2 * Theme.u
                        spacing: 2.5 * Theme.u
                        Icon { name: one.modelData.icon; size: 7 * Theme.u; color: one.on ? Theme.primaryStrong : Theme.primary }
                        ColumnLayout {
                            spacing: 0.25 * Theme.u
                            Layout.fillWidth: true
                            Label { text: one.modelData.name; strong: true; Layout.fillWidth: true }
                            Label { visible: pane.examples; text: one.modelData.hint; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
                        }
                    }
                }
            }
        }
    }

    ColumnLayout {
        id: start
        objectName: "attractStart"
        x: screen.split ? 0.52 * parent.width : Theme.margin
        width: screen.split ? parent.width - x - Theme.margin
            : (screen.side ? 0.52 * parent.width : parent.width) - (screen.side ? 1 : 2) * Theme.margin
        anchors.bottom: ready.top
        anchors.bottomMargin: (Theme.lowReach ? 2 : 4) * Theme.u
        spacing: 2.5 * Theme.u
        Button {
            objectName: "primary"
            kind: "primary"
            text: screen.vm.near ? qsTr("Hello! Touch here to begin") : qsTr("Touch here to begin")
            glyph: "hand-pointing"
            focus: true
            textSize: 1.25 * Theme.body
            corner: Theme.radiusLarge
            implicitHeight: Math.max((Theme.lowReach ? 14 : 20) * Theme.u, implicitContentHeight + (Theme.lowReach ? 3 : 6) * Theme.u)
            Layout.fillWidth: true
            onTapped: Session.start()
        }
        RowLayout {
            spacing: 2.5 * Theme.u
            Layout.fillWidth: true
            Repeater {
                model: Session.offered()
                Button {
                    required property var modelData
                    objectName: "start-" + modelData.tag
                    text: modelData.name
                    leftPadding: 2 * Theme.u
                    rightPadding: 2 * Theme.u
                    implicitHeight: Math.max(Theme.primaryTarget, implicitContentHeight + 3 * Theme.u)
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    onTapped: Session.startIn(modelData.tag)
                }
            }
        }
    }

    ColumnLayout {
        id: ready
        objectName: "attractReady"
        x: start.x
        width: start.width
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.lowReach ? 2 : 5) * Theme.u
        spacing: Theme.u

        function broken(part) {
            switch (part) {
            case "card_reader": return qsTr("the card reader is out of order")
            case "receipt_printer": return qsTr("no receipts can be printed")
            case "document_printer": return qsTr("no proofs can be printed")
            case "camera": return qsTr("staff check faces instead of the camera")
            }
            return qsTr("the platform can't be reached")
        }
        RowLayout {
            spacing: 1.5 * Theme.u
            Layout.fillWidth: true
            Icon {
                name: screen.vm.troubles.length === 0 ? "check-circle" : "warning-circle"
                size: 4.5 * Theme.u
                color: screen.vm.troubles.length === 0 ? Theme.okInk : Theme.warnInk
            }
            Label {
                text: screen.vm.troubles.length === 0 ? qsTr("Everything works here right now")
                    : qsTr("Open, but today %1").arg(screen.vm.troubles.map(ready.broken).join(qsTr(", ")))
                color: screen.vm.troubles.length === 0 ? Theme.okInk : Theme.warnInk
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
            }
        }
        Label {
            visible: !Theme.lowReach
            // The header of an upright screen has no room for the place.
            text: Theme.landscape || Theme.large ? Session.hours : Session.site + "\n" + Session.hours
            quiet: true
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
        }
    }
}
