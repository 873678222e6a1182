import QtQuick
import Citizen
import Kit

Banner {
    visible: Session.callingStaff
    glyph: "hand-waving"
    text: qsTr("Staff have been called")
    detail: Session.phone === "" ? qsTr("Someone is coming. You can go on meanwhile.")
                                 : qsTr("Someone is coming. You can go on meanwhile, or ring %1.").arg(Session.phone)
}
