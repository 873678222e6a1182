"""The flight recorder: what the latest visits consisted of, redacted before it is kept.

In memory only, and read by a technician's `kiosk recording`. A visit can only be replayed from its
beginning, so visits are forgotten whole.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import Any

from kiosk.visit import Visit
from kiosk.visit.events import Event
from kiosk.visit.replay import record_event, record_start

log = logging.getLogger(__name__)

EVENTS_KEPT = 400
"""So many of the latest; the visit that ended last is kept however long it was."""
EVENTS_OF_ONE_VISIT = 2000
"""A longer visit (or one that never rests) is recorded up to here."""

EVENTS_BETWEEN = 50
"""So many of those between two visits, presence and power mostly; then they are forgotten."""


class FlightRecorder:
    """Written by the visit's thread, read from any."""

    def __init__(self, visit: Visit) -> None:
        self._lock = threading.Lock()
        self._visits: deque[list[dict[str, Any]]] = deque([_opening(visit)])
        self._count = 0

    def note(self, before: Visit, event: Event, after: Visit) -> None:
        """Keep ``event``, which led from one visit to the other. Never raises."""
        try:
            line = record_event(event, before)
        except Exception as error:
            # A value the records don't know must not hold up the visit; the gap is marked.
            log.error("recorder.gap event=%s error=%s", type(event).__name__, type(error).__name__)
            line = {"event": type(event).__name__, "error": type(error).__name__}
        start = record_start(after)
        with self._lock:
            if len(self._visits[-1]) <= EVENTS_OF_ONE_VISIT:
                self._visits[-1].append(line)
                self._count += 1
            if start is not None:
                self._rested(start, between=record_start(before) is not None)
            while self._count > EVENTS_KEPT and len(self._visits) > 2:
                self._count -= len(self._visits.popleft()) - 1

    def _rested(self, start: dict[str, Any], *, between: bool) -> None:
        """A visit is over; or it was before, and somebody went by meanwhile (``between``): that is no
        visit, or the one that ended last would soon be pushed out."""
        if not between:
            self._visits.append([start])
        elif len(self._visits[-1]) > EVENTS_BETWEEN:
            self._count -= len(self._visits[-1]) - 1
            self._visits[-1] = [start]

    def lines(self) -> list[dict[str, Any]]:
        """Starts and events, oldest first, ready for JSON."""
        with self._lock:
            return [line for visit in self._visits for line in visit]


def _opening(visit: Visit) -> list[dict[str, Any]]:
    start = record_start(visit)
    return [start if start is not None else {"start": "unknown"}]
