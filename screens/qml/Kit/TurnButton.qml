import QtQuick

// Turns a page: a caret and a word beside it, or above it where the button is narrow.
Button {
    id: button
    property bool upright: false
    kind: "soft"
    quick: true
    leftPadding: (upright ? 1.5 : 4) * Theme.u
    rightPadding: leftPadding
    contentItem: Item {
        implicitWidth: button.upright ? words.implicitWidth : mark.width + parts.spacing + words.implicitWidth
        implicitHeight: words.implicitHeight + (button.upright ? mark.height + parts.spacing : 0)
        Grid {
            id: parts
            anchors.centerIn: parent
            columns: button.upright ? 1 : 2
            horizontalItemAlignment: Grid.AlignHCenter
            verticalItemAlignment: Grid.AlignVCenter
            spacing: (button.upright ? 0.5 : 2) * Theme.u
            Icon { id: mark; name: button.glyph; size: Math.min(1.25 * button.textSize, 7 * Theme.u); color: button.paint }
            Label {
                id: words
                text: button.text
                color: button.paint
                font.pixelSize: button.textSize
                width: Math.max(0, Math.min(implicitWidth, button.upright ? button.availableWidth : button.room))
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
