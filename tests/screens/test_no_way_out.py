"""Every known way out of a kiosk, tried on the real window page by page: nothing may come of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFileOpenEvent,
    QGuiApplication,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtQml import QQmlComponent
from PySide6.QtTest import QTest

from kiosk.visit import events
from screens.gallery_states import settle, states
from screens.journeys.keypad import wait
from screens.lock import Way, ways
from screens.shell import ShellOptions

PAGES = ("attract", "form.keyboard", "sign", "home.assistance")
FINGERS = QTest.createTouchDevice()
LOADING = (".qml", ".qmlc", ".js", ".jsc", ".mjs", "qmldir", ".so", "/fd")
PROBE = b"""
import QtQuick
Item {
    property bool held: false
    width: 4; height: 4
    TapHandler { onLongPressed: parent.held = true }
}
"""
"""A passive listener: what lies below gets the press all the same."""
PRIVATE = "样板路8号"
"""Stands in the clipboard before anything is tried."""


def key(on: Any, way: Way) -> None:
    QTest.keyClick(on.shell.view, way.key, way.modifiers)


def _spot(on: Any) -> QPoint:
    """On the line being typed in, if there is one, else in the middle of the page."""
    view = on.shell.view
    item = view.activeFocusItem()
    if item is not None and item.inherits("QQuickTextInput"):
        return on.centre(item)
    return QPoint(view.width() // 2, view.height() // 2)


def _press(on: Any, button: Qt.MouseButton) -> None:
    QTest.mouseClick(on.shell.view, button, Qt.KeyboardModifier.NoModifier, _spot(on))


def _swipe(on: Any, paths: list[tuple[QPoint, QPoint]]) -> None:
    """Fingers go from where to where, in five moves."""
    view = on.shell.view
    for moment in range(7):
        event = QTest.touchEvent(view, FINGERS)
        for number, (start, end) in enumerate(paths):
            at = start + (end - start) * min(moment, 5) / 5
            if moment == 0:
                event.press(number, at, view)
            elif moment == 6:
                event.release(number, end, view)
            else:
                event.move(number, at, view)
        event.commit()


def _edge(on: Any, x: float, y: float, dx: float, dy: float) -> None:
    width, height = on.shell.view.width() - 1, on.shell.view.height() - 1
    start = QPoint(int(x * width), int(y * height))
    _swipe(on, [(start, start + QPoint(int(dx * width), int(dy * height)))])


def _fan(on: Any, fingers: int, dx: int = 0) -> None:
    """Several fingers side by side, each going ``dx`` pixels on."""
    left = _spot(on) - QPoint(100, 0)
    starts = [left + QPoint(40 * n, 0) for n in range(fingers)]
    _swipe(on, [(start, start + QPoint(dx, 0)) for start in starts])


def _pinch(on: Any) -> None:
    middle = _spot(on)
    _swipe(on, [(middle - QPoint(90, 0), middle - QPoint(10, 0)), (middle + QPoint(90, 0), middle)])


def _long_press(on: Any) -> None:
    """On words that nobody can press; until Qt calls it a long press, as a probe over them hears."""
    view = on.shell.view
    at = QPoint(view.width() - 3, view.height() // 2)
    component = QQmlComponent(view.engine())
    component.setData(PROBE, QUrl())
    probe = component.create()
    probe.setParentItem(view.contentItem())
    probe.setPosition(QPointF(at) - QPointF(probe.width(), probe.height()) / 2)
    QTest.touchEvent(view, FINGERS).press(0, at, view).commit()
    assert wait(lambda: bool(probe.property("held")), 5.0)
    QTest.touchEvent(view, FINGERS).release(0, at, view).commit()
    probe.setParentItem(None)
    probe.deleteLater()


def _send(on: Any, event: QEvent) -> None:
    QCoreApplication.sendEvent(on.shell.view, event)


def _wheel(on: Any) -> None:
    place, ctrl = QPointF(_spot(on)), Qt.KeyboardModifier.ControlModifier
    turn, none = QPoint(0, 240), Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    _send(on, QWheelEvent(place, place, turn, turn, none, ctrl, phase, False))


def _menu(on: Any, reason: QContextMenuEvent.Reason) -> None:
    _send(on, QContextMenuEvent(reason, _spot(on), _spot(on), Qt.KeyboardModifier.NoModifier))


def _drop(on: Any, data: QMimeData) -> None:
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    coming = QDragEnterEvent(_spot(on), action, data, left, none)
    _send(on, coming)
    _send(on, QDropEvent(QPointF(_spot(on)), action, data, left, none))


def _drop_text(on: Any) -> None:
    data = QMimeData()
    data.setText(PRIVATE)
    _drop(on, data)


def _drop_files(on: Any) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(__file__)])
    _drop(on, data)


def _zoom(on: Any) -> None:
    pad, place = QPointingDevice.primaryPointingDevice(), QPointF(_spot(on))
    kind = Qt.NativeGestureType.ZoomNativeGesture
    _send(on, QNativeGestureEvent(kind, pad, 2, place, place, place, 2.0, QPointF(1, 1)))


GESTURES: dict[str, Callable[[Any], None]] = {
    "right_click": lambda on: _press(on, Qt.MouseButton.RightButton),
    "middle_click": lambda on: _press(on, Qt.MouseButton.MiddleButton),
    "back_click": lambda on: _press(on, Qt.MouseButton.BackButton),
    "forward_click": lambda on: _press(on, Qt.MouseButton.ForwardButton),
    "right_double_click": lambda on: QTest.mouseDClick(
        on.shell.view, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, _spot(on)
    ),
    "long_press": _long_press,
    "edge_swipe_left": lambda on: _edge(on, 0, 0.6, 0.5, 0),
    "edge_swipe_right": lambda on: _edge(on, 1, 0.6, -0.5, 0),
    "edge_swipe_top": lambda on: _edge(on, 0.5, 0, 0, 0.03),
    "edge_swipe_bottom": lambda on: _edge(on, 0.5, 1, 0, -0.5),
    "two_fingers": lambda on: _fan(on, 2),
    "pinch": _pinch,
    "three_finger_swipe": lambda on: _fan(on, 3, 150),
    "five_fingers": lambda on: _fan(on, 5),
    "wheel_with_ctrl": _wheel,
    "context_menu_by_mouse": lambda on: _menu(on, QContextMenuEvent.Reason.Mouse),
    "context_menu_by_key": lambda on: _menu(on, QContextMenuEvent.Reason.Keyboard),
    "drag_enter_and_drop_text": _drop_text,
    "drop_files": _drop_files,
    "native_zoom": _zoom,
    "file_open": lambda on: _send(on, QFileOpenEvent(QUrl.fromLocalFile(__file__))),
    "close": lambda on: on.shell.view.close(),
    "minimise": lambda on: on.shell.view.showMinimized(),
    "make_smaller": lambda on: on.shell.view.showNormal(),
    "maximise": lambda on: on.shell.view.showMaximized(),
    "deactivate": lambda on: _send(on, QEvent(QEvent.Type.WindowDeactivate)),
}


def window(on: Any) -> tuple[object, ...]:
    """What must be as before: what was asked of the terminal, and the windows."""
    asked = [event for event in on.port.posted if not isinstance(event, events.Touched)]
    tops = [(top.isVisible(), top.windowStates()) for top in QGuiApplication.topLevelWindows()]
    return asked, tops, on.shell.view.isExposed()


def page_of(on: Any) -> tuple[object, ...]:
    """What stands in the lines of the page and what it shows, this process's children and open
    files, and the clipboard."""
    lines = [i.property("text") for i in on.items() if i.inherits("QQuickTextInput")]
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return lines, children, open_files(), QGuiApplication.clipboard().text()


def open_files() -> set[str]:
    """Without the screens' own, which may still be loading in the background."""
    found = set()
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the folder's own, closed by now
            found.add(os.readlink(fd))
    return {one for one in found if one.startswith("/") and not one.endswith(LOADING)}


