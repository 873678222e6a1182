pragma Singleton
import QtQuick

// Every measure, colour and duration of the product. Components name tokens, never values.
QtObject {
    // Set by Main.qml from window size and the visit's assistance settings.
    property real scale: 1
    property real textFactor: 1
    property string contrast: "normal"
    property bool reducedMotion: false
    property bool lowReach: false
    property bool landscape: false
    // All of a low screen may be within reach: then low reach brings the bars down, and pages keep their room.
    property bool inReach: false
    readonly property bool lifted: lowReach && !(landscape && inReach)
    // What the assistance bar keeps free of every sheet, above and below.
    property real sheetTop: 4 * u
    property real sheetBottom: 0
    // The one family of words: thin strokes are the first that tired eyes lose (ADA 707). Serifs stay on paper.
    property string sans: ""
    property string icons: ""
    // Of a language in Latin letters: the Chinese font draws its quotation marks as wide as a character.
    property bool latin: false
    readonly property var features: latin ? ({ "locl": 1, "pwid": 1 }) : ({ "locl": 1 })

    // How much larger than its design a window shows everything.
    function scaleFor(width, height) {
        const long = Math.max(width, height) / 1920
        return Math.max(0.1, Math.min(long, Math.min(width, height) / 1080))
    }

    // One unit: 8 px at the 1080 px baseline.
    readonly property real u: 8 * scale
    // One pixel there: care for the panel moves things by it.
    readonly property real pixel: u / 8
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
    readonly property real smallTitle: Math.min(title, 1.2 * body)
    readonly property real body: 34 * scale * textFactor
    readonly property real caption: 28 * scale * textFactor
    // Of fixed places: they grow no further than their place allows, and keys stay as they are.
    readonly property real keyText: Math.max(34 * scale, Math.min(body, 47 * scale))
    readonly property real code: Math.min(display, 84 * scale)
    readonly property real typedCode: Math.min(display, 60 * scale)
    readonly property real numeral: 72 * scale
    readonly property bool large: textFactor > 1.2
    readonly property bool largest: textFactor > 1.5

    // An upright screen with room to give: a few choices stand large on it, and the page looks composed.
    readonly property bool roomy: !landscape && !large && !lowReach
    readonly property real roomyRow: 17 * u
    readonly property real roomiestRow: 22 * u

    readonly property bool highContrast: contrast !== "normal"
    // Which of three: paper, black ground, white ground.
    readonly property int look: ["normal", "high", "high_light"].indexOf(contrast)
    readonly property color paper: ["#F7F6F2", "#000000", "#FFFFFF"][look]
    readonly property color paperClear: ["#00F7F6F2", "#00000000", "#00FFFFFF"][look]
    readonly property color surface: ["#FFFFFF", "#000000", "#FFFFFF"][look]
    readonly property color ink: ["#15212B", "#FFFFFF", "#000000"][look]
    readonly property color inkSoft: ["#414F59", "#FFFFFF", "#000000"][look]
    readonly property color line: ["#DAD9D2", "#FFFFFF", "#000000"][look]
    readonly property color edge: ["#7C8790", "#FFFFFF", "#000000"][look]
    readonly property color primary: ["#0E5A63", "#FFD60A", "#003F47"][look]
    readonly property color overPrimary: ["#FFFFFF", "#000000", "#FFFFFF"][look]
    readonly property color overPrimarySoft: ["#E3EFEF", "#000000", "#FFFFFF"][look]
    readonly property color primaryPressed: ["#083F46", "#FFF3B0", "#002A30"][look]
    readonly property color primaryStrong: ["#083F46", "#FFD60A", "#003F47"][look]
    readonly property color primarySoft: ["#E3EFEF", "#1C1C1C", "#EEF4F4"][look]
    readonly property color seal: ["#BF3B2B", "#FF8A75", "#7E1C10"][look]
    readonly property color sealInk: ["#992A1D", "#FFB3A5", "#7E1C10"][look]
    readonly property color overSeal: ["#FFFFFF", "#000000", "#FFFFFF"][look]
    readonly property color okInk: ["#14563A", "#7CF0B2", "#0B432B"][look]
    readonly property color okSoft: ["#E4F1E9", "#0B1F15", "#F0F8F3"][look]
    readonly property color warnInk: ["#6B4500", "#FFD08A", "#523400"][look]
    readonly property color warnSoft: ["#FBF1DD", "#241A08", "#FDF6E8"][look]
    readonly property color dangerInk: ["#931D14", "#FFB0A8", "#76120B"][look]
    readonly property color focus: ["#B35900", "#FFD60A", "#A34800"][look]
    readonly property color disabled: ["#E9E8E3", "#2A2A2A", "#E8E8E8"][look]
    readonly property color disabledInk: ["#4A5560", "#D0D0D0", "#333333"][look]
    readonly property color veil: ["#B315212B", "#D9000000", "#B3000000"][look]

    // While nobody is there (screens/rest.py).
    readonly property color night: "#000000"
    readonly property color nightInk: "#A9B6BC"

    // Drawings. Printed paper is white whatever the screen is.
    readonly property color watermark: ["#C9DDDD", "#FFD60A", "#003F47"][look]
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
    // How long the seal is held to be asked for a technician.
    readonly property int hold: 3000

    // Text token on ground token, as used; a test computes their contrast.
    readonly property var textPairs: [
        [ink, paper], [ink, surface], [inkSoft, paper], [inkSoft, surface], [inkSoft, primarySoft],
        [overPrimary, primary], [overPrimarySoft, look === 1 ? primary : primaryPressed],
        [overPrimary, primaryPressed], [overSeal, sealInk], [primaryStrong, primarySoft], [primaryStrong, surface],
        [primaryStrong, paper], [sealInk, surface], [sealInk, paper], [okInk, surface],
        [okInk, okSoft], [warnInk, surface], [warnInk, paper], [warnInk, warnSoft],
        [warnInk, primarySoft], [dangerInk, surface], [dangerInk, paper], [ink, primarySoft],
        [ink, warnSoft], [ink, okSoft], [nightInk, night]
    ]
    readonly property var graphicPairs: [
        [primary, paper], [primary, surface], [seal, surface], [overSeal, seal], [focus, surface],
        [focus, paper], [edge, surface], [edge, paper]
    ]
}
