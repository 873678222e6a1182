"""What bounds a host's memory from outside: calls that wait, and what a child tells unasked."""

from __future__ import annotations

import logging
import threading

from drivers.host.wire import LogLine

log = logging.getLogger(__name__)

_EVENT_BYTES = 4096


class Room:
    """Room for a number of calls and for the bytes of their arguments. For any thread.

    A call of whatever size has room where there is no other.
    """

    def __init__(self, calls: int, size: int) -> None:
        self._lock = threading.Lock()
        self._most_calls, self._most_bytes = calls, size
        self._calls = self._bytes = 0

    def enter(self, size: int) -> bool:
        """Take up room for a call of ``size`` bytes; False if there is none."""
        with self._lock:
            full = self._calls >= self._most_calls or self._bytes + size > self._most_bytes
            if full and self._calls:
                return False
            self._calls += 1
            self._bytes += size
            return True

    def leave(self, size: int) -> None:
        """Give the room of a call of ``size`` bytes back."""
        with self._lock:
            self._calls -= 1
            self._bytes -= size


class Allowance:
    """A bucket that holds ``most`` and regains ``per_s`` a second; one thread's own.

    ``refused``: how much was asked for in vain since :meth:`settle`.
    """

    def __init__(self, per_s: float, most: float) -> None:
        self._per_s, self._most = per_s, most
        self._left = most
        self._at = 0.0
        self.refused = 0

    def take(self, now: float, cost: float = 1.0) -> bool:
        """Use up ``cost`` at ``now`` (monotonic seconds); False if there is not as much."""
        if now > self._at:
            self._left = min(self._most, self._left + (now - self._at) * self._per_s)
            self._at = now
        if cost > self._left:
            self.refused += 1
            return False
        self._left -= cost
        return True

    def settle(self) -> int:
        """How many were refused since this was asked last."""
        refused, self.refused = self.refused, 0
        return refused


def event_cost(data: bytes) -> float:
    """What an event counts for: one, and one more for every 4 KiB of its data."""
    return 1 + len(data) / _EVENT_BYTES


class LogGate:
    """Writes a child's log lines into the terminal's log, as many as are allowed."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        self._name, self._allowance = name, allowance

    def write(self, line: LogLine, now: float) -> None:
        """Write ``line``, or leave it out; what was left out is told with the next one written."""
        if not self._allowance.take(now):
            return
        if lost := self._allowance.settle():
            log.warning("%s: %d lines of its log were left out", self._name, lost)
        logging.getLogger(line.logger).log(line.level, "%s: %s", self._name, line.text)
