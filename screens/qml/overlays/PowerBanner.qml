import QtQuick
import Citizen
import Kit

// The mains failed: what that means for whoever stands here.
Banner {
    visible: Session.powerWords !== ""
    glyph: Session.powerEnds ? "battery-warning" : "battery-medium"
    tone: Session.powerEnds ? "warn" : "info"
    text: Session.powerWords
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
}
