import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: heading
    property string title: ""
    property string subtitle: ""
    property bool big: false
    spacing: 1.25 * Theme.u
    Layout.fillWidth: true
    Label {
        text: heading.title
        font.weight: Font.Bold
        font.pixelSize: heading.big ? Theme.display : Theme.title
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        Layout.minimumHeight: contentHeight
    }
    Label {
        visible: text !== ""
        text: heading.subtitle
        quiet: true
        Layout.fillWidth: true
    }
}
