import QtQuick
import QtQuick.Layouts

// A column that scrolls by finger and by two large buttons, shown whenever there is more to see: below it,
// or beside it where a low screen and large words leave the column no height to give away.
Item {
    id: scroller

    default property alias content: column.data
    property alias spacing: column.spacing
    property real sideMargin: Theme.margin
    property real bottomMargin: 4 * Theme.u
    // Kept in sight whatever happens to the height, such as a keyboard that rises.
    property Item held: null
    // The most height it can get. What is as high as its words must say so: between two layouts its own height
    // lags behind them, and it would seem to overflow.
    property real most: height
    readonly property bool overflowing: column.implicitHeight + bottomMargin > most + 1
    // A keyboard left room for the line being typed in alone: it is kept in sight without buttons.
    readonly property bool narrow: held !== null && height < step + 23 * Theme.u
    readonly property real step: Math.max(Theme.target, 1.6 * Theme.body + 3 * Theme.u)
    readonly property bool beside: Theme.landscape && Theme.large && most > 2 * step + pager.rowSpacing
    // Beside it two buttons no wider than their words one under the other, so that the page keeps its width.
    readonly property bool slim: beside && most > 2 * (4.3 * Theme.body + 3 * Theme.u) + pager.rowSpacing
    // Buttons beside the column take of its width. A drawing as wide as the column then fits again, is wide
    // again without them, and overflows again, for ever: so they go once, on trial, and if they come again
    // they stay until all would surely fit without them.
    property bool kept: false
    property bool tried: false
    readonly property real whole: width - 2 * sideMargin
    readonly property real wider: whole / Math.max(1, whole - pager.width - 3 * Theme.u)
    readonly property bool ample: column.implicitHeight * wider + bottomMargin <= most
    onOverflowingChanged: {
        if (overflowing)
            kept = true
        else if (!tried)
            trial.restart()
    }
    onAmpleChanged: if (ample) kept = false
    onMostChanged: tried = false
    onWholeChanged: tried = false
    readonly property bool turned: (overflowing || (kept && beside)) && !narrow
    readonly property alias flickable: flick
    // What is seen at once of a column that scrolls; it does not change when it begins to.
    readonly property real page: height - (beside ? 0 : pager.height)

    function reveal(item) {
        let at = item
        while (at && at !== column)
            at = at.parent
        if (!at)
            return
        const y = item.mapToItem(column, 0, 0).y
        const margin = Math.max(0, Math.min(14 * Theme.u, (flick.height - item.height) / 2))
        if (y - margin < flick.contentY)
            flick.contentY = Math.max(0, y - margin)
        else if (y + item.height + margin > flick.contentY + flick.height)
            flick.contentY = Math.min(flick.contentHeight - flick.height,
                                      y + item.height + margin - flick.height)
    }

    function turn(direction) {
        const wanted = flick.contentY + direction * 0.8 * flick.height
        glide.to = Math.max(0, Math.min(flick.contentHeight - flick.height, wanted))
        glide.restart()
    }

    Flickable {
        id: flick
        width: parent.width - (scroller.turned && scroller.beside ? pager.width + 3 * Theme.u : 0)
        height: Math.max(0, parent.height - (scroller.turned && !scroller.beside ? pager.height : 0))
        contentHeight: column.height + scroller.bottomMargin
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        onHeightChanged: if (scroller.held) afterwards.restart()
        // Words above it may wrap anew when the keyboard is there.
        onContentHeightChanged: if (scroller.held) afterwards.restart()
        ColumnLayout {
            id: column
            x: scroller.sideMargin
            width: flick.width - 2 * scroller.sideMargin
            spacing: 4 * Theme.u
        }
    }
    Timer {
        id: trial
        interval: 0
        onTriggered: {
            if (!scroller.overflowing && scroller.kept) {
                scroller.tried = true
                scroller.kept = false
            }
        }
    }
    Timer { id: afterwards; interval: 0; onTriggered: if (scroller.held) scroller.reveal(scroller.held) }
    NumberAnimation { id: glide; target: flick; property: "contentY"; duration: Theme.calm; easing.type: Easing.OutCubic }

    Rectangle {
        objectName: "fade"
        visible: scroller.turned
        width: flick.width
        y: flick.height - height
        height: 5 * Theme.u
        opacity: flick.contentY < flick.contentHeight - flick.height - 2 && !Theme.highContrast ? 1 : 0
        gradient: Gradient {
            GradientStop { position: 0; color: Theme.paperClear }
            GradientStop { position: 1; color: Theme.paper }
        }
    }
    GridLayout {
        id: pager
        visible: scroller.turned
        columns: scroller.beside ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        width: scroller.slim ? (Theme.latin ? 3.1 : 4.2) * Theme.body + 4 * Theme.u
            : scroller.beside ? Math.max(up.implicitWidth, down.implicitWidth) : parent.width - 2 * scroller.sideMargin
        height: scroller.beside ? Math.min(parent.height - (scroller.slim ? 2 * Theme.u : 0), (scroller.slim ? 6 : 4) * scroller.step) : scroller.step + 3 * Theme.u
        x: parent.width - scroller.sideMargin - width
        y: parent.height - height - (scroller.slim ? 2 * Theme.u : 0)
        component Turn: TurnButton {
            upright: scroller.slim
            Layout.fillWidth: true
            Layout.fillHeight: scroller.beside
        }
        Turn {
            id: up
            objectName: "pageUp"
            text: qsTr("Up")
            Accessible.name: qsTr("Scroll up")
            glyph: "caret-up"
            enabled: flick.contentY > 1
            Layout.preferredWidth: 1
            onTapped: scroller.turn(-1)
        }
        Turn {
            id: down
            objectName: "pageDown"
            text: qsTr("More below")
            Accessible.name: qsTr("Scroll down")
            glyph: "caret-down"
            enabled: flick.contentY < flick.contentHeight - flick.height - 1
            Layout.preferredWidth: 2
            onTapped: scroller.turn(1)
        }
    }
}
