import QtQuick
import QtQuick.Layouts
import Kit

// Stands from the first moment until the terminal behind it is put together. Both languages at once:
// the settings are not read yet.
Rectangle {
    id: opening
    property var fonts: [""]
    color: Theme.paper
    Accessible.role: Accessible.Pane
    Accessible.name: name.text

    Binding { target: Theme; property: "landscape"; value: opening.width > opening.height }
    Binding { target: Theme; property: "scale"; value: Theme.scaleFor(opening.width, opening.height) }
    Binding { target: Theme; property: "sans"; value: opening.fonts[0] }

    ColumnLayout {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.margin
        spacing: Theme.gap
        Rectangle {
            color: Theme.seal
            radius: 0.2 * height
            implicitWidth: 16 * Theme.u
            implicitHeight: implicitWidth
            Layout.alignment: Qt.AlignHCenter
            Text {
                anchors.centerIn: parent
                text: "窗"
                color: Theme.overSeal
                font.family: Theme.sans
                font.weight: Font.Bold
                font.pixelSize: 0.62 * parent.height
                Accessible.ignored: true
            }
        }
        Label {
            id: name
            text: "市民之窗 Citizen Window"
            font.weight: Font.Bold
            font.pixelSize: Theme.display
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }
        Label {
            text: "正在准备，请稍候\nGetting ready, one moment please"
            quiet: true
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
        }
    }
}
