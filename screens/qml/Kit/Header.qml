import QtQuick
import QtQuick.Layouts
import Citizen

// Where we stand and what time it is. Name and place give way where the tools leave no room for them.
RowLayout {
    id: header
    // Without tools beside it.
    property bool alone: false
    // Something else stands in its place; its own place stays as large as it was.
    property bool away: false
    opacity: away ? 0 : 1
    readonly property bool wide: alone || Theme.landscape
    readonly property real rest: width - seal.width - spacing - (wide ? clock.implicitWidth + spacing : 0)
    spacing: 2.25 * Theme.u
    SealStamp { id: seal; size: 9 * Theme.u }
    ColumnLayout {
        spacing: 0
        Layout.fillWidth: true
        Label {
            id: name
            visible: implicitWidth <= header.rest
            text: qsTr("Citizen Window")
            font.weight: Font.Bold
            font.pixelSize: 1.06 * Theme.body
            wrapMode: Text.NoWrap
            Accessible.ignored: header.away
            Layout.fillWidth: true
        }
        Label {
            visible: implicitWidth <= header.rest && !Theme.large
            text: Session.site
            quiet: true
            font.pixelSize: Theme.caption
            wrapMode: Text.NoWrap
            Accessible.ignored: header.away
            Layout.fillWidth: true
        }
        Label {
            visible: !header.wide
            text: Session.time
            quiet: name.visible
            font.pixelSize: name.visible ? Theme.caption : Theme.body
            font.features: ({ "tnum": 1 })
            wrapMode: Text.NoWrap
            Accessible.ignored: header.away
            Layout.fillWidth: true
        }
    }
    Label {
        id: clock
        visible: header.wide
        text: Session.time
        font.pixelSize: 1.1 * Theme.body
        font.features: ({ "tnum": 1 })
        wrapMode: Text.NoWrap
        Accessible.ignored: header.away
    }
}
