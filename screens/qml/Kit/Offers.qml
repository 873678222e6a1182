import QtQuick
import QtQuick.Layouts
import Citizen

// What the letters or strokes may mean: a bar of offers, and on demand all of them over the keys.
RowLayout {
    id: offers

    property bool open: false
    property string letters: ""
    property string hint: ""
    readonly property var all: Typing.offers
    readonly property real lineHeight: Math.max(Theme.target, 1.75 * Theme.body)
    signal picked(string text, int used)

    onAllChanged: { bar.positionViewAtBeginning(); if (all.length === 0) open = false }
    spacing: 2 * Theme.u
    implicitHeight: lineHeight
    // Said when it changes: what is typed so far, and what a digit would take.
    Accessible.role: Accessible.StatusBar
    Accessible.name: letters === "" ? "" : letters.split("").join(" ") + "。"
        + (all.length === 0 ? (Typing.asking ? "" : qsTr("No character sounds like that."))
            : all.slice(0, 9).map((offer, at) => (at + 1) + " " + named(offer)).join("。"))
    // 李 and 里 sound the same: who only hears them is told what each is built of, or a word it is in.
    function named(offer) { return offer.told === "" ? offer.text : offer.text + "，" + offer.told }

    Label {
        visible: offers.letters !== "" || offers.all.length === 0
        text: offers.letters !== "" ? offers.letters : offers.hint
        quiet: offers.letters === ""
        strong: offers.letters !== ""
        font.pixelSize: Theme.caption
        Layout.fillWidth: offers.all.length === 0
        Layout.minimumWidth: offers.all.length === 0 ? 0 : implicitWidth
        Layout.leftMargin: Theme.u
    }
    ListView {
        id: bar
        objectName: "offers"
        visible: offers.all.length > 0
        orientation: ListView.Horizontal
        model: offers.all
        spacing: 2 * Theme.u
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 0 // what is out of sight is made later in slices, and a page may be gone by then
        keyNavigationEnabled: false // the keyboard's own arrows show where they lead
        Layout.fillWidth: true
        implicitHeight: offers.lineHeight
        delegate: Button {
            required property var modelData
            required property int index
            objectName: "candidate-" + index
            text: modelData.text
            Accessible.name: offers.named(modelData)
            quick: true
            textSize: 1.15 * Theme.body
            height: offers.lineHeight
            leftPadding: Theme.u
            rightPadding: Theme.u
            width: Math.max(Theme.target, 1.2 * modelData.text.length * Theme.body + 4 * Theme.u)
            onTapped: offers.picked(modelData.text, modelData.used)
        }
    }
    Button {
        objectName: "moreOffers"
        visible: offers.all.length > 6
        glyph: offers.open ? "caret-up" : "caret-down"
        Accessible.name: offers.open ? qsTr("Show the keys") : qsTr("Show more characters")
        quick: true
        leftPadding: 2 * Theme.u
        rightPadding: 2 * Theme.u
        implicitHeight: offers.lineHeight
        onTapped: offers.open = !offers.open
    }
}
