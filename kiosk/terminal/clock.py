"""The terminal's wall clock: legal time of the country, injected so that tests own it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, datetime

from kiosk.china import CHINA

Now = Callable[[], datetime]


def china_now() -> datetime:
    """The present moment with its offset (+08:00)."""
    return datetime.now(CHINA)


def china_today(now: Now = china_now) -> date:
    """Today's date where the terminal stands."""
    return now().astimezone(CHINA).date()


TOLERANCE_S = 60.0
"""A receipt names minutes: a clock that is less than one off says the truth."""
TRUSTED_S = 7 * 86400.0
"""So long after a comparison: a poor quartz (100 ppm) is then one minute off."""


class ClockJudge:
    """Whether this terminal's wall clock can be believed: it was compared with the portal's lately,
    agreed, and was not set since (the monotonic clock tells). Thread-safe."""

    def __init__(
        self, now: Now = china_now, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._compared: tuple[float, float, float] | None = None
        """Monotonic second, wall minus monotonic, and skew of the last comparison."""

    def compare(self, ask: Callable[[], datetime | None]) -> float | None:
        """Ask for the right time and note the difference, ours minus theirs in seconds; None if
        there was no answer, or one too slow to tell. Takes as long as the answer."""
        asked_at, asked = self._monotonic(), self._now()
        right = ask()
        answered_at, answered = self._monotonic(), self._now()
        if right is None or answered_at - asked_at > TOLERANCE_S:
            return None
        # The answer was true at some moment in between: the most favourable one is assumed.
        early, late = (asked - right).total_seconds(), (answered - right).total_seconds()
        skew = 0.0 if early <= 0.0 <= late else min(early, late, key=abs)
        with self._lock:
            self._compared = (answered_at, answered.timestamp() - answered_at, skew)
        return skew

    def sure(self) -> bool:
        """Is the wall clock right, as far as can be known?"""
        with self._lock:
            compared = self._compared
        if compared is None:
            return False
        at, offset, skew = compared
        monotonic = self._monotonic()
        moved = self._now().timestamp() - monotonic - offset
        return monotonic - at <= TRUSTED_S and abs(skew + moved) <= TOLERANCE_S
