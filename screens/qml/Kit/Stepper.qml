import QtQuick
import QtQuick.Layouts

// A value between two buttons: one step less, one step more.
RowLayout {
    id: stepper

    property string label: ""
    property string value: ""
    property string less: ""
    property string more: ""
    property bool canLess: true
    property bool canMore: true
    signal stepped(int by)

    spacing: 2 * Theme.u
    Layout.fillWidth: true

    Button {
        glyph: "minus"
        Accessible.name: stepper.less
        Accessible.description: stepper.label + " " + stepper.value
        enabled: stepper.canLess
        onTapped: stepper.stepped(-1)
    }
    Label {
        text: stepper.label + "  " + stepper.value
        horizontalAlignment: Text.AlignHCenter
        font.features: ({ "tnum": 1 })
        Layout.fillWidth: true
    }
    Button {
        glyph: "plus"
        Accessible.name: stepper.more
        Accessible.description: stepper.label + " " + stepper.value
        enabled: stepper.canMore
        onTapped: stepper.stepped(1)
    }
}
