import QtQuick
import QtQuick.Layouts

// Label and value rows with hairlines between: [{label, value, tone?, glyph?}].
ColumnLayout {
    id: facts

    property var rows: []
    property real labelWidth: (Theme.landscape ? 24 : 27) * Theme.u * Math.min(1.2, Theme.textFactor)

    spacing: 0
    Layout.fillWidth: true

    Repeater {
        model: facts.rows
        ColumnLayout {
            id: fact
            required property var modelData
            required property int index
            spacing: 0
            Layout.fillWidth: true
            Hairline { visible: fact.index > 0 }
            GridLayout {
                columns: Theme.largest ? 1 : 2
                columnSpacing: 3 * Theme.u
                rowSpacing: 0
                Layout.fillWidth: true
                Layout.topMargin: 2.25 * Theme.u
                Layout.bottomMargin: 2.25 * Theme.u
                Label {
                    text: fact.modelData.label
                    quiet: true
                    font.pixelSize: Theme.caption
                    Layout.preferredWidth: Theme.largest ? -1 : facts.labelWidth
                    Layout.maximumWidth: Theme.largest ? Number.POSITIVE_INFINITY : facts.labelWidth
                    Layout.fillWidth: Theme.largest
                    Layout.alignment: Qt.AlignTop
                    topPadding: Theme.largest ? 0 : 0.18 * Theme.body
                }
                Label {
                    text: fact.modelData.value
                    color: fact.modelData.tone === "warn" ? Theme.warnInk
                        : fact.modelData.tone === "ok" ? Theme.okInk
                        : fact.modelData.tone === "seal" ? Theme.sealInk : Theme.ink
                    strong: fact.modelData.strong === true
                    font.features: ({ "tnum": 1 })
                    Layout.fillWidth: true
                }
            }
        }
    }
}
