import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

Screen {
    id: screen
    required property var vm
    title: vm.name
    subtitle: vm.summary
    primaryText: !vm.possible ? qsTr("Ask staff") : vm.kind === "query" ? qsTr("Look it up") : vm.kind === "pay" ? qsTr("See what is due")
               : vm.kind === "print" ? qsTr("Get the proof") : vm.kind === "appointment" ? qsTr("Book a time") : qsTr("Start")
    primaryGlyph: vm.possible ? "arrow-right" : "headset"
    onBack: Session.back()
    onPrimary: if (vm.possible) vm.go_on(); else Session.help()
    // On a low screen with large text: what it takes on the left, what to bring on the right.
    readonly property bool low: Theme.landscape && Theme.large && !lifted
    smallTitle: low
    // Beside the page: the two short answers, and the picture the service had on its tile.
    aside: twoPane ? beside : null
    Component {
        id: beside
        ColumnLayout {
            id: side
            Facts { id: answers; rows: screen.brief }
            Item { Layout.fillHeight: true }
            Icon { visible: side.height > answers.implicitHeight + height + 2 * Theme.gap; name: screen.vm.icon; size: 26 * Theme.u; color: Theme.watermark }
        }
    }

    readonly property var brief: [
        { label: qsTr("How long"), value: vm.days === 0 ? qsTr("At once") : vm.calendarDays ? qsTr("At most %n days, weekends included", "", vm.days) : qsTr("At most %n working days", "", vm.days), strong: true },
        { label: qsTr("Cost"), value: vm.fee !== "" ? vm.fee : qsTr("Free"), strong: true },
    ]
    readonly property var papers: vm.materials.filter(material => !material.fromCard)
    readonly property var onCard: vm.materials.filter(material => material.fromCard)

    function level(key) {
        switch (key) {
        case "city": return qsTr("the city")
        case "district": return qsTr("the district")
        case "town": return qsTr("the town or subdistrict")
        case "village": return qsTr("the village or community")
        }
        return key
    }

    GridLayout {
        columns: screen.low ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            Banner {
                objectName: "availability"
                glyph: screen.vm.possible && !screen.vm.limited ? "check-circle" : "warning-circle"
                tone: screen.vm.possible && !screen.vm.limited ? "ok" : "warn"
                text: screen.vm.note !== "" ? screen.vm.note : qsTr("Can be done here, now")
                detail: screen.vm.wayOut !== "" ? screen.vm.wayOut : qsTr("about %n min", "", screen.vm.minutes)
            }
            Loader { active: screen.low; visible: active; sourceComponent: handled; Layout.fillWidth: true }
        }
        ColumnLayout {
            spacing: Theme.gap
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            Layout.alignment: Qt.AlignTop
            Label { text: qsTr("What to bring"); strong: true; Layout.fillWidth: true; Layout.bottomMargin: -Theme.u }
            Card {
                padding: (screen.low ? 3 : 4.5) * Theme.u
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
                Need { visible: screen.vm.needsCard && screen.onCard.length === 0; glyph: "identification-card"; text: qsTr("Your ID card"); hint: qsTr("Laid on the reader; nothing to copy") }
                // What is read from a card is that card: named as the service names it, and once.
                Repeater {
                    model: screen.onCard
                    Need {
                        required property var modelData
                        glyph: "identification-card"
                        text: modelData.name
                        hint: qsTr("Laid on the reader; nothing to copy")
                    }
                }
                Repeater {
                    model: screen.papers
                    Need {
                        required property var modelData
                        glyph: "file-text"
                        text: modelData.name
                        hint: [modelData.hint, modelData.scanned ? qsTr("Laid under the camera here; the paper stays yours") : "",
                               modelData.optional ? qsTr("Only if you have it") : ""].filter(words => words !== "").join("\n")
                    }
                }
                Label { visible: !screen.vm.needsCard && screen.vm.materials.length === 0; text: qsTr("Nothing"); Layout.fillWidth: true }
                Hairline { visible: todo.visible; Layout.fillWidth: true }
                Label { id: todo; visible: screen.vm.needsFace || screen.vm.needsPlace || screen.vm.needsSignature; text: qsTr("What you do here"); strong: true; Layout.fillWidth: true }
                Need { visible: screen.vm.needsPlace; glyph: "map-pin"; text: qsTr("Say where your matter belongs") }
                Need { visible: screen.vm.needsFace; glyph: "user-focus"; text: qsTr("Look at the camera"); hint: qsTr("Or staff check you instead. The picture is not kept.") }
                Need { visible: screen.vm.needsSignature; glyph: "pen-nib"; text: qsTr("Sign on the screen") }
            }
        }
    }
    Loader { active: !screen.low; visible: active; sourceComponent: handled; Layout.fillWidth: true }
    Component {
        id: handled
        Card {
            padding: (screen.low ? 2.5 : 4.5) * Theme.u
            Facts {
                Layout.fillWidth: true
                rows: {
                    const rows = [{ label: qsTr("Who handles it"), value: screen.vm.department }]
                    if (screen.vm.belongs !== "")
                        rows.unshift({ label: qsTr("Where it belongs"), value: screen.vm.belongs, strong: true })
                    if (screen.vm.levels.length > 0)
                        rows.push({ label: qsTr("Decided by"), value: screen.vm.levels.map(screen.level).join(qsTr(", ")) })
                    return screen.twoPane ? rows : screen.brief.concat(rows)
                }
            }
        }
    }
}
