import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// All about what has come up: what is, what to do meanwhile, and the way to take a call back.
Sheet {
    id: sheet
    objectName: "noteSheet"
    property var notices: []
    readonly property bool calling: notices.some(one => one.key === "call")
    readonly property bool failed: notices.some(one => one.key === "call" && one.warns)
    title: notices.length > 0 ? notices[0].words : ""
    subtitle: notices.length > 0 ? notices[0].rest : ""
    // What it tells of has passed, as a call does whose time is over: nobody reads an empty sheet.
    onNoticesChanged: if (open && notices.length === 0) dismissed()
    columns: !wide ? 1 : failed ? 3 : calling ? 2 : 1

    Repeater {
        model: sheet.notices.slice(1)
        Banner {
            required property var modelData
            glyph: modelData.glyph
            tone: modelData.warns ? "warn" : "info"
            text: modelData.words
            detail: modelData.rest
        }
    }
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
            objectName: "noteWaits"
            kind: sheet.failed ? "secondary" : "primary"
            text: qsTr("Go on")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: sheet.dismissed()
        },
        Button {
            objectName: "withdrawCall"
            visible: sheet.calling
            text: qsTr("Not needed any more")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: { Session.withdrawCall(); sheet.dismissed() }
        }
    ]
}
