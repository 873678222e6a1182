"""Keys and fingers on the real window: focus round every page (A16), presses (A17), names of errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import SIGNAL, QEvent, QMetaObject, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickItem

from kiosk.visit import events
from screens.audit.judges import Fault
from screens.audit.snapshot import component, is_control, spoken
from screens.fixtures import FakePort
from screens.gallery_states import settle
from screens.shell import Shell, walk


def _key(shell: Shell, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QGuiApplication.sendEvent(shell.view, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def _named(item: QQuickItem) -> str:
    return item.objectName() or spoken(item)[0] or component(item)


def _place(item: QQuickItem) -> str:
    """Tells items apart without keeping them: name and place in the scene's content."""
    area = item.mapRectToScene(item.boundingRect())
    return f"{_named(item)} {area.width():.0f}x{area.height():.0f}"


def _wanted(shell: Shell, *, keys: bool) -> list[str]:
    """What must be reached: ``keys`` of a keyboard on the screen, or all else."""
    return [
        _place(item)
        for item in walk(shell.view.rootObject())
        if item.isVisible()
        and item.isEnabled()
        and is_control(item)
        and not _in_view(item)
        and (_keyboard(item) is not None) is keys
    ]


def _in_view(item: QQuickItem) -> bool:
    above: QQuickItem | None = item.parentItem()
    while above is not None and not above.inherits("QQuickItemView"):
        above = above.parentItem()
    return above is not None


def _keyboard(item: QQuickItem) -> QQuickItem | None:
    """The keyboard on the screen that an item is a key of."""
    above: QQuickItem | None = item
    while above is not None and above.property("keysOnScreen") is not True:
        above = above.parentItem()
    return above


def focus_round(shell: Shell) -> Iterator[Fault]:
    """A16: press Tab until the first item has the focus again; three times as often as there are
    items is a trap. The keys of a keyboard on the screen are no part of the round."""
    wanted = _wanted(shell, keys=False)
    most = 3 * len([item for item in walk(shell.view.rootObject()) if is_control(item)])
    seen: list[str] = []
    first: QQuickItem | None = None
    for _ in range(most):
        _key(shell, Qt.Key.Key_Tab)
        settle(1)
        at = shell.view.activeFocusItem()
        if at is not None and at == first:
            break
        if at is None or not is_control(at):
            continue
        first = first or at
        seen.append(_place(at))
        if not _ringed(at):
            yield "A16", f"no ring round {_named(at)}"
    else:
        yield "A16", f"after {most} presses of Tab the first item never came again"
    # Walking scrolls by itself, so the buttons that scroll fall asleep and wake on the way.
    for name in sorted(set(wanted) & set(_wanted(shell, keys=False)) - set(seen)):
        if name.startswith(("pageUp ", "pageDown ")):
            continue
        yield "A16", f"no key reaches {name}"


def keys_round(shell: Shell, open_page: Callable[[], None]) -> Iterator[Fault]:
    """A16 of a keyboard on the screen: Enter on the line comes in, arrows or Tab reach every key,
    Escape leaves it. An arrow may leave it, too; then ``open_page`` shows the page anew."""
    wanted = _wanted(shell, keys=True)
    if not wanted:
        return
    first = _come_in(shell)
    if first is None:
        yield "A16", "Enter on the line does not lead to its keys"
        return
    seen: set[str] = set()
    ahead = [first]
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        for way in _WAYS:
            if not _focus_key(shell, name):
                open_page()
                _come_in(shell)
                if not _focus_key(shell, name):
                    break
            _key(shell, way)
            reached = _focused_key(shell)
            if reached is None:
                continue
            if not _ringed(reached):
                yield "A16", f"no ring round {_named(reached)}"
            ahead.append(_place(reached))
    for name in sorted(set(wanted) - seen):
        yield "A16", f"neither arrow nor Tab reaches {name}"
    open_page()
    _come_in(shell)
    _key(shell, Qt.Key.Key_Escape)
    settle(1)
    if _focused_key(shell) is not None:
        yield "A16", "Escape does not leave the keys"


_WAYS = (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab)


def _come_in(shell: Shell) -> str | None:
    """Enter on the line; the key that has the focus then."""
    _key(shell, Qt.Key.Key_Return)
    settle(1)
    at = _focused_key(shell)
    return None if at is None else _place(at)


def _focus_key(shell: Shell, name: str) -> bool:
    for item in walk(shell.view.rootObject()):
        if item.isVisible() and _keyboard(item) is not None and _place(item) == name:
            item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
            return bool(item.hasActiveFocus())
    return False


def _focused_key(shell: Shell) -> QQuickItem | None:
    at = shell.view.activeFocusItem()
    if at is None or not at.isVisible() or not at.activeFocusOnTab():
        return None
    return at if _keyboard(at) is not None else None


def _ringed(item: QQuickItem) -> bool:
    if item.inherits("QQuickTextInput"):
        return item.hasActiveFocus()  # its box has a thick border while the line is typed in
    return any(component(child) == "FocusRing" and child.isVisible() for child in item.childItems())


