import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.witnessing ? qsTr("Staff: witness this signature") : vm.authorising ? qsTr("Staff: release this request") : qsTr("Staff: compare and confirm")
    // On a low screen with large text faces and words stand beside the keys, so that all of these are in sight.
    readonly property bool low: Theme.landscape && Theme.large
    subtitle: low ? "" : words
    readonly property string words: vm.witnessing
        ? qsTr("The person can't draw and has signed by confirming. Ask whether that is what they want. Your PIN witnesses it in your name.")
        : !vm.hasPortrait && !vm.authorising
        ? qsTr("No photo was read. Ask for the card and compare the person with the photo printed on it. Your PIN confirms it in your name.")
        : qsTr("Is the person in front of the machine the one on the card? Your PIN confirms it in your name.")
    primaryText: vm.witnessing ? qsTr("Witness it") : qsTr("Confirm: same person")
    primaryGlyph: "check"
    primaryEnabled: vm.length >= 4
    centred: !low && !twoPane
    aside: twoPane ? faces : null
    onBack: Session.back()
    Keys.onPressed: event => {
        event.accepted = /^[0-9]$/.test(event.text)
        if (event.accepted)
            vm.key(event.text)
    }
    onPrimary: vm.enter()

    component Person: Label {
        text: screen.vm.maskedName + "   " + screen.vm.maskedNumber
        font.features: ({ "tnum": 1 })
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Component {
        id: faces
        ColumnLayout {
            spacing: Theme.gap
            RowLayout {
                spacing: 3 * Theme.u
                Layout.fillWidth: true
                Repeater {
                    model: ["card", "live"]
                    ColumnLayout {
                        id: side
                        required property string modelData
                        spacing: Theme.u
                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        Rectangle {
                            radius: Theme.radius
                            color: Theme.primarySoft
                            border.width: Theme.hairline
                            border.color: Theme.edge
                            implicitHeight: (screen.twoPane ? 40 : Theme.landscape ? 26 : Theme.large ? 42 : 54) * Theme.u
                            Layout.fillWidth: true
                            Icon { anchors.centerIn: parent; name: side.modelData === "card" ? "identification-card" : "camera"; size: 10 * Theme.u }
                            CardPortrait { anchors.fill: parent; visible: side.modelData === "card"; radius: Theme.radius; model: side.modelData === "card" ? screen.vm : null }
                            CameraFrame { anchors.fill: parent; visible: side.modelData === "live"; radius: Theme.radius }
                        }
                        Label {
                            text: side.modelData === "card" ? qsTr("Photo on the card") : qsTr("Now, at the machine")
                            quiet: true
                            font.pixelSize: Theme.caption
                            horizontalAlignment: Text.AlignHCenter
                            Layout.fillWidth: true
                        }
                    }
                }
            }
            Person { visible: screen.low && text !== "" }
            Label { visible: screen.low; text: screen.words; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
            Item { visible: screen.twoPane; Layout.fillHeight: true }
        }
    }
    GridLayout {
        columns: screen.low ? 2 : 1
        columnSpacing: 4 * Theme.u
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Loader {
            active: !screen.twoPane
            visible: active
            sourceComponent: faces
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
        }
        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop
            Person { visible: !screen.low && text !== "" }
            Row {
                spacing: 2.5 * Theme.u
                Layout.alignment: Qt.AlignHCenter
                Accessible.role: Accessible.StatusBar
                Accessible.name: qsTr("%n digits entered", "", screen.vm.length)
                Repeater {
                    model: 8
                    Rectangle {
                        required property int index
                        width: 3 * Theme.u
                        height: width
                        radius: width / 2
                        color: index < screen.vm.length ? Theme.primary : "transparent"
                        border.width: Theme.hairline
                        border.color: Theme.edge
                    }
                }
            }
            ErrorLine { text: screen.vm.refused }
            Keypad {
                least: (screen.twoPane || Theme.roomy ? 14 : Theme.landscape ? 10 : 12) * Theme.u
                Layout.fillWidth: true
                Layout.maximumWidth: (screen.twoPane ? 104 : Theme.roomy ? 96 : 80) * Theme.u
                Layout.alignment: Qt.AlignHCenter
                onKey: key => screen.vm.key(key)
            }
        }
    }
}
