import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// Everything that can be done to the simulated world, device by device.
Rectangle {
    id: panel
    required property var vm
    color: "#F7F6F2"

    component Press: AbstractButton {
        id: press
        property bool lit: false
        padding: 8
        leftPadding: 12
        rightPadding: 12
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: text
        background: Rectangle {
            radius: 8
            color: press.lit ? "#0F5C63" : press.pressed ? "#D7E6E6" : "#FFFFFF"
            border.width: press.visualFocus ? 3 : 1
            border.color: press.visualFocus ? "#B5541C" : press.lit ? "#0F5C63" : "#8A959A"
        }
        contentItem: Text {
            text: press.text
            color: press.lit ? "#FFFFFF" : "#1F2A2E"
            font.pixelSize: 15
        }
    }

    ScrollView {
        id: scroll
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: note.top }
        anchors.margins: 16
        contentWidth: availableWidth

        ColumnLayout {
            width: scroll.availableWidth
            spacing: 18
            RowLayout {
                Layout.fillWidth: true
                Text {
                    text: panel.vm.chinese ? "演示面板：周围的世界" : "Demo panel: the world around"
                    font.pixelSize: 20
                    font.bold: true
                    color: "#1F2A2E"
                    Layout.fillWidth: true
                }
                Press { text: panel.vm.chinese ? "English" : "中文"; onClicked: panel.vm.toggle_language() }
            }
            Repeater {
                model: panel.vm.groups
                ColumnLayout {
                    id: group
                    required property var modelData
                    spacing: 8
                    Layout.fillWidth: true
                    Rectangle { implicitHeight: 1; color: "#D9D6CC"; Layout.fillWidth: true }
                    RowLayout {
                        Layout.fillWidth: true
                        Text { text: group.modelData.title; font.pixelSize: 16; font.bold: true; color: "#0F5C63" }
                        Text {
                            text: panel.vm.summaries[group.modelData.key] || ""
                            font.pixelSize: 14
                            color: "#4A565B"
                            horizontalAlignment: Text.AlignRight
                            elide: Text.ElideRight
                            Layout.fillWidth: true
                        }
                    }
                    Flow {
                        spacing: 8
                        Layout.fillWidth: true
                        Repeater {
                            model: group.modelData.buttons
                            Press {
                                required property var modelData
                                objectName: modelData.key
                                text: modelData.text
                                lit: panel.vm.lit[modelData.key] === true
                                onClicked: panel.vm.press(modelData.key)
                            }
                        }
                    }
                }
            }
        }
    }
    Text {
        id: note
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 16 }
        text: panel.vm.message !== "" ? panel.vm.message
            : panel.vm.chinese ? "所有人物都是虚构的。工作人员密码：2468。检修（按住印章三秒）：" + panel.vm.technician
            : "Everybody here is invented. Staff PIN: 2468. Technician (hold the seal for three seconds): " + panel.vm.technician
        color: panel.vm.message !== "" ? "#A8322A" : "#4A565B"
        font.pixelSize: 14
        wrapMode: Text.Wrap
    }
}
