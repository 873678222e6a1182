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
    changes: true
    // As when it was opened: what becomes of the call meanwhile moves no button and makes none larger.
    property bool called: false
    property bool broken: false
    onOpenChanged: {
        called = calling
        broken = failed
    }
    // What it tells of has passed, as a call does whose time is over: nobody reads an empty sheet.
    onNoticesChanged: if (open && notices.length === 0) dismissed()
    columns: !wide ? 1 : called ? 3 : 1

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
    // Room for another call is kept above or beside the others, which so never move.
    footer: [
        Item {
            visible: sheet.wide && sheet.called && !sheet.failed
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.preferredHeight: again.implicitHeight
        },
        Button {
            id: again
            objectName: "callAgain"
            visible: sheet.failed
            kind: sheet.broken ? "primary" : "secondary"
            text: qsTr("Call again")
            glyph: "headset"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            onTapped: { Session.help(); sheet.dismissed() }
        },
        Button {
            objectName: "noteWaits"
            kind: sheet.broken ? "secondary" : "primary"
            text: qsTr("Go on")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            onTapped: sheet.dismissed()
        },
        Button {
            objectName: "withdrawCall"
            visible: sheet.called
            enabled: sheet.calling
            text: qsTr("Not needed any more")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 1
            onTapped: { Session.withdrawCall(); sheet.dismissed() }
        }
    ]
}
