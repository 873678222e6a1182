import QtQuick
import Citizen
import Kit

// A headset was put in or taken out, or voice guidance switched on: what is heard now, and by whom.
Banner {
    visible: Session.voiceWords !== ""
    glyph: Session.headset ? "headphones" : Session.voice ? "speaker-high" : "speaker-slash"
    text: Session.voiceWords
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text
}
