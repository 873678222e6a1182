import QtQuick
import QtQuick.Layouts

// A white sheet on the paper; `official` puts the vermilion bar on top.
Item {
    id: card

    default property alias content: column.data
    property bool official: false
    property color ground: Theme.surface
    property real padding: 4.5 * Theme.u
    property alias spacing: column.spacing

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding + (official ? Theme.u : 0)
    Layout.fillWidth: true

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: card.ground
        border.width: Theme.hairline
        border.color: Theme.line
    }
    Rectangle {
        visible: card.official
        width: parent.width
        height: 1.25 * Theme.u
        radius: height / 2
        color: Theme.seal
    }
    ColumnLayout {
        id: column
        x: card.padding
        y: card.padding + (card.official ? Theme.u : 0)
        width: card.width - 2 * card.padding
        spacing: 2 * Theme.u
    }
}
