import QtQuick
import QtQuick.Layouts

// Year, month and day (or year and month), each a column: the value, and above and below it the
// buttons that bear what they lead to. By finger (touch, hold, swipe) or by a keypad's arrows.
Rectangle {
    id: wheel
    objectName: "dateWheel"
    readonly property bool keysOnScreen: true

    property var columns: []
    // The day shown, in words; taken by the last button.
    property string words: ""
    property bool todayShown: false
    property bool clearShown: false
    signal turned(string part, int by)
    signal today()
    signal cleared()
    signal digits()
    signal taken()
    signal escaped()

    readonly property real columnWidth: row.width / Math.max(1, columns.length)
    readonly property real textSize: Math.min(Theme.keyText, columnWidth / 6.5)

    // A keypad's focus comes in: to the first column.
    function enter() { parts.itemAt(0).value.forceActiveFocus(Qt.TabFocusReason) }
    function again() {
        const first = parts.itemAt(0)
        const next = first.before.enabled ? first.before : first.value
        next.forceActiveFocus(Qt.TabFocusReason)
    }
    function walk(index, by) {
        const next = parts.itemAt(index + by)
        if (next)
            next.value.forceActiveFocus(Qt.TabFocusReason)
    }

    color: Theme.primarySoft
    implicitHeight: column.implicitHeight + 4 * Theme.u
    Keys.onEscapePressed: wheel.escaped()
    Hairline { width: parent.width }

    component Turn: Button {
        quick: true
        autoRepeat: true
        leftPadding: Theme.u
        rightPadding: Theme.u
        textSize: wheel.textSize
        Layout.fillWidth: true
    }
    component Side: Button {
        quick: true
        leftPadding: Theme.u
        rightPadding: Theme.u
        textSize: Theme.keyText
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 1
    }

    ColumnLayout {
        id: column
        y: 2 * Theme.u
        width: Math.min(parent.width - 4 * Theme.u, 130 * Theme.u)
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 2 * Theme.u

        RowLayout {
            id: row
            spacing: 2 * Theme.u
            Layout.fillWidth: true
            Repeater {
                id: parts
                model: wheel.columns.length
                ColumnLayout {
                    id: part
                    required property int index
                    readonly property var now: wheel.columns[index] || ({ key: "", text: "", before: "", after: "" })
                    readonly property alias value: value
                    readonly property alias before: before
                    readonly property string what: now.key === "year" ? qsTr("Year")
                        : now.key === "month" ? qsTr("Month") : qsTr("Day")
                    spacing: Theme.u
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    Turn {
                        id: before
                        objectName: "wheel-" + part.now.key + "-before"
                        text: part.now.before
                        glyph: "caret-up"
                        enabled: part.now.before !== ""
                        Accessible.name: qsTr("%1 back to %2").arg(part.what).arg(part.now.before)
                        onTapped: wheel.turned(part.now.key, -1)
                    }
                    Rectangle {
                        id: value
                        objectName: "wheel-" + part.now.key
                        implicitHeight: Math.max(Theme.target, words.implicitHeight + 2 * Theme.u)
                        radius: Theme.radius
                        color: Theme.surface
                        border.width: 2 * Theme.hairline
                        border.color: Theme.primary
                        activeFocusOnTab: true
                        Layout.fillWidth: true
                        Accessible.role: Accessible.SpinBox
                        Accessible.focusable: true
                        Accessible.name: qsTr("%1: %2").arg(part.what).arg(part.now.text)
                        Accessible.description: qsTr("Up and down turn it, left and right go to the next column")
                        Keys.onUpPressed: wheel.turned(part.now.key, -1)
                        Keys.onDownPressed: wheel.turned(part.now.key, 1)
                        Keys.onLeftPressed: wheel.walk(part.index, -1)
                        Keys.onRightPressed: wheel.walk(part.index, 1)
                        Keys.onReturnPressed: wheel.taken()
                        Keys.onEnterPressed: wheel.taken()
                        Label {
                            id: words
                            anchors.centerIn: parent
                            width: parent.width - 2 * Theme.u
                            horizontalAlignment: Text.AlignHCenter
                            text: part.now.text
                            strong: true
                            font.pixelSize: 1.15 * wheel.textSize
                            Accessible.ignored: true
                        }
                        FocusRing { visible: value.activeFocus }
                        DragHandler {
                            id: drag
                            property int steps: 0
                            target: null
                            xAxis.enabled: false
                            onActiveChanged: steps = 0
                            onActiveTranslationChanged: {
                                // Pulled down, the earlier one comes, as on a list.
                                const wanted = Math.trunc(-activeTranslation.y / (4 * Theme.u))
                                if (wanted !== steps) {
                                    wheel.turned(part.now.key, wanted - steps)
                                    steps = wanted
                                }
                            }
                        }
                    }
                    Turn {
                        objectName: "wheel-" + part.now.key + "-after"
                        text: part.now.after
                        glyph: "caret-down"
                        enabled: part.now.after !== ""
                        Accessible.name: qsTr("%1 on to %2").arg(part.what).arg(part.now.after)
                        onTapped: wheel.turned(part.now.key, 1)
                    }
                }
            }
        }
        RowLayout {
            spacing: 2 * Theme.u
            Layout.fillWidth: true
            Side {
                objectName: "wheelToday"
                visible: wheel.todayShown
                text: wheel.columns.length < 3 ? qsTr("This month") : qsTr("Today")
                onTapped: wheel.today()
            }
            Side {
                objectName: "wheelDigits"
                text: qsTr("Type digits")
                onTapped: wheel.digits()
            }
            Side {
                objectName: "wheelClear"
                visible: wheel.clearShown
                text: qsTr("Leave empty")
                onTapped: wheel.cleared()
            }
        }
        Button {
            objectName: "typingDone"
            text: qsTr("Take %1").arg(wheel.words)
            glyph: "check"
            kind: "primary"
            quick: true
            textSize: Theme.keyText
            Layout.fillWidth: true
            tabTo: wheel.again
            onTapped: wheel.taken()
        }
    }
}
