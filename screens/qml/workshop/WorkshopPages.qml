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
    readonly property var word: ({
        "terminal": qsTr("Terminal"), "time": qsTr("Its time"), "disk": qsTr("Room on the disk"),
        "queue": qsTr("Waiting to be sent"), "state": qsTr("State"), "adapter": qsTr("Adapter"),
        "process": qsTr("Process"), "chain": qsTr("Chain of records"),
        "id_card_reader": qsTr("ID card reader"), "smart_card_reader": qsTr("Smart card reader"),
        "receipt_printer": qsTr("Receipt printer"), "document_printer": qsTr("Document printer"),
        "camera": qsTr("Camera"), "document_camera": qsTr("Document camera"), "scanner": qsTr("Code scanner"),
        "indicator_light": qsTr("Indicator lights"), "presence_sensor": qsTr("Presence sensor"),
        "power_supply": qsTr("Power supply"), "headset_jack": qsTr("Headset jack"),
        "line": qsTr("Cut the line to the portal"), "unplug": qsTr("Unplug a device"),
        "paper": qsTr("Take the paper out"), "tray": qsTr("Empty the tray"),
        "ca": qsTr("Certificate authority"), "certificate": qsTr("Certificate"), "name": qsTr("Name of the portal"),
        "connection": qsTr("Connection"), "tls": qsTr("Encryption"), "clock": qsTr("Clock"), "service": qsTr("The portal's answer"), "contract": qsTr("Contract"),
        "access": qsTr("Access"), "settings": qsTr("Settings from afar"),
        "notices.shown": qsTr("Notices on the first screen"), "presence.enabled": qsTr("Presence sensor is heard"),
        "scanner.keyboard": qsTr("Scanner types as a keyboard"), "screen.language": qsTr("Language at the start"),
        "screen.panel.lower_edge_mm": qsTr("Panel above the floor (mm)"),
        "screen.panel.distance_mm": qsTr("Eyes to panel (mm)"),
        "screen.panel.behind_obstruction": qsTr("One reaches over something"),
        "portal.connect_timeout_s": qsTr("Wait for a connection (s)"),
        "portal.read_timeout_s": qsTr("Wait for an answer (s)"),
        "power.min_charge_percent": qsTr("No new errand below (% of battery)"),
        "power.min_runtime_s": qsTr("No new errand below (s of battery)"),
        "queue.max_items": qsTr("Most items kept waiting"), "queue.max_age_h": qsTr("Longest wait (h)"),
        "queue.min_free_mib": qsTr("Room left on the disk (MiB)") })
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

    readonly property var sources: ({ "default": qsTr("as shipped"), "technician": qsTr("changed here") })

    function said(row) { return row.kind === "" ? row.title : word[row.title] || row.title }

    title: detailed ? word[Workshop.chosen] || Workshop.chosen : names[Workshop.page]
    subtitle: setting ? effects[Workshop.chosen] : ""
    backShown: detailed
    primaryText: qsTr("Sign out")
    primaryGlyph: "sign-out"
    secondaryText: Workshop.page === "changes" && Workshop.rows.length > 0 ? qsTr("Undo the newest") : qsTr("Refresh")
    onBack: Workshop.choose("")
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
                objectName: "page-" + modelData
                text: page.names[modelData]
                kind: Workshop.page === modelData ? "primary" : "soft"
                implicitHeight: Theme.target
                onTapped: Workshop.go(modelData)
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
    WorkshopSetting { visible: page.setting; sources: page.sources; row: page.setting ? page.chosenRow : null; Layout.fillWidth: true }
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
                    objectName: "row-" + entry.modelData.key
                    text: page.said(entry.modelData)
                    hint: page.sources[entry.modelData.hint] || entry.modelData.hint
                    note: entry.modelData.note
                    trailing: entry.modelData.trailing
                    arrow: entry.opens
                    enabled: entry.opens && !Workshop.busy
                    Layout.fillWidth: true
                    onTapped: Workshop.page === "drills" ? Workshop.drill(entry.modelData.key) : Workshop.choose(entry.modelData.key)
                }
            }
        }
    }
    Label { visible: Workshop.rows.length === 0 && !Workshop.busy; text: qsTr("Nothing here."); quiet: true; Layout.fillWidth: true }
}
