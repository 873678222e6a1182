import QtQml

// What the workshop's keys mean, as a technician says it. A key without words stands for itself.
QtObject {
    readonly property var of: ({
        "terminal": qsTr("Terminal"), "time": qsTr("Its time"), "disk": qsTr("Room on the disk"),
        "queue": qsTr("Waiting to be sent"), "state": qsTr("State"), "adapter": qsTr("Driver"),
        "process": qsTr("Process"), "chain": qsTr("Chain of records"), "broken": qsTr("The chain is broken here"),
        "portal": qsTr("Government platform"),

        // kinds of devices
        "id_card_reader": qsTr("ID card reader"), "smart_card_reader": qsTr("Smart card reader"),
        "receipt_printer": qsTr("Receipt printer"), "document_printer": qsTr("Document printer"),
        "camera": qsTr("Camera"), "document_camera": qsTr("Document camera"), "scanner": qsTr("Code scanner"),
        "indicator_light": qsTr("Indicator lights"), "presence_sensor": qsTr("Presence sensor"),
        "power_supply": qsTr("Power supply"), "headset_jack": qsTr("Headset jack"),

        // states of devices
        "online": qsTr("online"), "offline": qsTr("no answer"), "powerOff": qsTr("switched off"),
        "noDevice": qsTr("not there"), "hardwareError": qsTr("broken"), "userError": qsTr("needs a hand"),
        "deviceBusy": qsTr("at work"),
        "card present": qsTr("card in it"), "card absent": qsTr("no card"), "card jammed": qsTr("card jammed"),
        "card entering": qsTr("card on its way in"), "card unknown": qsTr("card: not known"),
        "person present": qsTr("somebody there"), "person absent": qsTr("nobody there"),
        "person unknown": qsTr("person: not known"),
        "headset present": qsTr("headset in"), "headset absent": qsTr("no headset"),
        "headset unknown": qsTr("headset: not known"),
        "sheet present": qsTr("sheet in it"), "sheet absent": qsTr("no sheet"), "sheet jammed": qsTr("paper jam"),
        "sheet entering": qsTr("sheet on its way"), "sheet unknown": qsTr("sheet: not known"),
        "paper full": qsTr("paper enough"), "paper low": qsTr("paper low"), "paper out": qsTr("paper out"),
        "paper unknown": qsTr("paper: not known"),
        "toner full": qsTr("toner enough"), "toner low": qsTr("toner low"), "toner out": qsTr("toner out"),
        "toner unknown": qsTr("toner: not known"),

        // drills
        "line": qsTr("Cut the line to the portal"), "unplug": qsTr("Unplug a device"),
        "paper": qsTr("Take the paper out"), "tray": qsTr("Empty the tray"),

        // the line to the portal
        "ca": qsTr("Certificate authority"), "certificate": qsTr("Certificate"), "name": qsTr("Name of the portal"),
        "connection": qsTr("Connection"), "tls": qsTr("Encryption"), "clock": qsTr("Clock"), "service": qsTr("The portal's answer"), "contract": qsTr("Contract"),
        "access": qsTr("Access"), "settings": qsTr("Settings from afar"),

        // the outbox: what is sent, where it stands, what happened
        "case": qsTr("Application"), "evaluation": qsTr("Rating"), "supplement": qsTr("What was missing"),
        "withdrawal": qsTr("Withdrawal"), "draft": qsTr("Kept for elsewhere"),
        "queued": qsTr("waiting"), "in_flight": qsTr("being sent"), "unknown": qsTr("answer missing"),
        "delivered": qsTr("delivered"), "rejected": qsTr("refused"), "dead": qsTr("stuck"),
        "withdrawn": qsTr("withdrawn"),
        "accepted": qsTr("Taken here"), "retried": qsTr("Sent anew by hand"), "answer": qsTr("Answered"),
        "handed_back": qsTr("Not got through"), "asked": qsTr("Asked about"), "sent": qsTr("Sent"),
        "exported": qsTr("Exported"), "recovered": qsTr("Found after a restart"), "erased": qsTr("Body erased"),
        "upload_ended": qsTr("Upload given up"), "told": qsTr("Portal told how it ended"),

        // settings, and where a value comes from
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
        "queue.min_free_mib": qsTr("Room left on the disk (MiB)"),
        "default": qsTr("as shipped"), "technician": qsTr("changed here"), "afar": qsTr("from afar"),
        "command line": qsTr("from the command line"),
        "trim citizen-window": qsTr("of this model"), "trim smart-teller": qsTr("of this model"),
        "trim demo": qsTr("of the demonstration"),

        // log and audit
        "WARNING": qsTr("Warning"), "ERROR": qsTr("Error"), "CRITICAL": qsTr("Serious error"),
        "technician.signed_in": qsTr("Technician signed in"), "technician.signed_out": qsTr("Technician signed out"),
        "technician.refused": qsTr("Sign-in refused"), "technician.locked": qsTr("Number locked"),
        "technician.device_tried": qsTr("Device tried"), "technician.device_restarted": qsTr("Device started afresh"),
        "technician.item_retried": qsTr("Item sent now"), "technician.drilled": qsTr("Drill"),
        "technician.setting_changed": qsTr("Setting changed"), "technician.setting_undone": qsTr("Change undone"),
        "visit.started": qsTr("Visit began"), "visit.ended": qsTr("Visit ended"),
        "visit.broken_off": qsTr("Visit broken off"), "visit.idle_warned": qsTr("Idle warning"),
        "visit.rated": qsTr("Rated"), "visit.headset": qsTr("Headset in or out"),
        "staff.vouched": qsTr("Staff vouched for somebody"), "staff.called": qsTr("Staff called"),
        "staff.call_ended": qsTr("Call of staff ended"), "power.changed": qsTr("Power changed"),
        "power.shutdown_asked": qsTr("Shutting down"), "power.shutdown_off": qsTr("Shutdown called off"),
        "power.shutdown_failed": qsTr("Shutdown failed"), "power.closed": qsTr("Closed for want of power") })

    // A cell of a row: words as they are, or keys.
    function said(cell) {
        return typeof cell === "string" ? cell : Array.from(cell).map(key => of[key] || key).join(" · ")
    }
}
