import QtQuick
import QtQuick.Layouts

RowLayout {
    id: line
    property string text: ""
    visible: text !== ""
    spacing: 1.25 * Theme.u
    Layout.fillWidth: true
    Icon { name: "warning-circle"; size: 4 * Theme.u; color: Theme.dangerInk }
    Label {
        text: line.text
        color: Theme.dangerInk
        font.pixelSize: Theme.caption
        strong: true
        Layout.fillWidth: true
        Accessible.role: Accessible.AlertMessage
    }
}
