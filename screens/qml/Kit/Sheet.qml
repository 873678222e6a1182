import QtQuick
import QtQuick.Layouts

// A panel that rises over a veil; everything behind it sleeps while it is open.
FocusScope {
    id: sheet

    property bool open: false
    property string title: ""
    property string subtitle: ""
    // Something above the footer can be pressed: in low reach all of the sheet stays low.
    property bool pressedInside: false
    // Its words change while it is open: it stands on its foot, so that its buttons stay where they are.
    property bool changes: false
    readonly property bool centred: Theme.landscape && !Theme.lowReach && !changes
    // Large words on a low screen: wide, with the buttons beside each other.
    readonly property bool wide: Theme.landscape && Theme.large
    property int columns: wide ? 3 : 1
    property real maxWidth: (wide ? 200 : 118) * Theme.u
    default property alias content: body.content
    property alias spacing: body.spacing
    property alias footer: foot.data
    signal dismissed()

    anchors.fill: parent
    visible: open
    enabled: open
    onOpenChanged: if (open) rise.restart()
    onEnabledChanged: if (enabled) forceActiveFocus()
    Accessible.role: Accessible.Dialog
    Accessible.name: title
    Keys.onEscapePressed: dismissed()

    Rectangle { anchors.fill: parent; color: Theme.veil }
    MouseArea { anchors.fill: parent; onClicked: sheet.dismissed() }

    Rectangle {
        id: panel
        readonly property real wanted: body.flickable.contentHeight + foot.implicitHeight + 11 * Theme.u
        readonly property bool afloat: Theme.sheetBottom > 0 || sheet.centred
        readonly property real below: sheet.height - Theme.sheetBottom
        readonly property real room: Theme.lifted && sheet.pressedInside ? sheet.height * 0.56 - Theme.sheetBottom
            : below - Theme.sheetTop - (Theme.landscape ? 3 : 0) * Theme.u
        width: Math.min(sheet.width - (Theme.landscape ? 16 : 0) * Theme.u, Theme.landscape ? maxWide : sheet.width)
        readonly property real maxWide: sheet.maxWidth
        height: Math.min(wanted, room)
        x: (sheet.width - width) / 2
        y: sheet.centred ? (below + Theme.sheetTop - height) / 2 : below - height
        radius: Theme.radiusLarge
        color: Theme.paper
        border.width: Theme.highContrast ? Theme.hairline : 0
        border.color: Theme.edge
        Rectangle { // square lower corners where it touches the edge
            visible: !panel.afloat
            width: parent.width
            height: parent.radius
            anchors.bottom: parent.bottom
            color: Theme.paper
        }
        MouseArea { anchors.fill: parent }
        Scroller {
            id: body
            x: 0
            y: 5 * Theme.u
            width: parent.width
            height: parent.height - y - foot.implicitHeight - 6 * Theme.u
            most: panel.room - y - foot.implicitHeight - 6 * Theme.u
            bottomMargin: 0
            sideMargin: 6 * Theme.u
            spacing: 3 * Theme.u
            Heading {
                visible: sheet.title !== ""
                title: sheet.title
                subtitle: sheet.subtitle
            }
        }
        GridLayout {
            id: foot
            columns: sheet.columns
            columnSpacing: 2 * Theme.u
            rowSpacing: 2 * Theme.u
            x: 6 * Theme.u
            width: parent.width - 12 * Theme.u
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 4 * Theme.u
        }
        NumberAnimation on opacity { id: rise; from: 0; to: 1; duration: Theme.fast; running: false }
    }
}
