import QtQuick
import QtQuick.Layouts

// Back on the left, the one next step on the right, always in the same place. At large text the
// second action gets a row of its own above.
Rectangle {
    id: bar

    property bool backShown: false
    property string backText: ""
    property string primaryText: ""
    property string primaryGlyph: ""
    property bool primaryEnabled: true
    property string secondaryText: ""
    property string secondaryGlyph: ""
    property bool asleep: false
    readonly property bool empty: asleep || (!backShown && primaryText === "" && secondaryText === "")
    readonly property bool stacked: Theme.large && secondaryText !== ""
        && (backShown || primaryText !== "") && !Theme.landscape
    signal back()
    signal primary()
    signal secondary()

    color: Theme.surface
    implicitHeight: empty ? 0 : column.implicitHeight + 6 * Theme.u
    visible: !empty

    component Second: Button {
        objectName: "secondary"
        text: bar.secondaryText
        glyph: bar.secondaryGlyph
        implicitHeight: Math.max(Theme.primaryTarget, implicitContentHeight + 3 * Theme.u)
        Layout.fillWidth: true
        onTapped: bar.secondary()
    }

    Hairline { width: parent.width }
    ColumnLayout {
        id: column
        x: Theme.margin
        y: 3 * Theme.u
        width: parent.width - 2 * Theme.margin
        spacing: 2 * Theme.u
        Second { visible: bar.stacked }
        RowLayout {
            id: row
            spacing: 2.5 * Theme.u
            Layout.fillWidth: true
            Button {
                objectName: "back"
                visible: bar.backShown
                text: bar.backText
                glyph: "arrow-left"
                implicitHeight: Theme.primaryTarget
                Layout.fillHeight: true
                Layout.fillWidth: bar.primaryText === "" && bar.secondaryText === ""
                Layout.maximumWidth: 0.45 * column.width
                onTapped: bar.back()
            }
            Second {
                visible: bar.secondaryText !== "" && !bar.stacked
                Layout.fillHeight: true
                Layout.preferredWidth: 3
            }
            Button {
                objectName: "primary"
                visible: bar.primaryText !== ""
                kind: "primary"
                text: bar.primaryText
                glyph: bar.primaryGlyph
                glyphLast: true
                enabled: bar.primaryEnabled
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 5
                onTapped: bar.primary()
            }
            Item {
                visible: bar.primaryText === "" && (bar.secondaryText === "" || bar.stacked)
                Layout.fillWidth: true
            }
        }
    }
}
