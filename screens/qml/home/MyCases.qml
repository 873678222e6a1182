import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What was begun or handed in before: by the code of a slip, by the ticket of what was kept.
ColumnLayout {
    id: mine
    property real least: 0
    // The platform can't be reached.
    property bool away: false
    signal owned()
    signal lookedUp()
    signal wentOn()

    spacing: 2 * Theme.u
    Layout.fillWidth: true

    component Way: ListRow {
        filled: true
        roomy: true
        Layout.fillWidth: true
        Layout.minimumHeight: mine.least
    }

    Way {
        objectName: "cases"
        glyph: "folder-open"
        text: qsTr("All my cases")
        hint: qsTr("How far they are; hand in what is missing, withdraw. With your ID card")
        note: mine.away ? qsTr("The platform can't be reached now, so they can't be shown") : ""
        onTapped: mine.owned()
    }
    Way {
        objectName: "lookup"
        glyph: "receipt"
        text: qsTr("Where is my case?")
        hint: qsTr("With the look-up code of your slip: type it or scan it")
        onTapped: mine.lookedUp()
    }
    Way {
        objectName: "resume"
        glyph: "arrow-u-up-right"
        text: qsTr("Go on with a ticket")
        hint: qsTr("With the ticket of what you began and kept at a terminal")
        onTapped: mine.wentOn()
    }
}
