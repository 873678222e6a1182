import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// A page of rows, and what can be done with the one that was chosen.
Screen {
    id: page

    readonly property bool detailed: Workshop.chosen !== ""
    readonly property bool setting: detailed && Workshop.page === "settings"
    readonly property var names: ({
        "overview": qsTr("Overview"), "devices": qsTr("Devices"), "drills": qsTr("Drills"),
        "queue": qsTr("Queue"), "network": qsTr("Network"), "settings": qsTr("Settings"),
        "changes": qsTr("Changes"), "log": qsTr("Log"), "audit": qsTr("Audit") })
    readonly property var effects: ({
        "notices.shown": qsTr("The portal's notices to everybody stand on the first screen."),
        "presence.enabled": qsTr("Off: who goes away is noticed by the idle clock alone."),
        "scanner.keyboard": qsTr("For scanners that type what they read. A serial scanner is better."),
        "screen.language": qsTr("Each visit begins in this language; residents may choose another."),
        "screen.panel.lower_edge_mm": qsTr("Low reach is measured by it."),
        "screen.panel.distance_mm": qsTr("The sizes of words are measured by it."),
        "screen.panel.behind_obstruction": qsTr("Low reach then means 1120 mm instead of 1220 mm."),
        "portal.connect_timeout_s": qsTr("Longer for slow lines; residents wait as long at most."),
        "portal.read_timeout_s": qsTr("Longer for slow lines; residents wait as long at most."),
        "power.min_charge_percent": qsTr("On battery below this, only what began is finished."),
        "power.min_runtime_s": qsTr("On battery below this, only what began is finished."),
        "queue.max_items": qsTr("Beyond it nothing more is taken for later; nothing is ever thrown away."),
        "queue.max_age_h": qsTr("Once the oldest waits longer, nothing more is taken for later."),
        "queue.min_free_mib": qsTr("With less room nothing more is taken for later.") })
    readonly property var chosenRow: {
        for (const row of Workshop.rows)
            if (row.key === Workshop.chosen)
                return row
        return null
    }

    // The row that was opened by keys: they go on there afterwards.
    property string opened: ""

    function step(row) {
        opened = row.visualFocus ? row.key : ""
        if (Workshop.page === "drills")
            Workshop.drill(row.key)
        else
            Workshop.choose(row.key)
    }

    WorkshopWords { id: words }

    title: detailed ? words.said(Workshop.title) : names[Workshop.page]
    subtitle: setting ? effects[Workshop.chosen] : ""
    backShown: detailed
    primaryText: qsTr("Sign out")
    primaryGlyph: "sign-out"
    secondaryText: Workshop.page === "changes" && Workshop.rows.length > 0 ? qsTr("Undo the newest") : qsTr("Refresh")
    onBack: Workshop.choose("")
    Keys.onEscapePressed: if (detailed) Workshop.choose("")
    // The page buttons' numbers; where a number is typed, its digits.
    Keys.onPressed: event => {
        const pages = Object.keys(names)
        if (setting)
            event.accepted = editor.type(event)
        else if (event.text >= "1" && event.text <= String(pages.length)) {
            event.accepted = true
            Workshop.go(pages[Number(event.text) - 1])
        }
    }
    onPrimary: Workshop.leave()
    onSecondary: Workshop.page === "changes" && Workshop.rows.length > 0 ? Workshop.undo() : Workshop.refresh()

    Flow {
        visible: !page.detailed
        spacing: Theme.gap
        Layout.fillWidth: true
        Repeater {
            model: Object.keys(page.names)
            Button {
                required property string modelData
                required property int index
                objectName: "page-" + modelData
                text: (index + 1) + " " + page.names[modelData]
                Accessible.name: page.names[modelData]
                kind: Workshop.page === modelData ? "primary" : "soft"
                implicitHeight: Math.max(Theme.target, implicitContentHeight + 2 * Theme.u)
                onTapped: {
                    page.opened = ""
                    Workshop.go(modelData)
                }
            }
        }
    }
    Banner { visible: Workshop.said !== ""; glyph: "hand-pointing"; text: Workshop.said; spinning: true }
    Banner { visible: Workshop.result !== ""; glyph: "info"; text: Workshop.result; tone: Workshop.result.startsWith("✗") ? "warn" : "ok" }
    Banner {
        visible: text !== ""
        glyph: "warning"
        tone: "warn"
        text: Workshop.error === "technician.not_allowed" ? qsTr("This account may not do that.") : Workshop.error
    }
    Banner { visible: Workshop.busy && Workshop.said === ""; spinning: true; text: qsTr("One moment …") }
    WorkshopSetting { id: editor; visible: page.setting; words: words; row: page.setting ? page.chosenRow : null; Layout.fillWidth: true }
    RowLayout {
        visible: page.detailed && Workshop.page === "devices"
        spacing: Theme.gap
        Button { objectName: "try"; text: qsTr("Try it"); enabled: !Workshop.busy; kind: "soft"; Layout.fillWidth: true; onTapped: Workshop.try_device() }
        Button { objectName: "restart"; text: qsTr("Start it afresh"); enabled: !Workshop.busy; kind: "soft"; Layout.fillWidth: true; onTapped: Workshop.restart_device() }
    }
    Button { objectName: "retry"; visible: page.detailed && Workshop.page === "queue"; text: qsTr("Send it now"); enabled: !Workshop.busy; kind: "soft"; Layout.fillWidth: true; onTapped: Workshop.retry() }
    Button { objectName: "stop"; visible: Workshop.page === "drills" && Workshop.said !== ""; text: qsTr("Give up the drill"); Layout.fillWidth: true; onTapped: Workshop.stop_drill() }
    ColumnLayout {
        visible: !page.setting
        spacing: 0
        Layout.fillWidth: true
        Repeater {
            model: Workshop.rows
            ColumnLayout {
                id: entry
                required property var modelData
                required property int index
                readonly property bool opens: !page.detailed && modelData.key !== ""
                    && ["devices", "drills", "queue", "settings"].includes(Workshop.page)
                spacing: 0
                Layout.fillWidth: true
                Hairline { visible: entry.index > 0 }
                ListRow {
                    id: line
                    readonly property string key: entry.modelData.key
                    objectName: "row-" + key
                    text: words.said(entry.modelData.title)
                    hint: words.said(entry.modelData.hint)
                    note: words.said(entry.modelData.note)
                    elsewhere: (note !== "" && hint !== "" ? hint + "\n" : "") + entry.modelData.code
                    trailing: words.said(entry.modelData.trailing)
                    arrow: entry.opens
                    enabled: entry.opens && !Workshop.busy
                    Layout.fillWidth: true
                    onTapped: page.step(line)
                    Component.onCompleted: if (entry.opens && key === page.opened) forceActiveFocus(Qt.TabFocusReason)
                }
            }
        }
    }
    Label { visible: Workshop.rows.length === 0 && !Workshop.busy; text: qsTr("Nothing here."); quiet: true; Layout.fillWidth: true }
}
