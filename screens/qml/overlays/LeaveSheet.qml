import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Sheet {
    title: qsTr("Leave now?")
    subtitle: Session.keepsSubmission ? qsTr("What was handed in stays handed in. Everything else on this screen is erased.")
                                      : qsTr("Nothing has been handed in yet. What you entered will be erased.")
    // Three of these beside each other would break their words.
    columns: wide && Session.canGoElsewhere ? 2 : wide ? 3 : 1
    footer: [
        Button {
            objectName: "stay"
            kind: "primary"
            text: qsTr("Stay and go on")
            Layout.fillWidth: true
            Layout.columnSpan: parent.columns === 2 ? 2 : 1
            Layout.fillHeight: true
            onTapped: Session.answerLeave(false)
        },
        Button {
            objectName: "keepForElsewhere"
            visible: Session.canGoElsewhere
            text: qsTr("Keep it, go on elsewhere")
            glyph: "receipt"
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: Session.troubleAction("elsewhere")
        },
        Button {
            objectName: "leaveNow"
            text: qsTr("Leave and erase")
            glyph: "sign-out"
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: Session.answerLeave(true)
        }
    ]
}
