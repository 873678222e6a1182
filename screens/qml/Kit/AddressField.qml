import QtQuick
import QtQuick.Layouts

// An address: the place from the city down, chosen step by step, then street and number typed, with
// places offered that begin as what is typed.
ColumnLayout {
    id: address

    property string label: ""
    property string help: ""
    property string error: ""
    property bool optional: false
    // The places chosen so far, from the city down: [{ key, name }].
    property var path: []
    property var places: []
    property var offers: []
    property string line: ""
    // A street may be typed: the place is deep enough.
    property bool settled: false
    property bool filled: false
    property bool choosing: !settled
    signal opened(string code)
    signal edited(string line)
    signal completed(string code)
    signal cleared()
    signal focused(Item input)
    signal leaving()
    signal entered(Item input)

    spacing: 1.5 * Theme.u
    function enter() {
        if (settled)
            street.enter()
        else {
            choosing = true
            enterRows()
        }
    }

    // What was touched is gone as soon as another list stands there: all else is done from here.
    // By keys, the focus goes on to the first of them.
    function go(code, more, byKeys) {
        choosing = more
        opened(code)
        if (!more)
            street.enter()
        else if (byKeys)
            Qt.callLater(() => { if (address.choosing && rows.count > 0) address.enterRows() })
    }
    function enterRows() { rows.itemAt(0).forceActiveFocus(Qt.TabFocusReason) }
    function take(code, enough) {
        if (enough)
            choosing = false
        completed(code)
    }

    Label { text: address.optional ? qsTr("%1 (if you like)").arg(address.label) : address.label; strong: true; Layout.fillWidth: true }
    Label { visible: text !== ""; text: address.help; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
    // Each step taken so far; a touch goes back to it.
    Flow {
        visible: address.path.length > 0
        spacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            model: address.path
            Button {
                required property var modelData
                required property int index
                objectName: "address-step-" + modelData.key
                width: Math.min(implicitWidth, address.width)
                text: modelData.name
                glyph: index === 0 ? "map-pin" : ""
                kind: "secondary"
                Accessible.name: qsTr("%1, change it").arg(modelData.name)
                onTapped: address.go(index === 0 ? "" : address.path[index - 1].key, true, visualFocus)
            }
        }
    }
    GridLayout {
        Layout.bottomMargin: Theme.u
        visible: address.choosing
        columns: Theme.large ? 1 : 2
        columnSpacing: 2 * Theme.u
        rowSpacing: 2 * Theme.u
        Layout.fillWidth: true
        Repeater {
            id: rows
            model: some.shown
            ListRow {
                required property var modelData
                objectName: "address-" + modelData.key
                filled: true
                arrow: modelData.more
                text: modelData.name
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                onTapped: address.go(modelData.key, modelData.more, visualFocus)
            }
        }
    }
    Portion { id: some; all: address.choosing ? address.places : [] }
    Button {
        objectName: "addressGoOn"
        visible: address.choosing && address.settled
        text: qsTr("Not listed: type the rest")
        kind: "soft"
        glyph: "pencil-simple"
        Layout.fillWidth: true
        onTapped: { address.choosing = false; street.enter() }
    }
    Field {
        id: street
        objectName: address.objectName
        placeholder: qsTr("Street, number, building, flat")
        kind: ""
        text: address.line
        maxLength: 100
        error: address.error
        onEdited: text => address.edited(text)
        onFocused: input => address.focused(input)
        onLeaving: address.leaving()
        onEntered: address.entered(street.input)
    }
    GridLayout {
        visible: address.offers.length > 0
        columns: Theme.large ? 1 : 3
        columnSpacing: 2 * Theme.u
        rowSpacing: Theme.u
        Layout.fillWidth: true
        Repeater {
            model: address.offers
            Button {
                required property var modelData
                required property int index
                objectName: "address-offer-" + index
                text: modelData.name
                kind: "soft"
                Accessible.name: qsTr("Take %1").arg(modelData.name)
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                onTapped: address.take(modelData.key, modelData.enough)
            }
        }
    }
    Button {
        objectName: "addressClear"
        visible: address.optional && address.filled
        text: qsTr("Leave empty")
        glyph: "eraser"
        Layout.fillWidth: true
        onTapped: { address.choosing = true; address.cleared() }
    }
}
