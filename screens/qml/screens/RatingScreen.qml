import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: qsTr("How was it today?")
    subtitle: qsTr("Only if you like. Your name does not go with it.")
    backShown: false
    centred: true
    secondaryText: qsTr("Skip")
    secondaryGlyph: "arrow-right"
    onSecondary: vm.skip()

    readonly property var grades: [
        { grade: 1, glyph: "smiley", text: qsTr("Very good") },
        { grade: 2, glyph: "smiley-wink", text: qsTr("Good") },
        { grade: 3, glyph: "smiley-blank", text: qsTr("All right") },
        { grade: 4, glyph: "smiley-meh", text: qsTr("Not good") },
        { grade: 5, glyph: "smiley-sad", text: qsTr("Bad") }
    ]
    // All five grades in sight, or those below would be chosen less.
    GridLayout {
        columns: Theme.landscape && Theme.large ? 3 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Repeater {
            model: screen.grades
            ListRow {
                required property var modelData
                objectName: "grade-" + modelData.grade
                filled: true
                roomy: !Theme.landscape && !Theme.large
                arrow: screen.vm.grade === modelData.grade
                chosen: screen.vm.grade === modelData.grade
                glyph: modelData.glyph
                text: modelData.text
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.target
                onTapped: screen.vm.rate(modelData.grade)
            }
        }
    }
}
