"""The keys of a terminal's keypad, pressed on its window, and waiting for what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_TURN_MS = 20
_NAMED = {
    "tab": Qt.Key.Key_Tab,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "left": Qt.Key.Key_Left,
    "right": Qt.Key.Key_Right,
    "enter": Qt.Key.Key_Return,
    "escape": Qt.Key.Key_Escape,
    "voice": Qt.Key.Key_F1,
    "again": Qt.Key.Key_F2,
}
"""All there is beside the ten digits. F1 and F2 are the two keys of a keypad for the blind."""


class Pace:
    """The time that passes for a window: real time, and between two keys what a hand needs."""

    def __init__(self, key_s: float = 0.5) -> None:
        self._key_s = key_s
        self._keys = 0

    def __call__(self) -> float:
        """Seconds, as :func:`time.monotonic`."""
        return monotonic() + self._keys * self._key_s

    def tick(self) -> None:
        """One more key."""
        self._keys += 1


class Keypad:
    """Presses keys of ``window``; ``presses`` counts them. ``pace``: the window's clock, which goes
    on with every key. For the GUI thread."""

    def __init__(self, window: QWindow, pace: Pace) -> None:
        self._window = window
        self._pace = pace
        self.presses = 0

    def press(self, key: str) -> None:
        """A digit, or one of tab, up, down, left, right, enter, escape, voice, again."""
        code = Qt.Key(Qt.Key.Key_0 + int(key)) if key.isdigit() else _NAMED[key]
        text = key if key.isdigit() else ""
        self.presses += 1
        self._pace.tick()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
            QGuiApplication.sendEvent(self._window, event)


def wait(condition: Callable[[], bool], timeout_s: float) -> bool:
    """Let the window live until the condition holds; False if the time is over first."""
    deadline = monotonic() + timeout_s
    # Only the call without a limit of time sleeps; something must wake it.
    turn = QTimer()
    turn.start(_TURN_MS)
    try:
        while not condition():
            if monotonic() > deadline:
                return False
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    finally:
        turn.stop()
    return True
