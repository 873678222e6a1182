import QtQuick

// The one vermilion seal. `glyph` instead of the character for results.
Rectangle {
    id: seal
    property string glyph: ""
    property string character: "窗"
    property real size: 9 * Theme.u
    width: size
    height: size
    implicitWidth: size
    implicitHeight: size
    radius: 0.2 * size
    color: Theme.seal
    Rectangle {
        anchors.fill: parent
        anchors.margins: 0.07 * seal.size
        radius: 0.14 * seal.size
        color: "transparent"
        border.width: Math.max(1, 0.022 * seal.size)
        border.color: Theme.overSeal
        opacity: 0.55
    }
    Text {
        anchors.centerIn: parent
        visible: seal.glyph === ""
        text: seal.character
        color: Theme.overSeal
        font.family: Theme.sans
        font.weight: Font.Bold
        font.pixelSize: 0.65 * seal.size
        Accessible.ignored: true
    }
    Icon {
        anchors.centerIn: parent
        visible: seal.glyph !== ""
        name: seal.glyph
        size: 0.6 * seal.size
        color: Theme.overSeal
    }
}
