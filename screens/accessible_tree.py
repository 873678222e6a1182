"""Qt's accessibility tree as plain values: what is visible now, in the order of the page."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtQuick import QQuickItem

from screens.speech.phrases import Kind, Node

_KINDS = {
    QAccessible.Role.Pane: Kind.PANE,
    QAccessible.Role.Dialog: Kind.DIALOG,
    QAccessible.Role.Heading: Kind.HEADING,
    QAccessible.Role.StaticText: Kind.TEXT,
    QAccessible.Role.AlertMessage: Kind.ALERT,
    QAccessible.Role.StatusBar: Kind.STATUS,
    QAccessible.Role.Button: Kind.BUTTON,
    QAccessible.Role.CheckBox: Kind.CHECK,
    QAccessible.Role.RadioButton: Kind.RADIO,
    QAccessible.Role.EditableText: Kind.FIELD,
    QAccessible.Role.Canvas: Kind.CANVAS,
    QAccessible.Role.Graphic: Kind.OTHER,
    QAccessible.Role.ProgressBar: Kind.WORK,
    QAccessible.Role.SpinBox: Kind.OTHER,
}
_CONTAINERS = (Kind.PANE, Kind.DIALOG)


def visible(window: QWindow) -> list[Node]:
    """Everything visible with a name or a value, and what holds it. No interface outlives the call:
    it would point to an item that may be gone."""
    found: list[Node] = []
    root = QAccessible.queryAccessibleInterface(window)
    if root is not None:
        for number in range(root.childCount()):
            child = root.child(number)
            if child is not None:
                _collect(child, 0, found)
    return found


def focused(item: QQuickItem | None) -> Node | None:
    """The thing that has the focus, if it has a name to be said."""
    interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
    node = _node(interface, 0) if interface is not None else None
    return node if node is not None and node.kind not in _CONTAINERS and node.name else None


def _collect(interface: QAccessibleInterface, depth: int, found: list[Node]) -> None:
    node = _node(interface, depth)
    if node is not None and (node.name or node.value or node.kind in _CONTAINERS):
        found.append(node)
    elif interface.state().invisible:
        return
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            _collect(child, depth + 1, found)


def _node(interface: QAccessibleInterface, depth: int) -> Node | None:
    kind = _KINDS.get(interface.role())
    state = interface.state()
    if kind is None or state.invisible:
        return None
    thing = interface.object()
    return Node(
        kind=kind,
        name=interface.text(QAccessible.Text.Name),
        description=interface.text(QAccessible.Text.Description),
        value=interface.text(QAccessible.Text.Value) if kind is Kind.FIELD else "",
        depth=depth,
        checkable=bool(state.checkable),
        checked=bool(state.checked),
        disabled=bool(state.disabled),
        open=bool(state.searchEdit),
        key=shiboken6.getCppPointer(thing)[0] if thing is not None else 0,
    )
