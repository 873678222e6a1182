"""A watch on the GUI thread: nothing in it may wait."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger("screens.lateness")

PERIOD_MS = 50
LATE_MS = 100.0


class LatenessMonitor(QObject):
    """A 50 ms timer that logs when it fires more than 100 ms late, and keeps the worst delay.

    ``beat`` is called at every tick; the composition root may feed a watchdog with it.
    """

    def __init__(
        self,
        beat: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._beat = beat
        self._clock = clock
        self._due: float | None = None
        self.worst_ms = 0.0
        self.late = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin watching."""
        self._due = None
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()

    def tick(self) -> None:
        """One firing of the timer."""
        now = self._clock()
        if self._due is not None:
            late_ms = (now - self._due) * 1000
            self.worst_ms = max(self.worst_ms, late_ms)
            if late_ms > LATE_MS:
                self.late += 1
                log.warning("the GUI thread was %.0f ms late", late_ms)
        self._due = now + PERIOD_MS / 1000
        if self._beat is not None:
            self._beat()