class _Taps(QObject):
    """Counts what a control did."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def tapped(self) -> None:
        """Once more."""
        self.count += 1


def presses(shell: Shell, seconds: list[float], open_page: Callable[[], None]) -> Iterator[Fault]:
    """A17, by the last in sight of every kind of control. ``seconds``: the shell's clock, moved on by
    us; ``open_page`` shows the page anew: a press may have changed it."""
    for kind in sorted(_last_of_kinds(shell)):
        for trial in (_slid_off, _twice):
            open_page()
            button = _last_of_kinds(shell).get(kind)
            if button is not None:
                seconds[0] += 1.0
                yield from trial(shell, seconds, button)
                settle()


def _slid_off(shell: Shell, seconds: list[float], button: QQuickItem) -> Iterator[Fault]:
    name = _named(button)
    taps = _Taps()
    QObject.connect(button, SIGNAL("tapped()"), taps.tapped)
    inside = button.mapToScene(QPointF(button.width() / 2, button.height() / 2))
    _mouse(shell, QEvent.Type.MouseButtonPress, inside)
    if taps.count:
        yield "A17", f"{name} acts before the finger is lifted"
    away = QPointF(inside.x(), inside.y() + 3 * button.height())
    _mouse(shell, QEvent.Type.MouseMove, away)
    _mouse(shell, QEvent.Type.MouseButtonRelease, away)
    if taps.count:
        yield "A17", f"{name} acts although the finger slid off"
    QObject.disconnect(button, SIGNAL("tapped()"), taps.tapped)


def _twice(shell: Shell, seconds: list[float], button: QQuickItem) -> Iterator[Fault]:
    name = _named(button)
    taps = _Taps()
    QObject.connect(button, SIGNAL("tapped()"), taps.tapped)
    inside = button.mapToScene(QPointF(button.width() / 2, button.height() / 2))
    for _ in range(2):
        _mouse(shell, QEvent.Type.MouseButtonPress, inside)
        _mouse(shell, QEvent.Type.MouseButtonRelease, inside)
        seconds[0] += 0.1
    # The same key twice is meant so, and scrolling hands nothing in.
    if taps.count != 1 and not button.property("quick"):
        yield "A17", f"{name} pressed twice within 0.1 s acts {taps.count} times"
    QObject.disconnect(button, SIGNAL("tapped()"), taps.tapped)


def _last_of_kinds(shell: Shell) -> dict[str, QQuickItem]:
    """The last of each kind of control that can be pressed now."""
    return {
        component(item): item
        for item in walk(shell.view.rootObject())
        if item.isVisible()
        and item.isEnabled()
        and is_control(item)
        and not item.inherits("QQuickTextInput")
        and _in_sight(item)
    }


def _in_sight(item: QQuickItem) -> bool:
    """No scroll area hides its centre."""
    centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    above: QQuickItem | None = item.parentItem()
    while above is not None:
        area = above.mapRectToScene(QRectF(0, 0, above.width(), above.height()))
        if (above.clip() or above.parentItem() is None) and not area.contains(centre):
            return False
        above = above.parentItem()
    return True


def _mouse(shell: Shell, kind: QEvent.Type, place: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    held = none if kind is QEvent.Type.MouseButtonRelease else left
    button = none if kind is QEvent.Type.MouseMove else left
    everywhere = QPointF(shell.view.mapToGlobal(place.toPoint()))
    modifiers = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, place, everywhere, button, held, modifiers)
    QGuiApplication.sendEvent(shell.view, event)


_TOOLS: dict[str, type[object]] = {
    "language": events.LanguageChosen,
    "contrast": events.AssistChanged,
    "textSize": events.AssistChanged,
    "voice": events.AssistChanged,
    "help": events.HelpWanted,
}


def tools(shell: Shell, port: FakePort, seconds: list[float]) -> Iterator[Fault]:
    """A20 and A27: what one touch of each tool asks of the visit. None is more than one touch away,
    so none may want a sheet to be closed first."""
    for name, wanted in _TOOLS.items():
        tool = next(i for i in walk(shell.view.rootObject()) if i.objectName() == name)
        port.posted.clear()
        seconds[0] += 1.0
        inside = tool.mapToScene(QPointF(tool.width() / 2, tool.height() / 2))
        _mouse(shell, QEvent.Type.MouseButtonPress, inside)
        _mouse(shell, QEvent.Type.MouseButtonRelease, inside)
        if not any(isinstance(event, wanted) for event in port.posted):
            yield "A27" if name == "help" else "A20", f"one touch of {name} changes nothing"


def error_focused(
    shell: Shell, port: FakePort, seconds: list[float], errors: Iterable[str]
) -> Iterator[Fault]:
    """A23: a page is handed in and comes back with ``errors``; the focus goes to one of them."""
    wrong = port.visit
    port.put(replace(wrong, form_errors=MappingProxyType({})))
    settle()
    seconds[0] += 1.0
    primary = next(i for i in walk(shell.view.rootObject()) if i.objectName() == "primary")
    QMetaObject.invokeMethod(primary, "press")
    port.put(wrong)
    settle()
    above = shell.view.activeFocusItem()
    lines = {f"{kind}{name}" for name in errors for kind in ("field-", "input-field-")}
    while above is not None and above.objectName() not in lines:
        above = above.parentItem()
    if above is None:
        yield "A23", "the focus does not go to what is wrong"


def errors_named(shell: Shell, field: str) -> Iterator[Fault]:
    """A23: the line of ``field`` says its error before all else, and they stand on the page."""
    items = [item for item in walk(shell.view.rootObject()) if item.isVisible()]
    said = ""
    for item in items:
        if item.objectName() == f"input-field-{field}":
            said = QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Description)
    shown = [str(item.property("text")) for item in items if item.inherits("QQuickText")]
    if not any(text and said.startswith(text) for text in shown):
        yield "A23", f"the error of {field} is not said at its line"
