import QtQuick
import Citizen
import Kit

// What has come up, in the header, where the name and the time stood: nothing on the page moves for it.
// One notice says as much as there is room for, two say what they come to; a touch tells all of it.
Item {
    id: note

    property var notices: []
    readonly property var first: notices.length > 0 ? notices[0] : none
    readonly property var none: ({ glyph: "", warns: false, words: "", rest: "", brief: "" })
    readonly property bool several: notices.length > 1
    readonly property real room: width - icon.width - 4.5 * Theme.u
    // All, the first sentence, or what it comes to.
    readonly property bool whole: !several && words.implicitHeight + more.implicitHeight <= height
    readonly property bool tight: !several && words.implicitHeight > height
    signal asked()

    visible: notices.length > 0

    function paint(one) { return one.warns ? Theme.warnInk : Theme.primaryStrong }

    component Words: Label {
        width: note.room
        font.pixelSize: Theme.caption
        Accessible.ignored: true
    }

    Tap {
        id: tap
        objectName: "headerNote"
        anchors.fill: parent
        // In low reach it stands too high to be pressed: the assistance sheet says the rest there.
        enabled: note.visible && !Theme.lowReach
        text: qsTr("More about this")
        background: Rectangle {
            radius: Theme.radius
            color: note.first.warns ? Theme.warnSoft : Theme.primarySoft
            border.width: (tap.down || Theme.highContrast ? 2 : 1) * Theme.hairline
            border.color: note.paint(note.first)
        }
        onTapped: note.asked()
    }
    Item {
        visible: !note.several
        anchors.fill: parent
        Accessible.role: Accessible.AlertMessage
        Accessible.name: (note.tight ? note.first.brief : note.first.words) + (note.whole && note.first.rest !== "" ? qsTr(". ") + note.first.rest : "")
        Accessible.description: (note.tight ? note.first.words + qsTr(". ") : "") + (note.whole ? "" : note.first.rest)
        Icon {
            id: icon
            x: 1.5 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            name: note.first.glyph
            size: 5 * Theme.u
            color: note.paint(note.first)
        }
        Column {
            x: icon.x + icon.width + 1.5 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            Words { visible: !note.tight; text: note.first.words; strong: true; color: note.paint(note.first) }
            Words { visible: note.tight; text: note.first.brief; strong: true; color: note.paint(note.first) }
            Words { visible: note.whole && text !== ""; text: note.first.rest }
        }
    }
    // One below the other where two lines have room, else beside each other.
    Grid {
        id: pair
        readonly property bool stacked: 2 * line.implicitHeight <= note.height
        visible: note.several
        x: 1.5 * Theme.u
        width: note.width - 2 * x
        anchors.verticalCenter: parent.verticalCenter
        columns: stacked ? 1 : 2
        columnSpacing: 1.5 * Theme.u
        Repeater {
            model: note.several ? note.notices.slice(0, 2) : []
            Item {
                id: one
                required property var modelData
                readonly property real room: width - sign.width - Theme.u
                readonly property bool said: metrics.height > 0 && metrics.advanceWidth(modelData.words) <= room
                width: pair.stacked ? pair.width : (pair.width - pair.columnSpacing) / 2
                height: line.implicitHeight
                Accessible.role: Accessible.AlertMessage
                Accessible.name: name.text
                Accessible.description: (said ? "" : modelData.words + qsTr(". ")) + modelData.rest
                Icon {
                    id: sign
                    name: one.modelData.glyph
                    size: Math.min(4 * Theme.u, parent.height)
                    color: note.paint(one.modelData)
                    anchors.verticalCenter: parent.verticalCenter
                }
                Words {
                    id: name
                    x: sign.width + Theme.u
                    width: one.room
                    text: one.said ? one.modelData.words : one.modelData.brief
                    strong: true
                    color: note.first.warns ? Theme.warnInk : Theme.primaryStrong
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    FontMetrics { id: metrics; font: line.font }
    Words { id: words; visible: false; text: note.first.words; strong: true }
    Words { id: more; visible: false; text: note.first.rest }
    Words { id: line; visible: false; text: note.first.brief; strong: true }
}