def test_every_gesture_of_the_list_can_be_tried() -> None:
    assert {way.name for way in ways() if way.is_gesture} == GESTURES.keys()
    assert len({way.name for way in ways()}) == len(ways()) > 150


def test_nothing_comes_of_any_way_out(stage: Callable[..., Any]) -> None:
    on = stage(options=ShellOptions(fullscreen=True))
    QGuiApplication.clipboard().setText(PRIVATE)
    found: list[str] = []
    for page in PAGES:
        on.enter(states()[page])
        on.port.posted.clear()
        settle()
        beside = page_of(on)
        for way in ways():
            if way.name == "long_press" and page != "sign":
                continue  # the only one that takes its time
            before = window(on)
            if way.is_gesture:
                GESTURES[way.name](on)
            else:
                key(on, way)
            QCoreApplication.processEvents()
            if window(on) != before:
                found.append(f"{page}: {way.name}: {before} -> {window(on)}")
                on.enter(states()[page])
        if not wait(lambda beside=beside: page_of(on) == beside, 5.0):  # a file may be half read
            found.append(f"{page}: {beside} -> {page_of(on)}")
    assert not found, "\n".join(found)


def test_a_window_on_a_desktop_can_be_closed(stage: Callable[..., Any]) -> None:
    on = stage()
    on.shell.view.close()
    settle()
    assert not on.shell.view.isVisible()
