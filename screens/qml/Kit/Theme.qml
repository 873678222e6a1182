pragma Singleton
import QtQuick

// Every measure, colour and duration of the product. Components name tokens, never values.
QtObject {
    // Set by Main.qml from window size and the visit's assistance settings.
    property real scale: 1
    property real textFactor: 1
    property bool highContrast: false
    property bool reducedMotion: false
    property bool lowReach: false
    property bool landscape: false
    property string sans: ""
    property string serif: ""
    property string icons: ""

    // How much larger than its design a window shows everything.
    function scaleFor(width, height) {
        const long = Math.max(width, height) / 1920
        return Math.max(0.1, Math.min(long, Math.min(width, height) / 1080))
    }

    // One unit: 8 px at the 1080 px baseline.
    readonly property real u: 8 * scale
    readonly property real margin: 7 * u
    readonly property real gap: 3 * u
    readonly property real target: 10 * u
    readonly property real primaryTarget: 13 * u
    readonly property real ring: 6 * scale
    readonly property real hairline: Math.max(1, 2 * scale)

    readonly property real radiusSmall: 1.5 * u
    readonly property real radius: 2.5 * u
    readonly property real radiusLarge: 4 * u

    readonly property real display: 64 * scale * textFactor
    readonly property real title: 48 * scale * textFactor
    readonly property real body: 34 * scale * textFactor
    readonly property real caption: 28 * scale * textFactor
    // Of fixed places: they grow no further than their place allows.
    readonly property real keyText: Math.min(body, 47 * scale)
    readonly property real code: Math.min(display, 84 * scale)
    readonly property real typedCode: Math.min(display, 60 * scale)
    readonly property real numeral: 72 * scale
    readonly property bool large: textFactor > 1.2
    readonly property bool largest: textFactor > 1.5

    readonly property color paper: highContrast ? "#000000" : "#F7F6F2"
    readonly property color paperClear: highContrast ? "#00000000" : "#00F7F6F2"
    readonly property color surface: highContrast ? "#000000" : "#FFFFFF"
    readonly property color ink: highContrast ? "#FFFFFF" : "#15212B"
    readonly property color inkSoft: highContrast ? "#FFFFFF" : "#414F59"
    readonly property color line: highContrast ? "#FFFFFF" : "#DAD9D2"
    readonly property color edge: highContrast ? "#FFFFFF" : "#7C8790"
    readonly property color primary: highContrast ? "#FFD60A" : "#0E5A63"
    readonly property color overPrimary: highContrast ? "#000000" : "#FFFFFF"
    readonly property color overPrimarySoft: highContrast ? "#000000" : "#E3EFEF"
    readonly property color primaryPressed: highContrast ? "#FFF3B0" : "#083F46"
    readonly property color primaryStrong: highContrast ? "#FFD60A" : "#083F46"
    readonly property color primarySoft: highContrast ? "#1C1C1C" : "#E3EFEF"
    readonly property color seal: highContrast ? "#FF8A75" : "#BF3B2B"
    readonly property color sealInk: highContrast ? "#FFB3A5" : "#992A1D"
    readonly property color overSeal: highContrast ? "#000000" : "#FFFFFF"
    readonly property color okInk: highContrast ? "#7CF0B2" : "#14563A"
    readonly property color okSoft: highContrast ? "#0B1F15" : "#E4F1E9"
    readonly property color warnInk: highContrast ? "#FFD08A" : "#6B4500"
    readonly property color warnSoft: highContrast ? "#241A08" : "#FBF1DD"
    readonly property color dangerInk: highContrast ? "#FFB0A8" : "#931D14"
    readonly property color focus: highContrast ? "#FFD60A" : "#B35900"
    readonly property color disabled: highContrast ? "#2A2A2A" : "#E9E8E3"
    readonly property color disabledInk: highContrast ? "#D0D0D0" : "#4A5560"
    readonly property color veil: highContrast ? "#D9000000" : "#B315212B"

    // Drawings. Printed paper is white whatever the screen is.
    readonly property color watermark: highContrast ? "#FFD60A" : "#C9DDDD"
    readonly property color sheet: "#FFFFFF"
    readonly property color sheetInk: "#8B979F"
    readonly property color sheetSeal: "#BF3B2B"

    readonly property int fast: reducedMotion ? 0 : 150
    readonly property int calm: reducedMotion ? 0 : 220
    // Of what repeats: drawings that show a movement. They stand still when motion is reduced.
    readonly property int beat: 300
    readonly property int linger: 500
    readonly property int breath: 900
    readonly property int travel: 1500
    readonly property int dwell: 2600

    // Text token on ground token, as used; a test computes their contrast.
    readonly property var textPairs: [
        [ink, paper], [ink, surface], [inkSoft, paper], [inkSoft, surface], [inkSoft, primarySoft],
        [overPrimary, primary], [overPrimarySoft, highContrast ? primary : primaryPressed],
        [overPrimary, primaryPressed], [overSeal, sealInk], [primaryStrong, primarySoft], [primaryStrong, surface],
        [primaryStrong, paper], [sealInk, surface], [sealInk, paper], [okInk, surface],
        [okInk, okSoft], [warnInk, surface], [warnInk, paper], [warnInk, warnSoft],
        [warnInk, primarySoft], [dangerInk, surface], [dangerInk, paper], [ink, primarySoft],
        [ink, warnSoft], [ink, okSoft]
    ]
    readonly property var graphicPairs: [
        [primary, paper], [primary, surface], [seal, surface], [overSeal, seal], [focus, surface],
        [focus, paper], [edge, surface], [edge, paper]
    ]
}
