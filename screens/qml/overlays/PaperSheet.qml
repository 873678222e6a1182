import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What is printed, large: made of the very data that go to the printer.
Sheet {
    id: sheet
    property string picture: ""
    property int pages: 0
    // The buttons that turn it stand beside it there.
    pressedInside: wide
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
        ColumnLayout {
            id: leaf
            required property int index
            spacing: Theme.u
            Layout.fillWidth: true
            Layout.maximumWidth: 110 * Theme.u
            Layout.alignment: Qt.AlignHCenter
            Label {
                visible: sheet.pages > 1
                text: qsTr("Page %1 of %2").arg(leaf.index + 1).arg(sheet.pages)
                quiet: true
                font.pixelSize: Theme.caption
                font.features: ({ "tnum": 1 })
                Layout.fillWidth: true
            }
            Rectangle {
                color: Theme.sheet
                border.width: Theme.hairline
                border.color: Theme.edge
                Layout.fillWidth: true
                implicitHeight: width * printed.aspect
                visible: printed.hasFrame
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Page %1 of what is printed").arg(leaf.index + 1)
                PagePicture {
                    id: printed
                    objectName: "printed-" + (leaf.index + 1)
                    model: Session
                    handle: sheet.picture + ":" + (leaf.index + 1)
                    anchors.fill: parent
                    anchors.margins: Theme.hairline
                }
            }
            Banner {
                visible: !printed.hasFrame
                glyph: "file-text"
                tone: "warn"
                text: qsTr("This page can't be shown here")
                detail: qsTr("Printing does not need the picture. Please look at the paper itself.")
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
