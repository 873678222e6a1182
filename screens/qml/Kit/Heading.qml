import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: heading
    property string title: ""
    property string subtitle: ""
    property bool big: false
    // Where the page's own things need the height: hardly larger than what is read.
    property bool small: false
    spacing: 1.25 * Theme.u
    Layout.fillWidth: true
    Label {
        text: heading.title
        font.weight: Font.Bold
        font.pixelSize: heading.small ? Theme.smallTitle : heading.big ? Theme.display : Theme.title
        Accessible.role: Accessible.Heading
        Layout.fillWidth: true
        Layout.minimumHeight: contentHeight
    }
    Label {
        visible: text !== ""
        text: heading.subtitle
        quiet: true
        font.pixelSize: heading.small ? Theme.caption : Theme.body
        Layout.fillWidth: true
    }
}
