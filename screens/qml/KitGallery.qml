import QtQuick
import QtQuick.Layouts
import Citizen
import Kit
import "overlays"

// The parts that screens are made of, in all their states. For those who build screens; what is
// written here is sample text, so it stands outside the translations.
Item {
    id: root
    property var fonts: ["", ""]
    property bool inReach: false
    readonly property bool zh: Session.language.startsWith("zh")
    readonly property var sections: ["buttons", "rows", "fields", "keypad", "keyboard", "news", "facts", "paper", "camera", "sheet", "drawings", "troubles"]
    property string section: "buttons"
    readonly property Item flickable: scroll.flickable

    function say(chinese, english) { return zh ? chinese : english }

    Dress { window: root; fonts: root.fonts; inReach: root.inReach }
    Rectangle { anchors.fill: parent; color: Theme.paper }

    component State: Label { quiet: true; font.pixelSize: Theme.caption; Layout.fillWidth: true }
    component Looks: GridLayout {
        columns: Theme.large ? 1 : 2
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        Layout.fillWidth: true
    }

    Flow {
        id: menu
        x: Theme.margin
        y: 3 * Theme.u
        width: parent.width - 2 * Theme.margin
        spacing: 2 * Theme.u
        Repeater {
            model: root.sections
            Button {
                required property string modelData
                text: modelData
                textSize: Theme.caption
                quick: true
                kind: root.section === modelData ? "primary" : "secondary"
                onTapped: root.section = modelData
            }
        }
        Button { text: Session.nextLanguage; kind: "soft"; textSize: Theme.caption; onTapped: Session.switchLanguage() }
        Button { text: "Aa"; kind: "soft"; textSize: Theme.caption; onTapped: Session.turnTextSize() }
        Button { text: "◐"; kind: "soft"; textSize: Theme.caption; Accessible.name: "contrast"; onTapped: Session.turnContrast() }
        Button { text: "▮▮"; kind: "soft"; textSize: Theme.caption; Accessible.name: "motion"; onTapped: Session.setReducedMotion(!Session.reducedMotion) }
    }
    Scroller {
        id: scroll
        anchors { left: parent.left; right: parent.right; top: menu.bottom; bottom: parent.bottom; topMargin: 2 * Theme.u }
        Loader {
            sourceComponent: ({ buttons, rows, fields, keypad, keyboard, news, facts, paper, camera, sheet, drawings, troubles })[root.section]
            Layout.fillWidth: true
        }
    }

    readonly property Component buttons: Looks {
        Repeater {
            model: ["primary", "secondary", "soft", "quiet"]
            ColumnLayout {
                id: kinds
                required property string modelData
                Layout.fillWidth: true
                spacing: 2 * Theme.u
                State { text: kinds.modelData }
                Button { kind: kinds.modelData; text: root.say("打印证明", "Print the proof"); glyph: "printer"; Layout.fillWidth: true }
                State { text: "pressed · focused · disabled" }
                Button { kind: kinds.modelData; text: root.say("打印证明", "Print the proof"); down: true; Layout.fillWidth: true }
                Button { kind: kinds.modelData; text: root.say("打印证明", "Print the proof"); ringed: true; Layout.fillWidth: true }
                Button { kind: kinds.modelData; text: root.say("打印证明", "Print the proof"); enabled: false; Layout.fillWidth: true }
            }
        }
    }
    readonly property Component rows: ColumnLayout {
        spacing: Theme.gap
        Looks {
            Tile { text: root.say("社会保险参保证明", "Proof of insurance"); glyph: "identification-card"; caption: root.say("约 1 分钟", "about 1 min"); Layout.fillWidth: true }
            Tile { text: root.say("社会保险参保证明", "Proof of insurance"); glyph: "identification-card"; caption: "pressed"; down: true; Layout.fillWidth: true }
            Tile { text: root.say("社会保险参保证明", "Proof of insurance"); glyph: "identification-card"; caption: "focused"; ringed: true; Layout.fillWidth: true }
            Tile { text: root.say("医保账户查询", "Medical account"); glyph: "heartbeat"; note: root.say("缺纸，暂不能打印", "No paper, can't print now"); Layout.fillWidth: true }
        }
        Looks {
            ListRow { text: root.say("住房", "Housing"); hint: root.say("公积金、无房证明", "Housing fund, proofs"); glyph: "house-line"; Layout.fillWidth: true }
            ListRow { text: root.say("住房", "Housing"); hint: "pressed"; glyph: "house-line"; down: true; Layout.fillWidth: true }
            ListRow { text: root.say("住房", "Housing"); hint: "filled, focused"; glyph: "house-line"; filled: true; ringed: true; Layout.fillWidth: true }
            ListRow { text: root.say("住房", "Housing"); hint: "chosen"; glyph: "house-line"; chosen: true; Layout.fillWidth: true }
            ListRow { text: root.say("住房", "Housing"); note: root.say("网络不通，暂不能办", "Network down, not possible now"); glyph: "house-line"; Layout.fillWidth: true }
            ListRow { text: root.say("城乡居民医保", "Medical insurance"); trailing: "¥ 400.00"; arrow: false; Layout.fillWidth: true }
            Choice { text: root.say("一次缴清", "At once"); hint: "round"; Layout.fillWidth: true }
            Choice { text: root.say("一次缴清", "At once"); hint: "round, chosen"; chosen: true; Layout.fillWidth: true }
            Choice { text: root.say("邮寄给我", "Send it by post"); square: true; hint: "square, focused"; ringed: true; Layout.fillWidth: true }
            Choice { text: root.say("邮寄给我", "Send it by post"); square: true; hint: "square, chosen, pressed"; chosen: true; down: true; Layout.fillWidth: true }
        }
    }
    readonly property Component fields: Looks {
        Field { label: root.say("手机号码", "Mobile phone"); help: root.say("办理有结果时给您发短信", "We write when there is a result"); placeholder: "139 0000 0012" }
        Field { label: root.say("备注", "Note"); text: root.say("请下午联系", "Please call in the afternoon"); optional: true }
        Field { label: root.say("手机号码", "Mobile phone"); text: "139"; error: root.say("请检查：看起来不完整", "Please check: this does not look complete") }
        Field { label: root.say("姓名", "Name"); text: root.say("林晓岚", "Lin Xiaolan"); locked: true }
        Field { label: root.say("金额", "Amount"); text: "360"; prefix: "¥" }
        Field { glyph: "magnifying-glass"; placeholder: root.say("您要办什么事？", "What do you need?") }
        Options {
            label: root.say("缴费档次", "Yearly grade")
            value: "b"
            options: [{ key: "a", name: "¥ 180" }, { key: "b", name: "¥ 360" }]
        }
        Options {
            label: root.say("缴费档次", "Yearly grade")
            error: root.say("请选一项", "Please choose one")
            options: [{ key: "a", name: "¥ 180" }, { key: "b", name: "¥ 360" }]
        }
    }
    readonly property Component keypad: Looks {
        Keypad { Layout.fillWidth: true }
        Keypad { letterX: true; Layout.fillWidth: true }
        Keypad { decimal: true; Layout.fillWidth: true }
    }
    readonly property Component keyboard: ColumnLayout {
        spacing: Theme.gap
        Repeater {
            model: ["letters", "sound", "marks", "digits"]
            Keyboard {
                required property string modelData
                chosenMode: modelData
                digitsOnly: modelData === "digits"
                Layout.fillWidth: true
            }
        }
    }
    readonly property Component news: ColumnLayout {
        spacing: Theme.gap
        Repeater {
            model: ["info", "ok", "warn"]
            Banner { required property string modelData; tone: modelData; text: root.say("已经呼叫工作人员", "Staff have been called"); detail: modelData; Layout.fillWidth: true }
        }
        Banner { spinning: true; text: root.say("正在查询", "Looking it up"); Layout.fillWidth: true }
        ErrorLine { text: root.say("请填写这一项", "Please fill this in") }
        Trail { steps: [{ key: "choose", number: 1, done: true, current: false }, { key: "identify", number: 2, done: false, current: true }, { key: "result", number: 3, done: false, current: false }]; Layout.fillWidth: true; Layout.leftMargin: -Theme.margin; Layout.rightMargin: -Theme.margin }
        RowLayout {
            spacing: Theme.gap
            Ring { }
            Ring { remaining: 12 }
            Ring { remaining: 0 }
            Spinner { }
            SealStamp { }
            SealStamp { glyph: "check-bold" }
        }
    }
    readonly property Component facts: ColumnLayout {
        spacing: Theme.gap
        Card {
            official: true
            Facts {
                rows: [{ label: root.say("谁来办", "Who handles it"), value: root.say("龙湖区社会保险基金管理局", "Longhu District Social Insurance Fund Bureau") },
                       { label: root.say("什么时候", "When"), value: root.say("2026年12月11日前", "by 11 December 2026"), strong: true },
                       { label: root.say("现在", "Now"), value: root.say("不能打印", "can't be printed"), tone: "warn" }]
            }
        }
        Card {
            Table {
                columns: [{ label: root.say("日期", "Date"), end: false }, { label: root.say("摘要", "Entry"), end: false }, { label: root.say("金额", "Amount"), end: true }]
                rows: [["2026-11-05", root.say("个人账户划入", "Paid in"), "¥ 128.40"], ["2026-10-05", root.say("门诊购药", "Pharmacy"), "-¥ 63.50"]]
            }
        }
        Card {
            Table { columns: [{ label: root.say("日期", "Date"), end: false }]; rows: [] }
            Label { text: root.say("没有记录", "No entries"); quiet: true }
        }
    }
    readonly property Component paper: ColumnLayout {
        spacing: Theme.gap
        RowLayout {
            spacing: Theme.gap
            PaperPreview { }
            PaperPreview { proof: true }
            PaperPreview { moving: true }
        }
        Repeater {
            model: ["printing", "waiting", "confirmed", "doubtful", "failed"]
            PrintCard { required property string modelData; job: ({ paper: "receipt", state: modelData, words: modelData, code: "" }); Layout.fillWidth: true }
        }
    }
    readonly property Component camera: Looks {
        Repeater {
            model: ["waiting", "reading", "done", "leaving"]
            CardDrawing { required property string modelData; phase: modelData; Layout.fillWidth: true; Layout.preferredHeight: 36 * Theme.u }
        }
        Repeater {
            model: ["card_reader", "receipt_printer", "document_printer", "camera", "terminal"]
            DevicePart { required property string modelData; part: modelData; alarm: modelData === "receipt_printer" }
        }
        CameraFrame { radius: 0; Layout.fillWidth: true; Layout.preferredHeight: 36 * Theme.u }
        CameraFrame { radius: width / 2; Layout.preferredWidth: 36 * Theme.u; Layout.preferredHeight: 36 * Theme.u }
    }
    readonly property Component drawings: GridLayout {
        columns: Theme.landscape ? 6 : 3
        columnSpacing: Theme.gap
        rowSpacing: 2 * Theme.gap
        Repeater {
            model: Drawings.names()
            ColumnLayout {
                id: drawn
                required property string modelData
                spacing: Theme.u
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                LineDrawing { name: drawn.modelData; Layout.fillWidth: true; Layout.preferredHeight: 0.75 * width }
                State { text: drawn.modelData; horizontalAlignment: Text.AlignHCenter }
            }
        }
    }
    readonly property Component troubles: GridLayout {
        columns: (Theme.landscape ? 5 : 3) - (Theme.large ? 1 : 0) - (Theme.largest ? 1 : 0)
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        TroubleWords { id: names }
        Repeater {
            model: Drawings.troubles(Session.language)
            Card {
                id: trouble
                required property var modelData
                padding: 2 * Theme.u
                Layout.preferredWidth: 1
                Layout.alignment: Qt.AlignTop
                LineDrawing { name: trouble.modelData.drawing; Layout.fillWidth: true; Layout.preferredHeight: 0.6 * width }
                Label { text: trouble.modelData.words; strong: true; Layout.fillWidth: true }
                Label { visible: text !== ""; text: trouble.modelData.rest; font.pixelSize: Theme.caption; Layout.fillWidth: true }
                Label { text: "[ " + names.first(trouble.modelData.button) + " ]"; strong: true; color: Theme.primaryStrong; font.pixelSize: Theme.caption; Layout.fillWidth: true }
                State { text: trouble.modelData.code }
            }
        }
    }
    readonly property Component sheet: Item {
        implicitHeight: 100 * Theme.u
        Sheet {
            open: true
            title: root.say("您还在吗？", "Are you still there?")
            subtitle: root.say("环空了，这次办理就结束并清除。", "This visit ends and is erased when the ring is empty.")
            Ring { remaining: 18; Layout.alignment: Qt.AlignHCenter }
            footer: [
                Button { kind: "primary"; text: root.say("我还需要时间", "I need more time"); Layout.fillWidth: true; Layout.fillHeight: true },
                Button { text: root.say("办完了，离开", "I'm finished, leave"); Layout.fillWidth: true; Layout.fillHeight: true }
            ]
        }
    }
}
