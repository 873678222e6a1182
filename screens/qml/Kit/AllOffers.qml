import QtQuick
import QtQuick.Layouts
import Citizen

// Every single character that sounds so, page by page, in place of the keys.
RowLayout {
    id: page

    readonly property var characters: !visible ? []
        : Typing.offers.filter(offer => offer.text.length <= 2 && [...offer.text].length === 1)
    readonly property real cell: Math.max(Theme.target, 1.9 * Theme.body) + 2 * Theme.u
    signal picked(string text, int used)

    spacing: 2 * Theme.u
    onCharactersChanged: grid.positionViewAtBeginning()

    GridView {
        id: grid
        objectName: "allOffers"
        model: page.characters
        cellWidth: Math.floor(width / Math.max(1, Math.floor(width / page.cell)))
        cellHeight: page.cell
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        cacheBuffer: 0 // what is out of sight is made later in slices, and a page may be gone by then
        keyNavigationEnabled: false
        Layout.fillWidth: true
        Layout.fillHeight: true
        delegate: Item {
            required property var modelData
            required property int index
            width: grid.cellWidth
            height: grid.cellHeight
            Button {
                objectName: "character-" + parent.index
                anchors.fill: parent
                anchors.margins: Theme.u
                text: parent.modelData.text
                Accessible.name: [text, parent.modelData.told].filter(words => words !== "").join("，")
                quick: true
                textSize: 1.15 * Theme.body
                leftPadding: 0
                rightPadding: 0
                onTapped: page.picked(parent.modelData.text, parent.modelData.used)
            }
        }
    }
    ColumnLayout {
        spacing: 2 * Theme.u
        Layout.fillHeight: true
        Repeater {
            model: [{ glyph: "caret-up", by: -1, words: qsTr("Page up") }, { glyph: "caret-down", by: 1, words: qsTr("Page down") }]
            Button {
                required property var modelData
                objectName: modelData.by < 0 ? "offersUp" : "offersDown"
                glyph: modelData.glyph
                Accessible.name: modelData.words
                enabled: modelData.by < 0 ? !grid.atYBeginning : !grid.atYEnd
                quick: true
                leftPadding: 2 * Theme.u
                rightPadding: 2 * Theme.u
                Layout.fillHeight: true
                onTapped: {
                    const rows = Math.max(1, Math.floor(grid.height / grid.cellHeight))
                    const end = Math.max(0, grid.contentHeight - grid.height)
                    grid.contentY = Math.min(end, Math.max(0, grid.contentY + modelData.by * rows * grid.cellHeight))
                }
            }
        }
    }
}
