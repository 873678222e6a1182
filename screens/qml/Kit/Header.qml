import QtQuick
import QtQuick.Layouts
import Citizen

// Where we stand and what time it is.
RowLayout {
    id: header
    spacing: 2.25 * Theme.u
    SealStamp { size: 9 * Theme.u }
    ColumnLayout {
        spacing: 0
        Layout.fillWidth: true
        Label {
            // The largest words of an upright screen leave room for the seal and the time only.
            visible: !Theme.largest || Theme.landscape || Theme.lowReach
            text: qsTr("Citizen Window")
            font.family: Theme.serif
            font.weight: Font.Bold
            font.pixelSize: 1.06 * Theme.body
            Layout.fillWidth: true
        }
        Label {
            visible: !Theme.large
            text: Session.site
            quiet: true
            font.pixelSize: Theme.caption
            Layout.fillWidth: true
        }
    }
    Label {
        text: Session.time
        font.pixelSize: 1.1 * Theme.body
        font.features: ({ "tnum": 1 })
        wrapMode: Text.NoWrap
    }
}
