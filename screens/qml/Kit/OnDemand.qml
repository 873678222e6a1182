import QtQuick

// What is made when it is first wanted, and kept from then on: keys on the screen cost more than the rest
// of a page, and most pages are left without them.
Loader {
    property bool wanted: false
    active: false
    visible: wanted
    onWantedChanged: if (wanted) active = true
    Component.onCompleted: if (wanted) active = true
}
