import QtQuick
import QtQuick.Layouts
import Citizen

// The frame of every screen: one title, what is happening, the stage, and the action bar.
// Portrait stacks; landscape puts title and drawing left; low reach keeps all that can be pressed
// in the lower half.
FocusScope {
    id: screen

    property string title: ""
    property string subtitle: ""
    property bool bigTitle: false
    property bool smallTitle: false
    property Component aside: null
    property Component footer: null
    // In low reach: a picture under the title, out of reach as it need not be pressed.
    property Component above: null
    // The stage stands in the middle of what the title leaves free.
    property bool centred: false
    // The line being typed in while the footer is a keyboard.
    property Item typing: null
    // What is typed with has the one obvious next step; the page's own waits.
    property bool typingAlone: false
    // What is on the page needs the title's place: it is said, and not shown.
    property bool terse: false
    default property alias content: stage.data

    property bool backShown: Session.canGoBack
    property string backText: qsTr("Back")
    property string primaryText: ""
    property string primaryGlyph: "arrow-right"
    property bool primaryEnabled: true
    property string secondaryText: ""
    property string secondaryGlyph: ""
    signal back()
    signal primary()
    signal secondary()

    // The page takes the whole width of a low screen, its title on top.
    property bool wide: false
    // Short words stand beside the page with large text too.
    property bool panes: false
    readonly property bool twoPane: Theme.landscape && !Theme.lifted && (!Theme.large || panes) && !wide
    readonly property bool lifted: Theme.lifted
    // Where the window's lower half begins, in this item's coordinates.
    property real halfLine: 0
    readonly property real leftWidth: twoPane ? 0.37 * width : 0
    readonly property alias scroller: scroll
    property alias stageMargin: scroll.bottomMargin
    // What the title leaves, if nothing is to scroll.
    readonly property real stageRoom: scroll.height - stageMargin
        - (heading.visible ? heading.height + scroll.spacing : 0)
    readonly property alias footerItem: foot.item

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: title

    // Low reach: words and picture above, nothing to press.
    Item {
        id: upper
        visible: screen.lifted
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        height: Math.max(0, scroll.y - 2 * Theme.u)
        clip: true
        ColumnLayout {
            id: upperWords
            width: parent.width
            spacing: 3 * Theme.u
            Heading { title: screen.title; subtitle: upperFits.fits ? screen.subtitle : ""; big: screen.bigTitle && !Theme.large; small: screen.smallTitle }
            Loader {
                active: screen.lifted && screen.above !== null
                visible: active
                sourceComponent: screen.above
                Layout.fillWidth: true
            }
        }
        QtObject {
            id: upperFits
            readonly property bool fits: measure.implicitHeight < upper.height
        }
        Heading { id: measure; visible: false; width: parent.width; title: screen.title; subtitle: screen.subtitle; big: screen.bigTitle && !Theme.large; small: screen.smallTitle }
    }

    // Landscape: words and drawing on the left.
    Item {
        visible: screen.twoPane
        x: Theme.margin
        width: screen.leftWidth - Theme.margin
        height: bar.y
        ColumnLayout {
            width: parent.width - 4 * Theme.u
            height: parent.height - 4 * Theme.u
            spacing: 3 * Theme.u
            Heading { title: screen.title; subtitle: screen.subtitle; big: screen.bigTitle; small: screen.smallTitle }
            Loader {
                active: screen.twoPane && screen.aside !== null
                visible: active
                sourceComponent: screen.aside
                Layout.fillWidth: true
                Layout.fillHeight: true
            }
            Item { Layout.fillHeight: true; visible: screen.aside === null }
        }
    }

    Scroller {
        id: scroll
        x: screen.leftWidth
        y: !screen.lifted ? 0 : screen.typing ? Math.max(0, Math.min(screen.halfLine, foot.y - 34 * Theme.u)) : Math.max(screen.halfLine, 0)
        width: screen.width - x
        height: Math.max(0, foot.y - y)
        held: screen.typing
        Heading {
            id: heading
            visible: !screen.twoPane && !screen.lifted && !screen.terse
            title: screen.title
            subtitle: screen.subtitle
            big: screen.bigTitle
            small: screen.smallTitle
        }
        Label {
            visible: screen.lifted && !upperFits.fits && text !== ""
            text: screen.subtitle
            quiet: true
            Layout.fillWidth: true
        }
        Loader {
            active: !screen.twoPane && screen.aside !== null
            visible: active
            sourceComponent: screen.aside
            Layout.fillWidth: true
        }
        ColumnLayout {
            id: stage
            readonly property real used: implicitHeight + scroll.bottomMargin
                + (heading.visible ? heading.height + scroll.spacing : 0)
            Layout.topMargin: screen.centred && !screen.lifted ? Math.max(0, 0.42 * (scroll.height - used)) : 0
            spacing: Theme.gap
            Layout.fillWidth: true
        }
    }

    Loader {
        id: foot
        sourceComponent: screen.footer
        width: parent.width
        height: item && item.visible ? item.implicitHeight : 0
        anchors.bottom: bar.top
    }

    ActionBar {
        id: bar
        width: parent.width
        anchors.bottom: parent.bottom
        // While typing, the keyboard needs the room; its own "Done" brings the bar back.
        asleep: screen.typing !== null && (screen.typingAlone || screen.lifted || Theme.large || Theme.landscape)
        backShown: screen.backShown
        backText: screen.backText
        primaryText: screen.primaryText
        primaryGlyph: screen.primaryGlyph
        primaryEnabled: screen.primaryEnabled
        secondaryText: screen.secondaryText
        secondaryGlyph: screen.secondaryGlyph
        onBack: screen.back()
        onPrimary: screen.primary()
        onSecondary: screen.secondary()
    }
}
