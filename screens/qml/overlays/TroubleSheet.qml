import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What happened, what to do, the real part drawn, and one obvious button.
Sheet {
    id: sheet
    objectName: "troubleSheet"
    readonly property var actions: Session.troubleActions
    readonly property bool gone: ["ticket.used", "ticket.not_kept"].includes(Session.troubleCode)
    title: Session.troubleWords
    subtitle: Session.troubleRest
    maxWidth: (wide ? 200 : 130) * Theme.u
    columns: wide ? 3 : Theme.large ? 1 : 2
    // Beside the one action the ways out stand small, two by two.
    function span(index) {
        const alone = index === 0 || (actions.length % 2 === 0 && index === actions.length - 1)
        return columns === 2 && alone ? 2 : 1
    }

    TroubleWords { id: words }

    // Large words on a low screen leave no row for a drawing: it stands beside what is said below it.
    GridLayout {
        columns: sheet.wide ? 2 : 1
        columnSpacing: 4 * Theme.u
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Item {
            Layout.fillWidth: !sheet.wide
            implicitWidth: 32 * Theme.u
            implicitHeight: (Theme.landscape ? (Theme.largest ? 22 : Theme.large ? 24 : 30) : Theme.lowReach ? 26 : 40) * Theme.u
            LineDrawing {
                visible: Session.troublePart === ""
                name: Session.troubleDrawing
                anchors.fill: parent
            }
            DevicePart {
                visible: Session.troublePart !== ""
                part: Session.troublePart
                alarm: true
                anchors.fill: parent
            }
        }
        ColumnLayout {
            spacing: Theme.u
            Layout.fillWidth: true
            Label {
                visible: !sheet.gone
                text: qsTr("Nothing you entered is lost.")
                font.pixelSize: Theme.large ? Theme.caption : Theme.body
                Layout.fillWidth: true
            }
            Label {
                text: qsTr("For the technician: %1").arg(Session.troubleCode)
                quiet: true
                font.pixelSize: Theme.caption
                Layout.fillWidth: true
            }
        }
    }
    footer: [
        Repeater {
            model: sheet.actions
            Button {
                required property string modelData
                required property int index
                objectName: "trouble-" + modelData
                kind: index === 0 ? "primary" : "secondary"
                text: index === 0 ? words.first(Session.troubleButton) : words.other(modelData)
                Layout.columnSpan: sheet.span(index)
                Layout.preferredWidth: sheet.columns === 2 ? Theme.target : implicitWidth
                Layout.fillWidth: true
                Layout.fillHeight: true
                onTapped: Session.troubleAction(modelData)
            }
        }
    ]
}
