import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// The technician's workshop in the page's place: signing in, then pages of rows.
FocusScope {
    id: workshop

    property real halfLine: 0
    readonly property Item page: place.item

    function reveal(item) {
        if (place.item && place.item.activeFocus && place.item.scroller.reveal)
            place.item.scroller.reveal(item)
    }

    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Workshop")

    Rectangle { anchors.fill: parent; color: Theme.paper }
    MouseArea { anchors.fill: parent }

    Loader {
        id: place
        anchors.fill: parent
        focus: true
        sourceComponent: Workshop.role === "" ? gate : pages
        onLoaded: item.forceActiveFocus()
        Binding { target: place.item; property: "halfLine"; value: workshop.halfLine; when: place.item !== null }
    }
    Component { id: gate; WorkshopGate {} }
    Component { id: pages; WorkshopPages {} }
}
