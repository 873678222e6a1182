"""A finger on the real window: finds an item, waits until it can be pressed, and presses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem

from kiosk.demo.hands import STROKES
from screens.models.session import GUARD_S
from screens.shell import Shell

PATIENCE_S = 10.0
_LOOK_MS = 15
_CALL_S = PATIENCE_S + 10.0

Wanted = Callable[[Iterable[QQuickItem]], QQuickItem | None]
"""Picks one of the items that can be pressed now, in drawing order."""


class Finger(QObject):
    """Finds items of a window and presses them, on the GUI thread, for callers on other threads.

    A press waits until the item is there, visible, enabled and unmoving; :class:`LookupError` if
    that takes longer than :data:`PATIENCE_S`.
    """

    _asked = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._pressed_at = 0.0
        self._asked.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def press(self, name: str, wanted: Wanted) -> None:
        """Press the item; ``name`` is for the error."""
        self._call(_Search(name, wanted, self._press, monotonic() + PATIENCE_S))

    def draw(self, name: str, wanted: Wanted) -> None:
        """Draw a signature on the item."""
        self._call(_Search(name, wanted, self._draw, monotonic() + PATIENCE_S))

    def meet(self, name: str, wanted: Wanted) -> None:
        """Wait for the item as for one to press, and leave it alone."""
        self._call(_Search(name, wanted, lambda _item: None, monotonic() + PATIENCE_S))

    def sees(self, wanted: Wanted) -> bool:
        """Whether such an item can be pressed right now."""
        answer: Future[bool] = Future()
        self._asked.emit(lambda: answer.set_result(self._find(wanted) is not None))
        return answer.result(_CALL_S)

    def _call(self, search: _Search) -> None:
        self._asked.emit(lambda: self._look(search))
        search.done.result(_CALL_S)

    @Slot(object)
    def _begin(self, job: Callable[[], None]) -> None:
        job()

    def _look(self, search: _Search) -> None:
        """Look for the item now and at every tick until it holds still."""
        try:
            item = self._find(search.wanted)
            if item is not None and self._is_ready(search, item):
                search.act(item)
                search.done.set_result(None)
            elif monotonic() > search.deadline:
                raise LookupError(f"nothing to press: {search.name}")
            else:
                QTimer.singleShot(_LOOK_MS, lambda: self._look(search))
        except Exception as error:
            search.done.set_exception(error)

    def _find(self, wanted: Wanted) -> QQuickItem | None:
        root = self._shell.view.rootObject()
        return wanted(pressable(root)) if root is not None else None

    def _is_ready(self, search: _Search, item: QQuickItem) -> bool:
        if monotonic() - self._pressed_at < GUARD_S:
            return False  # the screen ignores a trembling hand's second press
        _reveal(item)
        place = _centre(item)
        still = search.last == (place.x(), place.y())
        search.last = (place.x(), place.y())
        return still and self._on_screen(item)

    def _on_screen(self, item: QQuickItem) -> bool:
        place, view = _centre(item), self._shell.view
        return 0 <= place.x() < view.width() and 0 <= place.y() < view.height()

    def _press(self, item: QQuickItem) -> None:
        place = _centre(item)
        self._mouse(QEvent.Type.MouseButtonPress, place)
        self._mouse(QEvent.Type.MouseButtonRelease, place)
        if not item.property("quick"):
            self._pressed_at = monotonic()

    def _draw(self, item: QQuickItem) -> None:
        factor = min(item.width() / 640, item.height() / 320) * 0.9
        for stroke in STROKES:
            places = [
                item.mapToScene(QPointF(x * factor, y * factor)) for x, y, _milliseconds in stroke
            ]
            self._mouse(QEvent.Type.MouseButtonPress, places[0])
            for place in places[1:]:
                self._mouse(QEvent.Type.MouseMove, place)
            self._mouse(QEvent.Type.MouseButtonRelease, places[-1])

    def _mouse(self, kind: QEvent.Type, place: QPointF) -> None:
        view, left, none = self._shell.view, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        held = none if kind is QEvent.Type.MouseButtonRelease else left
        button = none if kind is QEvent.Type.MouseMove else left
        everywhere = QPointF(view.mapToGlobal(place.toPoint()))
        event = QMouseEvent(
            kind, place, place, everywhere, button, held, Qt.KeyboardModifier.NoModifier
        )
        QGuiApplication.sendEvent(view, event)


class _Search:
    """An item wanted, and what to do with it."""

    def __init__(
        self, name: str, wanted: Wanted, act: Callable[[QQuickItem], None], deadline: float
    ) -> None:
        self.name = name
        self.wanted = wanted
        self.act = act
        self.deadline = deadline
        self.last: tuple[float, float] | None = None
        self.done: Future[None] = Future()


def pressable(item: QQuickItem) -> Iterator[QQuickItem]:
    """Visible and enabled items in drawing order; what is inside a hidden one is hidden, too."""
    if not item.isVisible() or not item.isEnabled():
        return
    if item.width() > 0:
        yield item
    for child in item.childItems():
        yield from pressable(child)


def first(fits: Callable[[QQuickItem], bool]) -> Wanted:
    """The first item that fits."""
    return lambda items: next((item for item in items if fits(item)), None)


def named(name: str) -> Wanted:
    """The item with this ``objectName``."""
    return first(lambda item: item.objectName() == name)


def input_of(name: str) -> Wanted:
    """The line to type in of the field called ``name``, past its label."""
    field = named(name)

    def pick(items: Iterable[QQuickItem]) -> QQuickItem | None:
        found = field(items)
        inside = pressable(found) if found is not None else ()
        return next((i for i in inside if i.metaObject().className() == "QQuickTextInput"), None)

    return pick


def is_key(item: QQuickItem) -> bool:
    """A key of the keyboard or keypad, which may follow another quickly."""
    return bool(item.property("quick"))


def _centre(item: QQuickItem) -> QPointF:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def _reveal(item: QQuickItem) -> None:
    """Scroll as a person would, until the item is in sight."""
    above = item.parentItem()
    while above is not None and above.metaObject().className() != "QQuickFlickable":
        above = above.parentItem()
    if above is None:
        return
    content: QQuickItem = above.property("contentItem")
    top = item.mapToItem(content, QPointF(0, 0)).y()
    seen, height = above.property("contentY"), above.height()
    if top < seen or top + item.height() > seen + height:
        lowest = max(0.0, above.property("contentHeight") - height)
        above.setProperty("contentY", min(lowest, max(0.0, top + item.height() - height)))
