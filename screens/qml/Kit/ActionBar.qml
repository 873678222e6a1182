import QtQuick
import QtQuick.Layouts

// Back on the left, the one next step on the right, always in the same place.
Rectangle {
    id: bar

    property bool backShown: false
    property string backText: ""
    property string primaryText: ""
    property string primaryGlyph: ""
    property bool primaryEnabled: true
    property string secondaryText: ""
    property string secondaryGlyph: ""
    readonly property bool empty: !backShown && primaryText === "" && secondaryText === ""
    readonly property alias primaryButton: go
    signal back()
    signal primary()
    signal secondary()

    color: Theme.surface
    implicitHeight: empty ? 0 : row.implicitHeight + 6 * Theme.u
    visible: !empty

    Hairline { width: parent.width }
    GridLayout {
        id: row
        readonly property bool stacked: Theme.large && bar.secondaryText !== ""
            && (bar.backShown || bar.primaryText !== "") && !(Theme.landscape && !Theme.largest)
        x: Theme.margin
        y: 3 * Theme.u
        width: parent.width - 2 * Theme.margin
        columnSpacing: 2.5 * Theme.u
        rowSpacing: 2 * Theme.u
        Button {
            objectName: "back"
            visible: bar.backShown
            text: bar.backText
            glyph: "arrow-left"
            implicitHeight: Theme.primaryTarget
            Layout.row: row.stacked ? 1 : 0
            Layout.column: 0
            Layout.fillHeight: true
            Layout.fillWidth: bar.primaryText === "" && bar.secondaryText === ""
            Layout.maximumWidth: 0.45 * row.width
            onTapped: bar.back()
        }
        Button {
            objectName: "secondary"
            visible: bar.secondaryText !== ""
            text: bar.secondaryText
            glyph: bar.secondaryGlyph
            implicitHeight: Math.max(Theme.primaryTarget, implicitContentHeight + 3 * Theme.u)
            Layout.row: 0
            Layout.column: row.stacked ? 0 : 1
            Layout.columnSpan: row.stacked ? 3 : 1
            Layout.fillHeight: true
            Layout.fillWidth: true
            Layout.preferredWidth: 3
            onTapped: bar.secondary()
        }
        Button {
            id: go
            objectName: "primary"
            visible: bar.primaryText !== ""
            kind: "primary"
            text: bar.primaryText
            glyph: bar.primaryGlyph
            glyphLast: true
            enabled: bar.primaryEnabled
            Layout.row: row.stacked ? 1 : 0
            Layout.column: 2
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 5
            onTapped: bar.primary()
        }
        Item {
            visible: bar.primaryText === "" && bar.secondaryText === ""
            Layout.row: 0
            Layout.column: 1
            Layout.fillWidth: true
        }
    }
}
