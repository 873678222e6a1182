"""Python's and QML's rubbish collected while nobody is served.

The terminal holds some three hundred thousand objects that live as long as it does: catalogue, divisions,
words. Whenever enough new ones came, Python looked at all of them in one go, on whichever thread came
by, with every other thread standing still: 60-130 ms in the middle of a visit. So here the work is cut
by age:

- Python itself only looks at what is young (generations 0 and 1), a millisecond or two;
- after a visit, all that came since the last look is looked at, and personal data goes with it;
- what lasts is put aside (``gc.freeze``) before it is too much for such a look to be unnoticed;
- all of it, what was put aside as well, is looked at only once much of it was, and only where nobody
  has been near for a while: it is the one pass that a person could feel, and a touch puts it off.

QML's own collector comes when its heap has grown, so the more a terminal had to do, the later; and the C
library keeps what is freed in the middle of its heap. Both are asked after each visit, so that memory
does not rise from peak to peak, and what people typed is not kept longer than it must. From time to time
the pictures of letters go, too.
"""

from __future__ import annotations

import ctypes
import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQml import QJSEngine

from kiosk.terminal_port import TerminalPort
from kiosk.visit.model import Step, Visit
from screens.bridge import Bridge
from screens.runtime import drop_letters

LOOK_MS = 2000
MANY = 20_000
"""Lasting objects that came since the last were put aside: looking at them takes about 6 ms."""
TOO_LONG = 1000
"""Passes over young objects without one over those that came since the last were put aside: these are then
looked at even in a visit. Millions of objects were made by then; no visit but one of hours gets there."""
FRESH_LOOKS = 10
"""After the start, what came is put aside without a look: it is being loaded, and even to count it would
be felt."""
ASIDE_MANY = 100_000
"""Objects put aside since the start or the last look at all of them, as a new catalogue brings."""
QUIET_S = 180.0
"""Nobody served, and nothing touched."""
NEVER = 2**31 - 1
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

    def __init__(
        self,
        port: TerminalPort,
        engine: QJSEngine,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock
        self._served = False
        self._visited = False
        self._visits = 0
        self._fresh = FRESH_LOOKS
        self._aside = 0
        """Objects put aside since the start or since all were looked at."""
        self._touched = clock()
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], NEVER)
        gc.freeze()
        gc.enable()  # a start puts it off
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
        if self._served:
            self.touched()

    def touched(self) -> None:
        """Somebody is here, be it a technician whom no visit tells of."""
        self._touched = self._clock()

    def look(self) -> None:
        """One look."""
        if self._served:
            if gc.get_count()[2] > TOO_LONG:
                gc.collect()
            return
        if self._visited:
            self._visited = False
            self._sweep()
        if self._fresh > 0:
            self._fresh -= 1
            gc.freeze()
        elif (came := len(gc.get_objects(generation=2))) > MANY:
            gc.collect()
            gc.freeze()
            self._aside += came
        elif self._aside > ASIDE_MANY and self._clock() - self._touched > QUIET_S:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._aside = 0

    def _sweep(self) -> None:
        self._visits += 1
        if self._visits % VISITS_A_STORE == 0:
            drop_letters()
        gc.collect()
        self._engine.collectGarbage()
        _TRIM(0)

    def close(self) -> None:
        """Look no more, and leave the collector as it was found."""
        self._timer.stop()
        self._bridge.close()
        gc.set_threshold(*self._thresholds)
        gc.unfreeze()
