"""Python's and QML's rubbish collected while nobody is served.

The terminal holds some three hundred thousand objects that live as long as it does: catalogue, divisions,
words. Whenever enough new ones came, Python looked at all of them in one go, on whichever thread came
by, with every other thread standing still: 60–100 ms in the middle of a visit. Here they are put aside
(``gc.freeze``), so that what Python does by itself only looks at what came since, which takes a
millisecond or two. All is looked at again once much was added (a new catalogue), and only before an
empty terminal.

QML's own collector comes when its heap has grown, so the more a terminal had to do, the later; and the C
library keeps what is freed in the middle of its heap. Both are asked after each visit, so that memory
does not rise from peak to peak, and what people typed is not kept longer than it must. From time to time
the pictures of letters go, too.
"""

from __future__ import annotations

import ctypes
import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQml import QJSEngine

from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step, Visit
from screens.bridge import Bridge
from screens.runtime import drop_letters

LOOK_MS = 2000
MANY = 50_000
"""Lasting objects that came since the last look at all: looking at them takes about 15 ms."""
VISITS_A_STORE = 50
"""Visits after which the pictures of letters are dropped; 200 slow ones of the soak left 19 MB of them."""
_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", lambda _pad: 0)
"""Gives free pages in the middle of the C library's heap back to the system (glibc only)."""
_NOBODY = (Step.ATTRACT, Step.OUT_OF_SERVICE)


class Collector(QObject):
    """Looks every two seconds whether there is something to do and nobody to be disturbed.

    For the GUI thread, where the objects behind Qt's own have to be deleted anyway. Of the whole process,
    so for a terminal that runs, not for a window in a test.
    """

    def __init__(self, port: TerminalPort, engine: QJSEngine) -> None:
        super().__init__()
        self._engine = engine
        self._served = False
        self._visited = False
        self._visits = 0
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
            self._visits += 1
            if self._visits % VISITS_A_STORE == 0:
                drop_letters()
            gc.collect()
            self._engine.collectGarbage()
            _TRIM(0)
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
