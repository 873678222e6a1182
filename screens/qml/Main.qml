import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "overlays"
import "Kit/walk.js" as Walk

// The window: header, trail, the present step's screen, and what may lie over it.
Item {
    id: root

    property var fonts: ["", ""]
    // Somebody seated reaches all of this screen, as it stands.
    property bool inReach: false
    readonly property bool bare: isBare(Session.screen)
    function isBare(screen) { return screen === "Attract" || screen === "OutOfService" }
    readonly property bool covered: Workshop.open || trouble.open || idle.open || leaving.open || assist.open || more.open || paper.open || rest.visible

    Dress { window: root; fonts: root.fonts; inReach: root.inReach }

    Rectangle { anchors.fill: parent; color: Theme.paper }
    Notices { id: notices }

    FocusScope {
        id: scene
        anchors.fill: parent
        enabled: !root.covered
        focus: !root.covered

        Header {
            id: header
            alone: tools.spread
            x: Theme.margin
            y: 4 * Theme.u
            width: parent.width - 2 * Theme.margin - (tools.spread ? 0 : tools.width + 3 * Theme.u)
            height: Math.max(implicitHeight, tools.spread ? 0 : tools.implicitHeight)
            away: note.visible
        }
        // Where the name stands, so that a page under a finger stays where it is.
        HeaderNote {
            id: note
            x: header.x
            y: header.y
            width: header.width
            height: header.height
            notices: notices.all
            onAsked: more.open = true
        }
        Trail {
            id: trail
            y: (tools.spread && !Theme.lowReach ? tools.y + tools.height : header.y + header.height) + 3 * Theme.u
            width: parent.width
            steps: Session.trail
        }
        // Where the present page stands.
        component Place: Loader {
            id: place
            y: trail.y + trail.height + Theme.u
            width: parent.width
            height: (Theme.lowReach ? tools.y - 2 * Theme.u : parent.height) - y
            // One for all its pages: the engine never lets go of an object it was given here (seen with 6.11).
            readonly property var given: ({ "vm": null })
            function load(name) {
                given.vm = Session.modelFor(name)
                setSource("screens/" + name + "Screen.qml", given)
            }
            Binding {
                target: place.item
                property: "halfLine"
                value: scene.height / 2 - place.y
                when: place.item !== null && place.item.halfLine !== undefined
            }
        }
        Place {
            id: stage
            focus: !standing.shown
            property bool changing: false
            readonly property Place at: standing.shown ? standing : stage
            readonly property Item page: at.item

            function show() {
                changing = true
                standing.shown = Session.screen === "Home" && standing.status === Loader.Ready
                if (standing.shown) {
                    setSource("")
                    arrive()
                    return
                }
                standing.setSource("")
                load(Session.screen)
                if (root.isBare(Session.screen)) // what is bound to it may not have heard yet
                    standing.prepare()
            }
            function arrive() {
                changing = false
                appear.restart()
                if (Workshop.open)
                    page.focus = true
                else
                    page.forceActiveFocus()
            }
            onLoaded: arrive()
            NumberAnimation { id: appear; target: stage.at; property: "opacity"; from: 0; to: 1; duration: Theme.fast; easing.type: Easing.OutCubic }
        }
        // Home is the dearest page, and the first that anybody asks for: it is made in slices behind the
        // page that nobody is at, and only shown by the touch.
        Place {
            id: standing
            objectName: "standing"
            property bool shown: false
            asynchronous: true
            visible: shown
            enabled: shown
            focus: shown
            function prepare() { load("Home") }
        }
        Connections {
            target: Session
            function onScreen_changed() { assist.open = false; more.open = false; paper.open = false; stage.show() }
            function onPaperWanted(picture, pages) { paper.show(picture, pages) }
        }
        Component.onCompleted: stage.show()

        Keys.onEscapePressed: event => {
            event.accepted = Session.canGoBack
            if (event.accepted)
                Session.back()
        }
    }

    // Instead of the page, below its header; the assistance bar stays in reach.
    Loader {
        id: workshop
        readonly property real above: Math.max(Theme.sheetTop, header.y + header.height + 2 * Theme.u)
        y: above
        width: parent.width
        height: parent.height - above - Theme.sheetBottom
        active: Workshop.open
        enabled: !assist.open
        focus: active && !assist.open
        source: "workshop/Workshop.qml"
        onLoaded: item.forceActiveFocus()
        Binding {
            target: workshop.item
            property: "halfLine"
            value: root.height / 2 - workshop.above
            when: workshop.item !== null
        }
    }

    // What has the focus on a new page is the page: Tab and arrows go into it. Keypads without Tab:
    // arrows walk the same order, through page, tools and sheets.
    Keys.onTabPressed: Walk.on(root.Window.activeFocusItem, true)
    Keys.onBacktabPressed: Walk.on(root.Window.activeFocusItem, false)
    Keys.onDownPressed: Walk.on(root.Window.activeFocusItem, true)
    Keys.onUpPressed: Walk.on(root.Window.activeFocusItem, false)
    Keys.onRightPressed: Walk.on(root.Window.activeFocusItem, true)
    Keys.onLeftPressed: Walk.on(root.Window.activeFocusItem, false)

    // What has the focus may go, as a button does that has done its work: keys then go on from the page,
    // or from the sheet that lies over it, and nobody presses what is not there.
    readonly property Item holder: Window.activeFocusItem
    readonly property bool lost: holder !== null && (!holder.visible || !holder.enabled)
    onLostChanged: if (lost) Qt.callLater(regain)
    function regain() {
        if (!lost)
            return
        const sheet = [idle, assist, leaving, trouble, more, paper].find(one => one.enabled)
        // Not the sheet or page as a whole: it would hand the focus back to what has gone.
        const page = workshop.item ? workshop.item.page : stage.page
        const next = sheet ? sheet.nextItemInFocusChain(true) : page ? page.scroller || page : null
        if (next)
            next.forceActiveFocus(Qt.TabFocusReason)
    }

    Connections {
        target: root.Window.window
        function onActiveFocusItemChanged() {
            const at = root.Window.activeFocusItem
            if (at && Workshop.open && workshop.item)
                workshop.item.reveal(at)
            else if (at && !stage.changing && stage.page && stage.page.scroller && stage.page.scroller.reveal)
                stage.page.scroller.reveal(at)
        }
    }

    PaperSheet { id: paper; objectName: "paperSheet"; enabled: open && !assist.open && !trouble.open && !leaving.open && !idle.open; onDismissed: open = false }
    TroubleSheet { id: trouble; open: Session.troubleCode !== "" && !idle.open && !leaving.open && !assist.open }
    LeaveSheet { id: leaving; open: Session.leaving && !idle.open && !assist.open }
    NoteSheet { id: more; notices: notices.all; enabled: open && !assist.open && !trouble.open && !leaving.open && !idle.open; onDismissed: open = false }
    // A third of the window's making, and nobody's first wish: it is made in slices behind the first screen,
    // and at once when somebody asks for it before.
    Loader {
        id: assist
        objectName: "assistance"
        property bool open: false
        readonly property var told: notices.all
        anchors.fill: parent
        asynchronous: true
        visible: open // half made it is nothing to be read out
        enabled: open && !idle.open
        onOpenChanged: if (open) asynchronous = false
        sourceComponent: AssistSheet {
            open: assist.open
            notices: assist.told
            onOpenChanged: assist.open = open
            onDismissed: assist.open = false
        }
    }
    IdleSheet { id: idle; open: Session.idleWarning }

    // Over every sheet: nobody has to close anything to be helped.
    Tools {
        id: tools
        spread: Theme.lowReach || (Theme.large && !Theme.landscape)
        room: parent.width - 2 * Theme.margin
        x: parent.width - Theme.margin - width
        y: Theme.lowReach ? parent.height - height - 2 * Theme.u
            : spread ? header.y + header.height + 2 * Theme.u : header.y + (header.height - height) / 2
        width: spread ? room : implicitWidth
        callable: !Workshop.open
        enabled: !rest.visible
        onAssist: assist.open = !assist.open
    }
    RestScreen { id: rest; anchors.fill: parent; vm: Session.modelFor("Attract") }
    Binding { target: Theme; property: "sheetTop"; value: Theme.lowReach ? 0 : tools.y + tools.height + 2 * Theme.u }
    Binding { target: Theme; property: "sheetBottom"; value: Theme.lowReach ? tools.height + 4 * Theme.u : 0 }
    // Whoever holds the seal, or the keypad's Cancel, while nobody is served is asked who they are. Keypads
    // that send no held keys: Cancel, 3 5 7 9, Cancel. It opens the door's question, no more.
    readonly property bool askable: bare && Workshop.available && !covered
    Timer { id: cancelHeld; objectName: "cancelHeld"; interval: Theme.hold; onTriggered: if (root.askable) Workshop.begin() }
    property string typed: ""
    Timer { id: typing; interval: Theme.hold; onTriggered: root.typed = "" }
    function type(key) {
        typed = key === "C" && typed !== "C3579" ? "C" : typed === "" ? "" : typed + key
        typing.restart()
        if (typed !== "C3579C")
            return
        typed = ""
        Workshop.begin()
    }
    Keys.onPressed: event => {
        if (event.isAutoRepeat || !root.askable)
            return
        if (event.key === Qt.Key_Escape)
            cancelHeld.restart()
        root.type(event.key === Qt.Key_Escape ? "C" : event.text)
    }
    Keys.onReleased: event => {
        if (!event.isAutoRepeat)
            cancelHeld.stop()
    }
    Item {
        x: header.x
        y: header.y
        width: header.height
        height: header.height
        visible: root.askable
        TapHandler {
            longPressThreshold: Theme.hold / 1000
            gesturePolicy: TapHandler.WithinBounds
            onLongPressed: Workshop.begin()
        }
    }
}
