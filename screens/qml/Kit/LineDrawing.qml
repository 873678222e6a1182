import QtQuick
import Citizen

// A line drawing of a real part (screens/drawings.toml). What shows a movement to make moves, unless
// motion is reduced; nothing in it can be pressed.
Item {
    id: picture
    property string name: "machine"
    readonly property real k: Math.min(width / 240, height / 180)
    // ground, outline, weight
    readonly property var inks: ({
        face: [Theme.surface, Theme.primaryStrong, 3],
        soft: [Theme.primarySoft, Theme.primaryStrong, 3],
        paper: [Theme.surface, Theme.primaryStrong, 3],
        line: ["transparent", Theme.primaryStrong, 3],
        thin: ["transparent", Theme.edge, 2.5],
        solid: [Theme.primaryStrong, "transparent", 1],
        print: ["transparent", Theme.edge, 2.5],
        stamp: ["transparent", Theme.seal, 4],
        stampfill: [Theme.seal, "transparent", 1],
        alarm: ["transparent", Theme.seal, 4.5],
        stain: [Theme.seal, "transparent", 1],
        over: ["transparent", Theme.overSeal, 4.5],
        go: ["transparent", Theme.primary, 4.5]
    })
    implicitWidth: 44 * Theme.u
    implicitHeight: 33 * Theme.u
    Accessible.role: Accessible.Graphic
    Accessible.name: Drawings.said(name, Session.language)

    Repeater {
        model: Drawings.layers(picture.name)
        LineArt {
            id: art
            required property var modelData
            required property int index
            readonly property bool moves: modelData[0] !== 0 || modelData[1] !== 0
            property real away: 0
            x: away * modelData[0] * picture.k
            y: away * modelData[1] * picture.k
            width: picture.width
            height: picture.height
            drawing: picture.name
            sheet: index
            inks: picture.inks
            SequentialAnimation on away {
                running: art.moves && art.visible && !Theme.reducedMotion
                loops: Animation.Infinite
                onRunningChanged: if (!running) art.away = 0
                NumberAnimation { from: 1; to: 0; duration: Theme.travel; easing.type: Easing.OutCubic }
                PauseAnimation { duration: Theme.travel }
                NumberAnimation { from: 0; to: 1; duration: Theme.linger; easing.type: Easing.InCubic }
            }
        }
    }
}
