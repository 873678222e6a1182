import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// All of home at one look: what most people come for, what happens in life, and the two ways round.
// Upright one below the other; on a wide screen side by side.
GridLayout {
    id: front
    required property var vm
    property bool beside: false
    property bool wordy: false
    property real room: 0
    // All of it is in sight: the most used give way where words are long.
    readonly property int most: beside ? (wordy ? 2 : 4) : Theme.large || wordy || room < 180 * Theme.u ? 2 : 4
    readonly property bool brief: Theme.large || (beside && wordy)
    signal chosen(string code)
    signal listed(string mode, string key)

    columns: beside ? 2 : 1
    columnSpacing: 7 * Theme.u
    rowSpacing: 2.5 * Theme.u
    Layout.fillWidth: true

    component Section: Label {
        quiet: true
        Layout.fillWidth: true
        Layout.bottomMargin: -0.5 * Theme.u
    }

    ColumnLayout {
        id: left
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Layout.preferredWidth: 9
        Layout.alignment: Qt.AlignTop
        SearchLine {
            objectName: "searchWay"
            Layout.bottomMargin: Theme.u
            onTapped: front.listed("search", "")
        }
        Section { text: qsTr("Most used here") }
        GridLayout {
            columns: front.beside ? 1 : 2
            columnSpacing: 2 * Theme.u
            rowSpacing: 2 * Theme.u
            Layout.fillWidth: true
            Repeater {
                model: front.vm.featured.slice(0, front.most)
                Tile {
                    required property var modelData
                    objectName: "item-" + modelData.code
                    inline: front.beside
                    text: modelData.name
                    glyph: Theme.large ? "" : modelData.icon
                    caption: modelData.note === "" ? front.caption(modelData) : ""
                    note: modelData.note
                    elsewhere: modelData.elsewhere
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: 1
                    onTapped: front.chosen(modelData.code)
                }
            }
        }
    }

    ColumnLayout {
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Layout.preferredWidth: 11
        Layout.alignment: Qt.AlignTop
        Section { text: qsTr("By what happens in life") }
        Card {
            padding: Theme.u
            GridLayout {
                id: grid
                columns: front.beside ? 3 : 2
                columnSpacing: 1.75 * Theme.u
                rowSpacing: 1.5 * Theme.u
                uniformCellWidths: true
                Layout.fillWidth: true
                Repeater {
                    id: situations
                    model: front.vm.situations
                    ListRow {
                        required property var modelData
                        required property int index
                        objectName: "situation-" + modelData.key
                        text: modelData.name
                        hint: !Theme.large && !front.beside ? modelData.hint : ""
                        glyph: modelData.icon
                        arrow: false
                        tight: true
                        least: (front.beside ? 11 : 10) * Theme.u
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        onTapped: front.listed("situation", modelData.key)
                        Hairline {
                            visible: parent.index >= grid.columns
                            x: 2 * Theme.u
                            y: -grid.rowSpacing / 2 - height / 2
                            width: parent.width - 4 * Theme.u
                        }
                    }
                }
            }
        }
        RowLayout {
            spacing: 2 * Theme.u
            uniformCellSizes: true
            Layout.fillWidth: true
            ListRow {
                objectName: "cities"
                visible: front.vm.cities > 0
                filled: true
                arrow: false
                glyph: "map-pin-line"
                text: qsTr("For another city")
                hint: front.brief ? "" : qsTr("%1 cities, %2 services").arg(front.vm.cities).arg(front.vm.cityServices)
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: front.listed("cities", "")
            }
            ListRow {
                objectName: "mine"
                filled: true
                arrow: false
                glyph: "files"
                text: qsTr("My cases")
                hint: front.brief ? "" : qsTr("Where they stand, go on")
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: front.listed("mine", "")
            }
        }
    }

    function caption(entry) {
        const time = qsTr("about %n min", "", entry.minutes)
        return entry.paper ? qsTr("%1 · printed").arg(time)
            : entry.kind === "pay" ? qsTr("%1 · by phone").arg(time) : time
    }
}
