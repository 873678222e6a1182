import QtQuick
import QtQuick.Layouts

// At the largest text a long list comes in pages of six, turned by two large buttons: `shown` is what a
// Repeater shows of `all`.
RowLayout {
    id: portion
    property var all: []
    readonly property int most: 6
    property int page: 0
    readonly property int pages: Math.max(1, Math.ceil(all.length / most))
    readonly property bool paged: Theme.largest && pages > 1
    readonly property var shown: paged ? all.slice(page * most, page * most + most) : all
    // What is chosen changes nothing of which page is open; another list opens where its choice stands.
    readonly property string keys: all.map(one => one.key).join(" ")
    onKeysChanged: page = Math.max(0, Math.floor(all.findIndex(one => !!one.chosen) / most))
    visible: paged
    spacing: 2 * Theme.u
    Layout.fillWidth: true

    component Turn: Button {
        kind: "soft"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
    }
    Turn {
        objectName: "portionBack"
        text: qsTr("Those before")
        enabled: portion.page > 0
        onTapped: --portion.page
    }
    Turn {
        objectName: "portionOn"
        text: qsTr("Others, %1 of %2").arg(portion.page + 1).arg(portion.pages)
        enabled: portion.page < portion.pages - 1
        onTapped: ++portion.page
    }
}
