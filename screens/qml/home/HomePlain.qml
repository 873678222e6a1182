import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// Home for the largest words and for hands that reach no higher: five ways, each with a page of its own.
GridLayout {
    id: plain
    required property var vm
    // The height there is for all five.
    required property real room
    readonly property bool upright: columns > 2
    signal listed(string mode, string key)

    columns: Theme.landscape ? (Theme.lifted ? 5 : 3) : Theme.lowReach && !Theme.largest ? 2 : 1
    columnSpacing: Theme.gap
    rowSpacing: Theme.gap
    uniformCellWidths: true
    Layout.fillWidth: true

    component Way: ListRow {
        filled: true
        roomy: true
        upright: plain.upright
        arrow: !upright
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: {
            const rows = Math.ceil(5 / plain.columns)
            return Math.min((Theme.largest ? 32 : 22) * Theme.u, (plain.room - Theme.u - (rows - 1) * plain.rowSpacing) / rows)
        }
    }

    Way {
        objectName: "searchWay"
        Layout.columnSpan: plain.columns === 2 || plain.columns === 3 ? 2 : 1
        glyph: "magnifying-glass"
        text: qsTr("Find a service")
        onTapped: plain.listed("search", "")
    }
    Way {
        objectName: "featured"
        glyph: "star"
        text: qsTr("Most used here")
        onTapped: plain.listed("featured", "")
    }
    Way {
        objectName: "situations"
        glyph: "squares-four"
        text: qsTr("By what happens in life")
        onTapped: plain.listed("situations", "")
    }
    Way {
        objectName: "cities"
        visible: plain.vm.cities > 0
        glyph: "map-pin-line"
        text: qsTr("For another city")
        onTapped: plain.listed("cities", "")
    }
    Way {
        objectName: "mine"
        glyph: "files"
        text: qsTr("My cases")
        onTapped: plain.listed("mine", "")
    }
}
