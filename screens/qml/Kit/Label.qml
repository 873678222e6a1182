import QtQuick

// Text that wraps, is never cut, and is read out by assistive technology.
Text {
    property bool quiet: false
    property bool strong: false
    color: quiet ? Theme.inkSoft : Theme.ink
    font.family: Theme.sans
    font.pixelSize: Theme.body
    font.weight: strong ? Font.Bold : Font.Normal
    font.features: Theme.features
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    renderType: Text.QtRendering
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
