import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Services one below the other: what each is, or why it can't be finished here now and where it can.
Card {
    id: services
    property var rows: []
    // At the largest words at most six are in sight.
    property real least: 0
    signal chosen(string code)

    visible: rows.length > 0
    padding: 1.5 * Theme.u
    Repeater {
        model: services.rows
        ColumnLayout {
            id: entry
            required property var modelData
            required property int index
            spacing: Theme.u
            Layout.fillWidth: true
            Hairline { visible: entry.index > 0; Layout.leftMargin: 3 * Theme.u; Layout.rightMargin: 3 * Theme.u }
            ListRow {
                objectName: "item-" + entry.modelData.code
                text: entry.modelData.name
                hint: entry.modelData.found ? qsTr("Also called “%1”").arg(entry.modelData.found) : entry.modelData.summary
                note: entry.modelData.note
                elsewhere: entry.modelData.elsewhere
                glyph: entry.modelData.icon
                Layout.fillWidth: true
                Layout.minimumHeight: services.least
                onTapped: services.chosen(entry.modelData.code)
            }
        }
    }
}
