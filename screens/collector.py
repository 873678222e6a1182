"""Python's rubbish collected while nobody is served.

The terminal holds some three hundred thousand objects that live as long as it does: catalogue, divisions,
words. Whenever enough new ones came, Python looked at all of them in one go, on whichever thread came
by, with every other thread standing still: 60–100 ms in the middle of a visit. Here they are put aside
(``gc.freeze``), so that what Python does by itself only looks at what came since, which takes a
millisecond or two. All is looked at again once much was added (a new catalogue), and only before an
empty terminal.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step, Visit
from screens.bridge import Bridge

LOOK_MS = 2000
MANY = 50_000
"""Lasting objects that came since the last look at all: looking at them takes about 15 ms."""
_NOBODY = (Step.ATTRACT, Step.OUT_OF_SERVICE)


class Collector(QObject):
    """Looks every two seconds whether there is something to do and nobody to be disturbed.

    For the GUI thread, where the objects behind Qt's own have to be deleted anyway. Of the whole process,
    so for a terminal that runs, not for a window in a test.
    """

    def __init__(self, port: TerminalPort) -> None:
        super().__init__()
        self._served = False
        self._visited = False
        self._aside = False
        self._bridge = Bridge(port, self.note)
        self.note(port.visit)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def note(self, visit: Visit) -> None:
        """A visit as it is now."""
        self._served = visit.step not in _NOBODY
        self._visited |= self._served

    def look(self) -> None:
        """One look. What a visit left behind is collected, and personal data with it."""
        if self._served:
            return
        if self._visited:
            self._visited = False
            gc.collect()
        if len(gc.get_objects(generation=2)) > MANY:
            if self._aside:
                gc.unfreeze()
                gc.collect()
            gc.freeze()
            self._aside = True

    def close(self) -> None:
        """Look no more, and leave the collector as it was found."""
        self._timer.stop()
        self._bridge.close()
        gc.unfreeze()
