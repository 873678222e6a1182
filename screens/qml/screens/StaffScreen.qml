import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.witnessing ? qsTr("Staff: witness this signature") : vm.authorising ? qsTr("Staff: release this request") : qsTr("Staff: compare and confirm")
    // With large text the faces stand beside the keys, so that all of these are in sight at once: on an upright
    // screen one above the other, on a low one with the words between them and the keys.
    readonly property bool low: Theme.landscape && Theme.large
    readonly property bool upright: Theme.large && !Theme.landscape && !lifted
    readonly property bool beside: low || upright
    // Within reach of who is seated are the keys; the faces stand above, beside the words.
    readonly property bool raised: lifted && !Theme.landscape
    above: raised ? faces : null
    smallTitle: beside || raised && Theme.large
    stageMargin: (low ? 2 : 4) * Theme.u
    subtitle: beside ? "" : words
    readonly property string words: vm.witnessing
        ? qsTr("The person can't draw and has signed by confirming. Ask whether that is what they want. Your PIN witnesses it in your name.")
        : !vm.hasPortrait && !vm.authorising
        ? qsTr("No photo was read. Ask for the card and compare the person with the photo printed on it. Your PIN confirms it in your name.")
        : qsTr("Is the person in front of the machine the one on the card? Your PIN confirms it in your name.")
    primaryText: vm.witnessing ? qsTr("Witness it") : qsTr("Confirm: same person")
    primaryGlyph: "check"
    primaryEnabled: vm.length >= 4
    centred: !beside && !twoPane
    aside: twoPane ? faces : null
    onBack: Session.back()
    Keys.onPressed: event => {
        event.accepted = /^[0-9]$/.test(event.text)
        if (event.accepted)
            vm.key(event.text)
    }
    onPrimary: vm.enter()

    readonly property int partOfFaces: low ? 10 : upright ? 5 : 1
    readonly property int partOfKeys: beside ? 9 : 1

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
            GridLayout {
                columns: screen.upright ? 1 : 2
                columnSpacing: 3 * Theme.u
                rowSpacing: 1.5 * Theme.u
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
                            implicitHeight: (screen.twoPane ? 40 : screen.raised ? (Theme.largest ? 22 : 40) : screen.upright ? (Theme.largest ? 32 : 46) : screen.low ? (Theme.largest ? 28 : 42) : Theme.landscape ? 26 : Theme.large ? 42 : 54) * Theme.u
                            Layout.fillWidth: true
                            Layout.maximumWidth: screen.raised ? 0.9 * implicitHeight : Number.POSITIVE_INFINITY
                            Layout.alignment: Qt.AlignHCenter
                            Icon { anchors.centerIn: parent; name: side.modelData === "card" ? "identification-card" : "camera"; size: 10 * Theme.u }
                            CardPortrait { anchors.fill: parent; visible: side.modelData === "card"; radius: Theme.radius; model: side.modelData === "card" ? screen.vm : null }
                            CameraFrame { anchors.fill: parent; visible: side.modelData === "live"; radius: Theme.radius }
                        }
                        Label {
                            text: side.modelData === "card" ? (screen.beside || screen.raised ? qsTr("Card") : qsTr("Photo on the card"))
                                : screen.beside || screen.raised ? qsTr("Now") : qsTr("Now, at the machine")
                            quiet: true
                            font.pixelSize: Theme.caption
                            horizontalAlignment: Text.AlignHCenter
                            Layout.fillWidth: true
                        }
                    }
                }
            }
            Person { visible: screen.low && text !== ""; font.pixelSize: Theme.caption }
            Item { visible: screen.twoPane; Layout.fillHeight: true }
        }
    }
    component Said: ColumnLayout {
        spacing: Theme.u
        Layout.fillWidth: true
        // What went wrong is the next thing to read: it takes the place of what was read before.
        Label { visible: screen.vm.refused === ""; text: screen.words; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
        ErrorLine { text: screen.vm.refused }
        Person { visible: !screen.low && text !== "" }
    }
    Said { visible: screen.upright }
    GridLayout {
        columns: screen.low ? 3 : screen.upright ? 2 : 1
        columnSpacing: 4 * Theme.u
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Loader {
            active: !screen.twoPane && !screen.raised
            visible: active
            sourceComponent: faces
            Layout.fillWidth: true
            Layout.preferredWidth: screen.partOfFaces
            Layout.alignment: Qt.AlignTop
        }
        Said { visible: screen.low; Layout.preferredWidth: 9; Layout.alignment: Qt.AlignTop }
        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.preferredWidth: screen.partOfKeys
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop
            Person { visible: !screen.beside && text !== "" }
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
            ErrorLine { text: screen.beside ? "" : screen.vm.refused }
            Keypad {
                least: (screen.upright && !Theme.largest ? 18 : screen.twoPane || Theme.roomy ? 14 : Theme.landscape ? 10 : 12) * Theme.u
                Layout.fillWidth: true
                Layout.maximumWidth: (screen.twoPane ? 104 : Theme.roomy ? 96 : 80) * Theme.u
                Layout.alignment: Qt.AlignHCenter
                onKey: key => screen.vm.key(key)
            }
        }
    }
}
