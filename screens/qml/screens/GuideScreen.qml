import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.name
    subtitle: vm.summary
    primaryText: !vm.possible ? "" : vm.kind === "query" ? qsTr("Look it up") : vm.kind === "pay" ? qsTr("See what is due")
               : vm.kind === "print" ? qsTr("Get the proof") : vm.kind === "appointment" ? qsTr("Book a time") : qsTr("Start")
    secondaryText: vm.possible ? "" : qsTr("Ask staff")
    secondaryGlyph: "headset"
    onBack: Session.back()
    onPrimary: vm.go_on()
    onSecondary: Session.help()
    aside: Component {
        Item {
            implicitHeight: screen.twoPane ? 0 : 0
            visible: screen.twoPane
            Icon { anchors.left: parent.left; anchors.bottom: parent.bottom; name: screen.vm.icon; size: 26 * Theme.u; color: Theme.watermark }
        }
    }

    function level(key) {
        switch (key) {
        case "city": return qsTr("the city")
        case "district": return qsTr("the district")
        case "town": return qsTr("the town or subdistrict")
        case "village": return qsTr("the village or community")
        }
        return key
    }

    Banner {
        objectName: "availability"
        glyph: screen.vm.possible && !screen.vm.limited ? "check-circle" : "warning-circle"
        tone: screen.vm.possible && !screen.vm.limited ? "ok" : "warn"
        text: screen.vm.note !== "" ? screen.vm.note : qsTr("Can be done here, now")
        detail: screen.vm.wayOut !== "" ? screen.vm.wayOut : qsTr("about %n min", "", screen.vm.minutes)
    }
    Card {
        Facts {
            Layout.fillWidth: true
            rows: {
                const rows = [{ label: qsTr("Who handles it"), value: screen.vm.department }]
                if (screen.vm.belongs !== "")
                    rows.unshift({ label: qsTr("Where it belongs"), value: screen.vm.belongs, strong: true })
                if (screen.vm.levels.length > 0)
                    rows.push({ label: qsTr("Decided by"), value: screen.vm.levels.map(screen.level).join(qsTr(", ")) })
                rows.push({ label: qsTr("How long"), value: screen.vm.days === 0 ? qsTr("At once") : qsTr("At most %n working days", "", screen.vm.days) })
                rows.push({ label: qsTr("Cost"), value: screen.vm.fee !== "" ? screen.vm.fee : qsTr("Free") })
                return rows
            }
        }
    }
    Label { text: qsTr("What you need"); strong: true; Layout.fillWidth: true; Layout.bottomMargin: -Theme.u }
    Card {
        component Need: RowLayout {
            id: need
            property string glyph
            property string text
            property string hint: ""
            spacing: 2.5 * Theme.u
            Layout.fillWidth: true
            Icon { name: need.glyph; size: 6 * Theme.u }
            ColumnLayout {
                spacing: 0
                Layout.fillWidth: true
                Label { text: need.text; Layout.fillWidth: true }
                Label { visible: text !== ""; text: need.hint; quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
            }
        }
        Need { visible: screen.vm.needsCard; glyph: "identification-card"; text: qsTr("Your ID card"); hint: qsTr("Laid on the reader; nothing to copy") }
        Need { visible: screen.vm.needsFace; glyph: "user-focus"; text: qsTr("A look at the camera"); hint: qsTr("Or staff check you instead. The picture is not kept.") }
        Need { visible: screen.vm.needsPlace; glyph: "map-pin"; text: qsTr("To know where your matter belongs") }
        Need { visible: screen.vm.needsSignature; glyph: "pen-nib"; text: qsTr("Your signature on the screen") }
        Repeater {
            model: screen.vm.materials
            Need {
                required property var modelData
                glyph: modelData.fromCard ? "check-circle" : "file-text"
                text: modelData.name
                hint: modelData.fromCard ? qsTr("Read from your card, no paper needed") : 
                    [modelData.hint, modelData.scanned ? qsTr("Laid under the camera here; the paper stays yours") : "",
                     modelData.optional ? qsTr("Only if you have it") : ""].filter(words => words !== "").join("\n")
            }
        }
        Label { visible: !screen.vm.needsCard && screen.vm.materials.length === 0; text: qsTr("Nothing"); Layout.fillWidth: true }
    }
}
