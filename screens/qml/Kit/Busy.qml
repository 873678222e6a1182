import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: busy
    property string text: ""
    spacing: 3 * Theme.u
    // While this stands somebody waits; what is there once it has gone is said.
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text
    Spinner { implicitWidth: 16 * Theme.u; implicitHeight: 6 * Theme.u; Layout.alignment: Qt.AlignHCenter }
    Label { text: busy.text; Accessible.ignored: true; horizontalAlignment: Text.AlignHCenter; Layout.fillWidth: true }
}
