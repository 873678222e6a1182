import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: busy
    property string text: ""
    spacing: 3 * Theme.u
    Spinner { implicitWidth: 16 * Theme.u; implicitHeight: 6 * Theme.u; Layout.alignment: Qt.AlignHCenter }
    Label { text: busy.text; horizontalAlignment: Text.AlignHCenter; Layout.fillWidth: true }
}
