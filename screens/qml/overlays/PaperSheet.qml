import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What is printed, large: made of the very data that go to the printer.
Sheet {
    id: sheet
    property string picture: ""
    property int pages: 0
    title: qsTr("This is what is printed")
    subtitle: qsTr("Numbers of people are partly hidden, on paper too.")
    maxWidth: (wide ? 200 : 150) * Theme.u

    function show(handle, count) {
        picture = handle
        pages = count
        open = true
    }
    onOpenChanged: if (!open) { picture = ""; pages = 0 }

    Repeater {
        model: sheet.open ? sheet.pages : 0
        Rectangle {
            id: page
            required property int index
            color: Theme.sheet
            border.width: Theme.hairline
            border.color: Theme.edge
            Layout.fillWidth: true
            Layout.maximumWidth: 110 * Theme.u
            Layout.alignment: Qt.AlignHCenter
            implicitHeight: width * printed.aspect
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Page %1 of what is printed").arg(page.index + 1)
            PagePicture {
                id: printed
                objectName: "printed-" + (page.index + 1)
                model: Session
                handle: sheet.picture + ":" + (page.index + 1)
                anchors.fill: parent
                anchors.margins: Theme.hairline
            }
        }
    }
    footer: [
        Button {
            objectName: "closePaper"
            kind: "primary"
            text: qsTr("Close")
            Layout.fillWidth: true
            Layout.fillHeight: true
            onTapped: sheet.dismissed()
        }
    ]
}
