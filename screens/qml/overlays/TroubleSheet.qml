import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What happened, what to do, the part of the machine, and one obvious button.
Sheet {
    id: sheet
    readonly property var actions: Session.troubleActions
    readonly property bool gone: ["ticket.used", "ticket.not_kept"].includes(Session.troubleCode)
    title: Session.troubleWords
    maxWidth: (wide ? 200 : 130) * Theme.u

    function label(name) {
        switch (name) {
        case "retry": return qsTr("Try again")
        case "staff": return qsTr("Ask staff to help")
        case "back": return qsTr("Go back")
        case "leave": return qsTr("End here")
        case "later": return qsTr("Go on without it")
        case "dismiss": return qsTr("Go on")
        case "elsewhere": return qsTr("Keep it, go on elsewhere")
        }
        return name
    }

    DevicePart {
        part: Session.troublePart
        alarm: true
        Layout.alignment: Qt.AlignHCenter
        implicitHeight: (Theme.landscape ? 30 : 38) * Theme.u
        implicitWidth: implicitHeight
    }
    Label {
        text: (sheet.gone ? "" : qsTr("Nothing you entered is lost.") + "  ") + qsTr("For the technician: %1").arg(Session.troubleCode)
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }
    footer: [
        Repeater {
            model: sheet.actions
            Button {
                required property string modelData
                required property int index
                objectName: "trouble-" + modelData
                kind: index === 0 ? "primary" : "secondary"
                text: sheet.label(modelData)
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: Session.troubleAction(modelData)
            }
        }
    ]
}
