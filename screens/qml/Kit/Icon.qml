import QtQuick
import Citizen

Text {
    property string name: ""
    property real size: 6 * Theme.u
    text: name === "" ? "" : Icons.glyph(name)
    font.family: Theme.icons
    font.pixelSize: size
    color: Theme.primary
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    width: size
    height: size
    lineHeightMode: Text.FixedHeight
    lineHeight: size
    Accessible.ignored: true
}
