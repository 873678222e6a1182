import QtQuick
import Citizen
import Kit

// A person was called: since when, and whether staff know of it. It takes the place of the name and
// the time in the header, so that nothing on the page moves; a touch tells the rest.
Item {
    id: note

    readonly property string shown: Session.callTold === "no" ? qsTr("The call did not get through")
        : Session.callSince === "" ? qsTr("Staff have been called")
        : Session.callTold === "yes" ? qsTr("Staff were told at %1").arg(Session.callSince)
        : qsTr("Staff have been called, %1").arg(Session.callSince)
    readonly property string detail: {
        const ring = Session.phone === "" ? "" : qsTr(" Or ring %1.").arg(Session.phone)
        return (Session.callTold === "no" ? qsTr("Try again, or go to the counter.")
                                          : qsTr("You can go on meanwhile.")) + ring
    }
    readonly property string brief: Session.callTold === "no" ? qsTr("Call failed")
        : Session.callTold === "yes" ? qsTr("Staff told")
        : qsTr("Calling")
    readonly property bool warns: Session.callTold === "no"
    readonly property color paint: warns ? Theme.warnInk : Theme.primaryStrong
    readonly property real room: width - icon.width - 4.5 * Theme.u
    // As much as the place has room for: all, the first sentence, or what it comes to.
    readonly property bool whole: words.implicitHeight + more.implicitHeight <= height
    readonly property bool tight: words.implicitHeight > height
    signal asked()

    visible: Session.callingStaff
    Accessible.role: Accessible.AlertMessage
    Accessible.name: (tight ? brief : shown) + (whole ? qsTr(". ") + detail : "")

    component Words: Label {
        width: note.room
        font.pixelSize: Theme.caption
        Accessible.ignored: true
    }

    Tap {
        id: tap
        objectName: "callNote"
        anchors.fill: parent
        // In low reach it stands too high to be pressed: the sheet takes a call back, "Call" makes it again.
        enabled: note.visible && !Theme.lowReach
        text: qsTr("About the call")
        Accessible.description: note.detail
        background: Rectangle {
            radius: Theme.radius
            color: note.warns ? Theme.warnSoft : Theme.primarySoft
            border.width: (tap.down || Theme.highContrast ? 2 : 1) * Theme.hairline
            border.color: note.paint
        }
        onTapped: note.asked()
    }
    Icon {
        id: icon
        x: 1.5 * Theme.u
        anchors.verticalCenter: parent.verticalCenter
        name: note.warns ? "warning-circle" : "hand-waving"
        size: 5 * Theme.u
        color: note.paint
    }
    Column {
        x: icon.x + icon.width + 1.5 * Theme.u
        anchors.verticalCenter: parent.verticalCenter
        Words { visible: !note.tight; text: note.shown; strong: true; color: note.paint }
        Words { visible: note.tight; text: note.brief; strong: true; color: note.paint; wrapMode: Text.NoWrap }
        Words { visible: note.whole; text: note.detail }
    }
    Words { id: words; visible: false; text: note.shown; strong: true }
    Words { id: more; visible: false; text: note.detail }
}
