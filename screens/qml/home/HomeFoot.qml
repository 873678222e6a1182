import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// The foot of home: what becomes of all that is looked for, and the way out. Nothing here is the next
// step: that is chosen above.
Rectangle {
    id: foot
    signal gone()

    color: Theme.surface
    implicitHeight: row.implicitHeight + 5 * Theme.u

    Hairline { width: parent.width }
    RowLayout {
        id: row
        x: Theme.margin
        y: 2.5 * Theme.u
        width: parent.width - 2 * Theme.margin
        spacing: 3 * Theme.u
        Icon { visible: !Theme.large; name: "shield-check"; size: 5 * Theme.u }
        Item { visible: !note.visible; Layout.fillWidth: true }
        Label {
            id: note
            visible: !Theme.largest || Theme.landscape
            text: qsTr("All you look for and do here is erased when you leave.")
            quiet: true
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
        }
        Button {
            objectName: "primary"
            text: qsTr("Finish and leave")
            glyph: "sign-out"
            glyphLast: true
            implicitHeight: Math.max(Theme.primaryTarget, implicitContentHeight + 3 * Theme.u)
            Layout.preferredWidth: Math.min(implicitWidth, 0.6 * foot.width)
            onTapped: foot.gone()
        }
    }
}
