import QtQuick

// kind: primary (the one obvious next step), secondary, soft, quiet.
Tap {
    id: button

    property string kind: "secondary"
    property string glyph: ""
    property bool glyphLast: false
    readonly property bool solid: kind === "primary"
    readonly property color paint: !enabled ? Theme.disabledInk : solid ? Theme.overPrimary
        : kind === "soft" ? Theme.primaryStrong : Theme.ink
    readonly property real room: width - leftPadding - rightPadding
        - (glyph === "" ? 0 : mark.size + (text === "" ? 0 : 2 * Theme.u))

    implicitHeight: Math.max(solid ? Theme.primaryTarget : Theme.target,
                             implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 4 * Theme.u
    rightPadding: 4 * Theme.u
    topPadding: 1.5 * Theme.u
    bottomPadding: 1.5 * Theme.u

    background: Rectangle {
        radius: button.corner
        color: !button.enabled ? Theme.disabled
            : button.solid ? (button.down ? Theme.primaryPressed : Theme.primary)
            : button.down ? Theme.primarySoft
            : button.kind === "soft" ? Theme.primarySoft
            : button.kind === "quiet" ? "transparent" : Theme.surface
        border.width: button.kind === "secondary" || Theme.highContrast ? Theme.hairline : 0
        border.color: button.down ? Theme.primary : Theme.edge
    }

    contentItem: Item {
        implicitWidth: words.implicitWidth + (button.glyph === "" ? 0 : mark.size + row.spacing)
        implicitHeight: button.text === "" ? mark.implicitHeight : words.implicitHeight
        Row {
            id: row
            anchors.centerIn: parent
            spacing: button.text === "" ? 0 : 2 * Theme.u
            layoutDirection: button.glyphLast ? Qt.RightToLeft : Qt.LeftToRight
            Icon {
                id: mark
                visible: button.glyph !== ""
                name: button.glyph
                size: Math.min(1.25 * words.font.pixelSize, 7 * Theme.u)
                color: button.paint
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                id: words
                text: button.text
                color: button.paint
                strong: button.solid
                font.pixelSize: button.textSize
                width: Math.max(0, Math.min(implicitWidth, button.room))
                horizontalAlignment: Text.AlignHCenter
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
        }
    }
    property real textSize: Theme.body
}
