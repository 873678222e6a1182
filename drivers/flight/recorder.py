"""The child's side: what the adapter shows goes through its redactor into the shared memory."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from drivers.flight.entry import Direction, Entry
from drivers.flight.memory import FlightMemory
from drivers.flight.redaction import ElideAll, Kept, Redactor

log = logging.getLogger(__name__)


class FlightRecorder:
    """Records for one adapter at a time. The adapter may call from any of its threads.

    A redactor that raises is replaced by one that keeps no byte; recording never disturbs the
    device.
    """

    def __init__(self, memory: FlightMemory, clock: Callable[[], float] = time.monotonic) -> None:
        self._memory = memory
        self._clock = clock
        self._lock = threading.Lock()
        self._redactor: Redactor = ElideAll()

    def begin(self, adapter_class: object) -> None:
        """Record for a fresh instance of ``adapter_class``, with the redactor it names."""
        fresh: Redactor = ElideAll()
        named = getattr(adapter_class, "flight_redactor", None)
        if named is not None:
            try:
                fresh = named()
            except Exception as error:
                log.error("no redactor, so no bytes are recorded: %s", type(error).__name__)
        with self._lock:
            self._keep(self._guarded(lambda redactor: redactor.settle()))
            self._redactor = fresh

    def tap(self, direction: str, data: bytes) -> None:
        """For :attr:`drivers.ports.AdapterContext.tap`."""
        way: Direction = "out" if direction == "out" else "in"
        with self._lock:
            at = self._clock()
            self._keep(self._guarded(lambda redactor: redactor.take(at, way, bytes(data))))

    def note(self, text: str) -> None:
        """Something that happened besides the traffic; ``text`` is ours and holds nothing read."""
        with self._lock:
            self._keep(self._guarded(lambda redactor: redactor.settle()))
            entry = Entry(self._clock(), "note", text.encode("ascii", "replace")[:200])
            self._memory.append(entry)

    def _guarded(self, use: Callable[[Redactor], Kept]) -> Kept:
        try:
            return use(self._redactor)
        except Exception as error:
            # Not its message, which may quote what it was given.
            log.error("redactor given up: %s", type(error).__name__)
            self._redactor = ElideAll()
            return []

    def _keep(self, entries: Kept) -> None:
        for entry in entries:
            self._memory.append(entry)
