import QtQuick
import Citizen

// A sheet coming out of its slot, small: the very picture that is printed, or lines until there is
// one. `proof` is A4, else a slip.
Item {
    id: paper
    property bool proof: false
    property bool moving: false
    property string picture: ""
    implicitWidth: 12 * Theme.u
    implicitHeight: (picture !== "" ? 16 : 12) * Theme.u
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: proof ? qsTr("Small picture of the proof") : qsTr("Small picture of the receipt")
    Rectangle {
        id: sheet
        x: 0.16 * paper.width
        width: 0.68 * paper.width
        height: printed.hasFrame ? Math.min(width * printed.aspect, 0.86 * paper.height) : 0.86 * paper.height
        y: 0.12 * paper.height
        radius: 0.4 * Theme.u
        color: Theme.sheet
        border.width: Theme.hairline
        border.color: Theme.edge
        clip: true
        PagePicture {
            id: printed
            model: Session
            handle: paper.picture
            x: Theme.hairline
            y: Theme.hairline
            width: parent.width - 2 * x
            height: width * aspect
        }
        Column {
            visible: !printed.hasFrame
            x: 0.14 * parent.width
            y: 0.16 * parent.height
            width: 0.72 * parent.width
            spacing: 0.07 * parent.height
            Repeater {
                model: [0.6, 1, 1, 0.8, 0.5]
                Rectangle {
                    required property double modelData
                    required property int index
                    width: modelData * parent.width
                    height: 0.04 * sheet.height
                    radius: height / 2
                    color: index === 0 ? Theme.sheetSeal : Theme.sheetInk
                }
            }
        }
        SequentialAnimation on y {
            running: paper.moving && !Theme.reducedMotion && paper.visible
            loops: Animation.Infinite
            NumberAnimation { from: -0.5 * paper.height; to: 0.12 * paper.height; duration: Theme.travel; easing.type: Easing.OutCubic }
            PauseAnimation { duration: Theme.linger }
        }
    }
    Rectangle {
        width: parent.width
        height: 0.1 * paper.implicitWidth
        radius: height / 2
        color: Theme.primaryStrong
    }
}
