import QtQuick

// A ring that empties: seconds left of total, with the number inside.
Item {
    id: ring
    property real total: 30
    property real remaining: 30
    property string caption: ""
    property bool number: true
    implicitWidth: 26 * Theme.u
    implicitHeight: implicitWidth
    onRemainingChanged: arc.requestPaint()

    Canvas {
        id: arc
        anchors.fill: parent
        onPaint: {
            const c = getContext("2d")
            const r = width / 2 - Theme.u
            c.reset()
            c.lineWidth = 1.5 * Theme.u
            c.lineCap = "round"
            c.strokeStyle = Theme.line
            c.beginPath()
            c.arc(width / 2, height / 2, r, 0, 2 * Math.PI)
            c.stroke()
            if (ring.remaining <= 0)
                return
            c.strokeStyle = Theme.primary
            c.beginPath()
            c.arc(width / 2, height / 2, r, -Math.PI / 2,
                  -Math.PI / 2 + 2 * Math.PI * Math.min(1, ring.remaining / ring.total))
            c.stroke()
        }
    }
    Label {
        anchors.centerIn: parent
        visible: ring.number
        text: Math.ceil(ring.remaining)
        strong: true
        font.pixelSize: Theme.numeral
        font.features: ({ "tnum": 1 })
    }
}
