import QtQuick
import QtQuick.Layouts

// One of several (round) or ticked on its own (square).
Tap {
    id: choice

    property bool chosen: false
    property bool square: false
    property string hint: ""
    property string trailing: ""
    property real least: 12 * Theme.u

    implicitHeight: Math.max(least, implicitContentHeight + topPadding + bottomPadding)
    padding: 2.5 * Theme.u
    Accessible.role: square ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.checkable: true
    Accessible.checked: chosen
    Accessible.description: [hint, trailing].filter(words => words !== "").join(", ")

    background: Rectangle {
        radius: Theme.radius
        color: choice.chosen || choice.down ? Theme.primarySoft : Theme.surface
        border.width: choice.chosen ? 2 * Theme.hairline : Theme.hairline
        border.color: choice.chosen ? Theme.primary : Theme.edge
    }
    contentItem: RowLayout {
        spacing: 2.5 * Theme.u
        Rectangle {
            implicitWidth: 5.5 * Theme.u
            implicitHeight: 5.5 * Theme.u
            radius: choice.square ? Theme.u : width / 2
            color: choice.chosen ? Theme.primary : Theme.surface
            border.width: 2 * Theme.hairline
            border.color: choice.chosen ? Theme.primary : Theme.edge
            Icon {
                anchors.centerIn: parent
                visible: choice.chosen
                name: "check-bold"
                size: 3.5 * Theme.u
                color: Theme.overPrimary
            }
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Label { text: choice.text; Layout.fillWidth: true; Accessible.ignored: true }
            Label {
                visible: text !== ""
                text: choice.hint
                quiet: true
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
        Label {
            visible: text !== ""
            text: choice.trailing
            strong: true
            font.features: ({ "tnum": 1 })
            Accessible.ignored: true
        }
    }
}
