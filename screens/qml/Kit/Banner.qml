import QtQuick
import QtQuick.Layouts

// A calm coloured strip with an icon. tone: info, ok, warn.
Rectangle {
    id: banner

    property string glyph: "info"
    property string text: ""
    property string detail: ""
    property string tone: "info"
    property bool spinning: false
    default property alias extra: side.data
    readonly property color paint: tone === "ok" ? Theme.okInk : tone === "warn" ? Theme.warnInk : Theme.primaryStrong

    Layout.fillWidth: true
    implicitHeight: row.implicitHeight + 5 * Theme.u
    radius: Theme.radius
    color: tone === "ok" ? Theme.okSoft : tone === "warn" ? Theme.warnSoft : Theme.primarySoft
    border.width: Theme.highContrast ? Theme.hairline : 0
    border.color: paint

    RowLayout {
        id: row
        x: 3.5 * Theme.u
        y: 2.5 * Theme.u
        width: parent.width - 7 * Theme.u
        spacing: 3 * Theme.u
        Icon {
            visible: !banner.spinning
            name: banner.glyph
            size: 7 * Theme.u
            color: banner.paint
        }
        Spinner {
            visible: banner.spinning
            implicitWidth: 7 * Theme.u
            implicitHeight: 7 * Theme.u
        }
        ColumnLayout {
            spacing: 0.25 * Theme.u
            Layout.fillWidth: true
            Label { text: banner.text; strong: true; color: banner.paint; Layout.fillWidth: true }
            Label {
                visible: text !== ""
                text: banner.detail
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
            }
            ColumnLayout { id: side; Layout.fillWidth: true; visible: children.length > 0 }
        }
    }
}
