import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// The technician's workshop over everything else: signing in, then pages of rows.
FocusScope {
    id: workshop

    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Workshop")

    Rectangle { anchors.fill: parent; color: Theme.paper }
    MouseArea { anchors.fill: parent }

    Loader {
        anchors.fill: parent
        anchors.topMargin: 4 * Theme.u
        focus: true
        sourceComponent: Workshop.role === "" ? gate : pages
        onLoaded: item.forceActiveFocus()
    }
    Component { id: gate; WorkshopGate {} }
    Component { id: pages; WorkshopPages {} }
}
