import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// All about a call: whether staff know of it, what to do meanwhile, and the way to take it back.
Sheet {
    id: sheet
    objectName: "callSheet"
    property string shown: ""
    property string detail: ""
    readonly property bool failed: Session.callTold === "no"
    title: shown
    subtitle: detail
    columns: !wide ? 1 : failed ? 3 : 2
    footer: [
        Button {
            objectName: "callAgain"
            visible: sheet.failed
            kind: "primary"
            text: qsTr("Call again")
            glyph: "headset"
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: { Session.help(); sheet.dismissed() }
        },
        Button {
            objectName: "callWaits"
            kind: sheet.failed ? "secondary" : "primary"
            text: qsTr("Go on")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: sheet.dismissed()
        },
        Button {
            objectName: "withdrawCall"
            text: qsTr("Not needed any more")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: { Session.withdrawCall(); sheet.dismissed() }
        }
    ]
}
