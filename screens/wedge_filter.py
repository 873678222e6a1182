"""A code scanner that types: its keys are caught before they reach a field.

Every key that gives text is held back for a moment. Keys that come as fast as no person types, with
Enter at the end, are a code; all others are handed on in their order, a little later. Used only
where the settings say that such a scanner is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickView

HOLD_MS = 120
"""How long a key is held back at most. Longer than the pause in a scan: which keys belong together
is judged by their own times, and this thread may be late to see them."""

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

log = logging.getLogger(__name__)


class WedgeFilter(QObject):
    """An event filter for the terminal's window; ``on_code`` is called with each code scanned."""

    def __init__(self, view: QQuickView, on_code: Callable[[str], None]) -> None:
        super().__init__()
        self._view = view
        self._on_code = on_code
        self._now = 0.0
        from drivers.scanner.wedge import (
            KeyboardWedge,  # of the drivers, few terminals want this one
        )

        self._wedge = KeyboardWedge(lambda: self._now)
        self._held: list[QKeyEvent] = []
        self._swallowed: set[int] = set()
        self._handing_on = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MS)
        self._timer.timeout.connect(self._let_go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Eats a key while it may belong to a code."""
        if self._handing_on or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyPress:
            return self._pressed(event)
        if event.type() is QEvent.Type.KeyRelease and event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        return False

    def close(self) -> None:
        """Forget what is held."""
        self._timer.stop()
        self._held.clear()

    def _pressed(self, event: QKeyEvent) -> bool:
        text = event.text()
        if not text:
            return False  # Shift and the like are part of a scan, and nothing by themselves
        ends = text in ("\r", "\n", "\r\n")
        command = bool(event.modifiers() & _COMMANDS)
        if event.isAutoRepeat() or command or not (ends or text.isprintable()):
            self._wedge.reset()
            self._let_go()
            return False
        self._now = event.timestamp() / 1000
        if self._held and self._now - self._held[-1].timestamp() / 1000 > self._wedge.gap_s:
            self._let_go()
        code = self._wedge.key(text)
        self._swallowed.add(event.key())
        if code is not None:
            self._drop()
            self._on_code(code)
        elif ends:
            self._held.append(_copy(event))
            self._let_go()
        else:
            if len(self._held) <= self._wedge.min_length:
                self._held.append(_copy(event))
            else:
                self._held[-1] = _copy(event)  # a scan by now: only its last time matters
            self._timer.start()
        return True

    def _let_go(self) -> None:
        """Hand on what a person typed; a scan that was not finished or is too long goes nowhere."""
        held = list(self._held)
        self._drop()
        typed = [event for event in held if event.text().isprintable()]
        if len(typed) >= self._wedge.min_length:
            log.info("wedge.unfinished")
            return
        self._handing_on = True
        try:
            for event in held:
                QCoreApplication.sendEvent(self._view, event)
        finally:
            self._handing_on = False

    def _drop(self) -> None:
        self._timer.stop()
        self._held.clear()


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text(), False, event.count()
    )
    copy.setTimestamp(event.timestamp())
    return copy
