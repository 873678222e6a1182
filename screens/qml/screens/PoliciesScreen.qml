import QtQuick
import QtQuick.Layouts
import Citizen
import Kit

// What fits an enterprise: the surest first; one of them opened tells all of it, and what is to be done.
Screen {
    id: screen
    required property var vm
    readonly property var policy: vm.opened
    readonly property bool one: policy.code !== undefined
    readonly property bool listed: !vm.busy && !one
    readonly property int all: vm.fits.length + vm.possible.length + vm.others.length
    readonly property string paper: vm.receipt.state || "none"
    readonly property bool printing: ["fetching", "printing", "waiting"].includes(paper)
    title: one ? policy.name : vm.title
    subtitle: vm.busy ? "" : one ? standing(policy)
            : vm.fits.length > 0 && vm.possible.length === 0 ? qsTr("%n fits. As published on %1.", "", vm.fits.length).arg(vm.asOf)
            : vm.fits.length > 0 ? qsTr("%n fits, %1 may fit. As published on %2.", "", vm.fits.length).arg(vm.possible.length).arg(vm.asOf)
            : vm.possible.length > 0 ? qsTr("%1 may fit. As published on %2.").arg(vm.possible.length).arg(vm.asOf)
            : qsTr("None of those published until %1 fits.").arg(vm.asOf)
    centred: vm.busy
    primaryText: vm.busy ? "" : one ? (policy.applies ? qsTr("Apply for it") : "") : qsTr("Done")
    // While its card tells of the slip, it is asked for there or not at all.
    secondaryText: vm.busy || printing || ["doubtful", "failed"].includes(paper) ? "" : qsTr("Print")
    secondaryGlyph: "printer"
    onBack: Session.back()
    onPrimary: one ? vm.apply() : vm.proceed()
    onSecondary: if (!printing) vm.print_found()
    // A policy is read from its top; the list goes on where it was left.
    property Item openedFrom: null
    property real listAt: -1
    onOneChanged: {
        if (!one && openedFrom) {
            returning.restart()
            return
        }
        scroller.flickable.contentY = 0
        scroller.forceActiveFocus()
    }
    Timer {
        id: returning
        interval: 0
        onTriggered: {
            if (!screen.openedFrom)
                return
            screen.openedFrom.forceActiveFocus()
            screen.resume()
        }
    }
    Connections {
        target: screen.scroller.flickable
        function onContentHeightChanged() { screen.resume() }
    }
    // Once the list is laid out again, and only then.
    function resume() {
        const list = scroller.flickable
        if (one || listAt < 0 || returning.running || Math.max(0, list.contentHeight - list.height) < listAt - 1)
            return
        list.contentY = listAt
        listAt = -1
    }

    function standing(policy) {
        return policy.fit === "yes" ? (policy.automatic ? qsTr("It fits, and you have it without applying.") : qsTr("It fits. It has to be applied for."))
             : policy.fit === "possible" ? qsTr("It may fit. That depends on: %1.").arg(policy.asked)
             : qsTr("It does not fit, because of: %1.").arg(policy.asked)
    }
    function until(policy) {
        return policy.until === "" ? qsTr("no last day") : qsTr("until %1").arg(lastDay(policy))
    }
    function lastDay(policy) {
        return policy.days >= 0 && policy.days <= 60 ? qsTr("%1 (%n day left)", "", policy.days).arg(policy.until) : policy.until
    }

    component Group: Card {
        id: group
        property string title: ""
        property var rows: []
        property string glyph: "check-circle"
        // Hidden and not unmade while one is opened: that is where one comes back to.
        visible: screen.listed && rows.length > 0
        padding: 1.5 * Theme.u
        Label {
            text: group.title
            strong: true
            Layout.fillWidth: true
            Layout.leftMargin: 3 * Theme.u
            Layout.topMargin: 2 * Theme.u
        }
        Repeater {
            model: group.rows
            ColumnLayout {
                id: entry
                required property var modelData
                required property int index
                spacing: Theme.u
                Layout.fillWidth: true
                Hairline { visible: entry.index > 0; Layout.leftMargin: 3 * Theme.u; Layout.rightMargin: 3 * Theme.u }
                ListRow {
                    id: line
                    objectName: "policy-" + entry.modelData.code
                    text: entry.modelData.name
                    hint: entry.modelData.gives
                    elsewhere: entry.modelData.fit === "possible" ? qsTr("Depends on: %1").arg(entry.modelData.asked)
                        : entry.modelData.fit === "no" ? qsTr("Because of: %1").arg(entry.modelData.asked)
                        : (entry.modelData.automatic ? qsTr("nothing to apply for") : qsTr("to be applied for")) + " · " + screen.until(entry.modelData)
                    glyph: group.glyph
                    Layout.fillWidth: true
                    onTapped: {
                        screen.openedFrom = line
                        screen.listAt = screen.scroller.flickable.contentY
                        screen.vm.look_at(entry.modelData.code)
                    }
                }
            }
        }
    }

    Busy { visible: screen.vm.busy; text: qsTr("Comparing with what is published"); Layout.fillWidth: true }
    PrintCard {
        visible: !screen.vm.busy && screen.paper !== "none"
        job: screen.vm.receipt
        coded: false
        Layout.fillWidth: true
        onWanted: screen.vm.print_found()
        onDropped: screen.vm.drop_slip()
    }
    Group { title: qsTr("Fit"); rows: screen.vm.fits }
    Group { title: qsTr("May fit"); rows: screen.vm.possible; glyph: "question" }
    Button {
        visible: screen.listed && screen.vm.others.length > 0 && screen.vm.others.length < screen.all
        objectName: "others"
        text: screen.vm.othersShown ? qsTr("Hide what does not fit") : qsTr("%n does not fit: show it", "", screen.vm.others.length)
        glyph: screen.vm.othersShown ? "caret-up" : "caret-down"
        kind: "soft"
        Layout.fillWidth: true
        onTapped: screen.vm.show_others()
    }
    Group { title: qsTr("Don't fit"); rows: screen.vm.othersShown ? screen.vm.others : []; glyph: "minus-circle" }
    Button {
        visible: screen.listed
        objectName: "remind"
        text: qsTr("Tell me of new ones, and of last days")
        glyph: "bell"
        kind: "soft"
        Layout.fillWidth: true
        onTapped: screen.vm.remind()
    }
    Label {
        visible: screen.listed
        text: qsTr("Matched to your answers. Whether your business gets it is decided by the authority.")
        quiet: true
        font.pixelSize: Theme.caption
        Layout.fillWidth: true
    }

    Card {
        visible: screen.one && screen.policy.questions.length > 0
        Label {
            text: screen.policy.fit === "no" ? qsTr("Your answers that rule it out. Touch one to change it.") : qsTr("Answer what decides it:")
            strong: true
            Layout.fillWidth: true
        }
        Repeater {
            model: screen.one ? screen.policy.questions : []
            ListRow {
                required property var modelData
                objectName: "question-" + modelData.name
                text: modelData.label
                glyph: "pencil-simple"
                Layout.fillWidth: true
                onTapped: screen.vm.answer(modelData.name)
            }
        }
    }
    Card {
        visible: screen.one
        official: true
        Facts {
            Layout.fillWidth: true
            rows: !screen.one ? [] : [
                { label: qsTr("What it gives"), value: screen.policy.gives, strong: true },
                { label: qsTr("What to do"), value: screen.policy.automatic ? qsTr("Nothing: whoever it fits has it without applying.") : qsTr("Apply, here or at the counter.") },
                { label: qsTr("Until"), value: screen.policy.until === "" ? qsTr("no last day") : screen.lastDay(screen.policy) },
                { label: qsTr("Authority"), value: screen.policy.authority },
                { label: qsTr("Basis"), value: screen.policy.basis },
            ].filter(row => screen.policy.fit !== "no" || row.label !== qsTr("What to do"))
        }
    }
}
