import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "../Kit/sentences.js" as Sentences

Screen {
    id: screen
    required property var vm
    readonly property bool looking: vm.phase === "looking"
    readonly property bool poor: vm.phase === "poor"
    readonly property bool some: vm.pages.length > 0
    title: vm.name
    readonly property string which: [vm.hint, vm.most > 1 ? qsTr("At most %n pages, one after the other.", "", vm.most) : ""].filter(words => words !== "").join("\n")
    readonly property string turn: vm.count > 1 ? qsTr("Paper %1 of %2.").arg(vm.place).arg(vm.count) : ""
    readonly property string unread: vm.refused ? qsTr("The authority could not read this paper") : ""
    readonly property string again: vm.refused ? qsTr("Please lay it down once more, then hand everything in again. All the rest is still there.") : ""
    // In large letters the picture comes first; what else there is to say stands under it.
    subtitle: Theme.large ? unread || turn : turn === "" || which === "" ? turn + which : turn + "\n" + which
    primaryText: poor ? qsTr("Take it again") : some ? (vm.place < vm.count ? qsTr("Next paper") : qsTr("That is all")) : ""
    secondaryText: poor ? qsTr("Use it all the same") : vm.leave === "optional" ? qsTr("I do not have it") : vm.leave === "later" ? qsTr("I will bring it later") : !looking && !vm.full ? qsTr("One more page") : ""
    onBack: Session.back()
    onPrimary: poor ? vm.want() : vm.proceed()
    onSecondary: poor ? vm.keep() : vm.leave !== "" ? vm.leave_out() : vm.want()

    function guide(key) {
        switch (key) {
        case "lay_page": return qsTr("Lay the paper on the shelf under the camera")
        case "hold_still": return qsTr("Let go of the paper, it is being looked at")
        case "move_left": return qsTr("Move the paper to the left, as you see it here")
        case "move_right": return qsTr("Move the paper to the right, as you see it here")
        case "move_up": return qsTr("Move the paper up, as you see it here")
        case "move_down": return qsTr("Move the paper down, as you see it here")
        case "move_away": return qsTr("Lay the paper so that the whole of it can be seen")
        case "move_page": return qsTr("Lay the paper so that the whole of it can be seen")
        case "closer": return qsTr("The print is too small: bring the paper nearer to the camera")
        case "more_light": return qsTr("It is too dark: take away what stands before the lamp")
        case "less_glare": return qsTr("The light reflects on the paper: turn it a little")
        case "even_light": return qsTr("A shadow lies on the paper: step back a little")
        case "flatten": return qsTr("The picture is not sharp: press the paper flat")
        }
        return qsTr("Lay the paper on the shelf under the camera")
    }
    function fault(verdict) {
        switch (verdict) {
        case "unsteady": return qsTr("The paper moved while the picture was taken.")
        case "cutOff": return qsTr("A part of the paper is cut off.")
        case "tooDark": return qsTr("The picture is too dark.")
        case "glare": return qsTr("The light reflects on the paper; part of it can't be read.")
        case "unevenLight": return qsTr("A shadow lies on the paper.")
        case "tooSmall": return qsTr("The print is too small to be read.")
        }
        return qsTr("The picture is not sharp.")
    }

    Banner {
        objectName: "refused"
        visible: screen.vm.refused && !Theme.large
        glyph: "warning"
        tone: "warn"
        text: screen.unread
        detail: screen.again
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text + ". " + detail
    }
    GridLayout {
        columns: Theme.large && Theme.landscape && (screen.looking || screen.poor) ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        Label {
            text: screen.poor ? Sentences.joined([screen.fault(screen.vm.verdict), qsTr("The authority may ask for this paper again.")], Session.language)
                : screen.looking ? screen.guide(screen.vm.advice)
                : screen.vm.full ? qsTr("All pages are taken. You can take the paper away.") : qsTr("Can you read it? Then take the paper away.")
            objectName: "guidance"
            strong: true
            font.pixelSize: 1.12 * Theme.body
            color: screen.poor ? Theme.warnInk : Theme.ink
            Accessible.role: Accessible.AlertMessage
            Layout.fillWidth: true
        }
        Rectangle {
            visible: screen.looking || screen.poor
            readonly property real room: screen.width - screen.leftWidth - 2 * Theme.margin
            readonly property real most: (Theme.landscape ? (Theme.large ? 46 : screen.vm.refused ? 56 : 80) : Theme.lowReach ? 70 : Theme.large ? 110 : 130) * Theme.u
            color: Theme.primarySoft
            radius: Theme.radius
            border.width: 2 * Theme.hairline
            border.color: screen.poor ? Theme.warnInk : Theme.primary
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Math.min(room, most)
            Layout.preferredHeight: 0.75 * Layout.preferredWidth
            Icon { anchors.centerIn: parent; name: "file-text"; size: 0.35 * parent.height; visible: screen.looking && !live.hasFrame }
            CameraFrame {
                id: live
                visible: screen.looking
                mirrored: false
                anchors.fill: parent
                anchors.margins: Theme.u
                radius: Theme.radius
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Live camera picture")
            }
            PagePicture {
                visible: screen.poor
                anchors.fill: parent
                anchors.margins: Theme.u
                model: screen.vm
                handle: screen.vm.poor
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("The page as it was taken")
            }
        }
    }
    PageStrip {
        visible: screen.some
        vm: screen.vm
        pages: screen.vm.pages
        removable: true
        leaf: (screen.looking || screen.poor ? 28 : screen.vm.pages.length > 1 ? 44 : Theme.landscape ? 54 : 84) * Theme.u
        Layout.fillWidth: true
        onRemoved: place => screen.vm.drop(place)
    }
    Label { visible: Theme.large && text !== ""; text: screen.again; Layout.fillWidth: true }
    Label { visible: Theme.large && text !== ""; text: screen.which; quiet: true; Layout.fillWidth: true }
}
