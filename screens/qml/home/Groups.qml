import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Things that lead to a list each: life situations, partner cities, a city's situations.
GridLayout {
    id: groups
    property var rows: []
    property string prefix: "group-"
    property real least: 0
    signal chosen(string key)

    visible: rows.length > 0
    columns: Theme.large ? 1 : 2
    columnSpacing: 2 * Theme.u
    rowSpacing: 2 * Theme.u
    uniformCellWidths: true
    Layout.fillWidth: true
    Repeater {
        model: groups.rows
        ListRow {
            required property var modelData
            filled: true
            objectName: groups.prefix + modelData.key
            glyph: modelData.icon
            text: modelData.name
            note: modelData.note || ""
            hint: modelData.count === undefined ? modelData.hint : qsTr("%n services", "", modelData.count)
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: groups.least
            onTapped: groups.chosen(modelData.key)
        }
    }
}
