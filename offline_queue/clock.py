"""Time, injected: a real clock, a clock driven by hand, and the outbox's own steady time.

Due times and ages must survive a clock that is set back, jumps to 1970 or sleeps with the
machine. Inside a process they therefore follow the monotonic clock; across restarts they
continue from the later of the wall clock and the last time written down.
"""

from __future__ import annotations

import threading
import time
import weakref
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day, a clock that never steps, and waiting by that clock."""

    def wall(self) -> float:
        """Seconds since the Unix epoch; may step."""

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never steps, counts suspension where it can."""

    def wait_until(self, condition: threading.Condition, deadline: float | None) -> None:
        """Wait on ``condition`` (held) until notified or ``deadline`` (monotonic seconds)."""


class SystemClock:
    """The machine's clocks."""

    def wall(self) -> float:
        """See :class:`Clock`."""
        return time.time()

    def monotonic(self) -> float:
        """See :class:`Clock`. ``CLOCK_BOOTTIME`` where the system has it."""
        return _monotonic()

    def wait_until(self, condition: threading.Condition, deadline: float | None) -> None:
        """See :class:`Clock`."""
        if deadline is None:
            condition.wait()
        elif (left := deadline - self.monotonic()) > 0:
            condition.wait(min(left, threading.TIMEOUT_MAX))


class ManualClock:
    """A clock that moves only when told to: for tests and simulation."""

    def __init__(self, wall: float = 1_780_000_000.0) -> None:
        self._wall = wall
        self._monotonic = 1000.0
        self._lock = threading.Lock()
        self._waiting: weakref.WeakSet[threading.Condition] = weakref.WeakSet()

    def wall(self) -> float:
        """See :class:`Clock`."""
        with self._lock:
            return self._wall

    def monotonic(self) -> float:
        """See :class:`Clock`."""
        with self._lock:
            return self._monotonic

    def wait_until(self, condition: threading.Condition, deadline: float | None) -> None:
        """See :class:`Clock`. Wakes when notified or when the clock is moved."""
        with self._lock:
            self._waiting.add(condition)
        # advance() needs the condition to notify, and we hold it: no wake-up can be lost here
        if deadline is None or self.monotonic() < deadline:
            condition.wait()

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` pass on both clocks."""
        with self._lock:
            self._wall += seconds
            self._monotonic += seconds
        self._wake()

    def step_wall(self, seconds: float) -> None:
        """Set the time of day forward or back; the monotonic clock does not notice."""
        with self._lock:
            self._wall += seconds
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            waiting = list(self._waiting)
        for condition in waiting:
            with condition:
                condition.notify_all()


_STEP_S = 0.5


class SteadyTime:
    """Seconds since the epoch that never run backwards while the outbox is open."""

    def __init__(self, clock: Clock, not_before: float = 0.0) -> None:
        self._clock = clock
        self._offset = max(clock.wall(), not_before) - clock.monotonic()
        self._shift = clock.wall() - self.now()

    def now(self) -> float:
        """The steady time."""
        return self._clock.monotonic() + self._offset

    def monotonic(self, moment: float) -> float:
        """The monotonic time at which ``moment`` comes."""
        return moment - self._offset

    def on_the_wall(self, moment: float) -> float:
        """``moment`` as the wall clock, as set now, will show it."""
        shift = self._clock.wall() - self.now()
        if abs(shift - self._shift) > _STEP_S:
            self._shift = shift  # the wall clock was set; drift alone must not alter a view
        return moment + self._shift


def rfc3339(wall: float) -> str:
    """``wall`` (Unix seconds) as RFC 3339 in UTC, with milliseconds; 1970 for what no calendar has."""
    try:
        moment = datetime.fromtimestamp(wall, UTC)
    except (ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(0, UTC)  # only of a row somebody changed
    return moment.isoformat(timespec="milliseconds")


def _monotonic() -> float:
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)
