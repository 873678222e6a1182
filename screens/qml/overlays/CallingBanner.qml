import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// A person was called: since when, whether staff know of it, and the way to take it back.
Banner {
    id: banner
    visible: Session.callingStaff
    glyph: "hand-waving"
    tone: Session.callTold === "no" ? "warn" : "info"
    text: Session.callTold === "no" ? qsTr("The call did not get through")
        : Session.callSince === "" ? qsTr("Staff have been called")
        : Session.callTold === "yes" ? qsTr("Staff were told at %1").arg(Session.callSince)
        : qsTr("Staff have been called, %1").arg(Session.callSince)
    detail: {
        const ring = Session.phone === "" ? "" : qsTr(" Or ring %1.").arg(Session.phone)
        return (Session.callTold === "no" ? qsTr("Try again, or go to the counter.")
                                          : qsTr("You can go on meanwhile.")) + ring
    }
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text + qsTr(". ") + detail
    RowLayout {
        visible: !Theme.lowReach // there it is taken back in the sheet, and made again by the button that called
        spacing: 2 * Theme.u
        Button {
            objectName: "callAgain"
            visible: Session.callTold === "no"
            text: qsTr("Call again")
            textSize: Theme.caption
            onTapped: Session.help()
        }
        Button {
            objectName: "withdrawCall"
            text: qsTr("Not needed any more")
            textSize: Theme.caption
            onTapped: Session.withdrawCall()
        }
    }
}
