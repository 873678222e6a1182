import QtQml
import Citizen

// What has come up beside the errand, the most urgent first: a person called, the power, the voice.
// Each says what is, what to do, and in two words what it comes to.
QtObject {
    readonly property bool failed: Session.callTold === "no"
    readonly property var call: !Session.callingStaff ? null : ({
        key: "call",
        glyph: failed ? "warning-circle" : "hand-waving",
        warns: failed,
        words: failed ? qsTr("The call did not get through")
            : Session.callSince === "" ? qsTr("Staff have been called")
            : Session.callTold === "yes" ? qsTr("Staff were told at %1").arg(Session.callSince)
            : qsTr("Staff have been called, %1").arg(Session.callSince),
        rest: (failed ? qsTr("Try again, or go to the counter.") : qsTr("You can go on meanwhile."))
            + (Session.phone === "" ? "" : qsTr(" Or ring %1.").arg(Session.phone)),
        brief: failed ? qsTr("Call failed") : Session.callTold === "yes" ? qsTr("Staff told") : qsTr("Calling")
    })
    readonly property var power: Session.powerWords === "" ? null : ({
        key: "power",
        glyph: Session.powerEnds ? "battery-warning" : "battery-medium",
        warns: Session.powerEnds,
        words: Session.powerWords,
        rest: Session.powerRest,
        brief: Session.powerEnds ? qsTr("Switching off") : qsTr("Battery")
    })
    readonly property var voice: Session.voiceWords === "" ? null : ({
        key: "voice",
        glyph: Session.headset ? "headphones" : Session.voice ? "speaker-high" : "speaker-slash",
        warns: false,
        words: Session.voiceWords,
        rest: Session.voiceRest,
        brief: Session.headset ? qsTr("Headset in") : Session.voice ? qsTr("Voice is on") : qsTr("Headset out")
    })
    // What is said of the voice is news of this page alone, so that it goes before what stays.
    readonly property var all: {
        const calm = [voice, call, power].filter(one => one !== null && !one.warns)
        return [power, call].filter(one => one !== null && one.warns).concat(calm)
    }
}
