"""When to try again: backoff with full jitter, and a circuit breaker a destination."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CourierPolicy:
    """How patient the courier is. All times in seconds.

    ``breaker_failures`` in a row open a destination's breaker for ``breaker_open_s`` (doubled
    up to ``longest_s``), after which one item probes it. ``ask_after_s``: an item this old that
    was sent before is asked about before it is sent again, as the receiver may have forgotten
    its key. ``ask_every`` refused tries it is asked about, too. After ``tries`` answered,
    refused tries it is dead.

    ``workers`` threads at most talk at a time, ``lanes`` of them with one destination; each claims
    ``group`` items at once (one durable commit).
    """

    shortest_s: float = 2.0
    longest_s: float = 600.0
    retry_after_cap_s: float = 3600.0
    breaker_failures: int = 5
    breaker_open_s: float = 15.0
    ask_after_s: float = 30 * 86400.0
    ask_every: int = 20
    tries: int = 1000
    workers: int = 16
    lanes: int = 4
    group: int = 64

    def delay(self, tries: int, rng: random.Random, after_s: float | None = None) -> float:
        """The wait before try ``tries`` + 1: full jitter between the shortest wait and a
        ceiling that doubles; not sooner than ``after_s`` (Retry-After), itself capped."""
        ceiling = min(self.longest_s, self.shortest_s * 2.0 ** min(tries, 40))
        wait = rng.uniform(min(self.shortest_s, ceiling), ceiling)
        if after_s is not None and after_s > 0:
            wait = max(wait, min(after_s, self.retry_after_cap_s))
        return wait


class BreakerState(StrEnum):
    """Whether a destination is tried."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """The circuit breaker of one destination. Times are monotonic seconds; not thread-safe."""

    def __init__(self, policy: CourierPolicy, rng: random.Random) -> None:
        self._policy = policy
        self._rng = rng
        self.failures = 0
        self.open_until = 0.0

    def state(self, now: float) -> BreakerState:
        """The state at ``now``."""
        if now < self.open_until:
            return BreakerState.OPEN
        if self.failures >= self._policy.breaker_failures:
            return BreakerState.HALF_OPEN
        return BreakerState.CLOSED

    def answered(self) -> None:
        """The destination answered."""
        self.failures, self.open_until = 0, 0.0

    def failed(self, now: float, after_s: float | None = None) -> None:
        """The destination as a whole failed a try; ``after_s``: it said when to come back."""
        self.failures += 1
        if after_s is not None and after_s > 0:
            self.open_until = now + min(after_s, self._policy.retry_after_cap_s)
        if self.failures >= self._policy.breaker_failures:
            rounds = min(self.failures - self._policy.breaker_failures, 40)
            ceiling = min(self._policy.longest_s, self._policy.breaker_open_s * 2.0**rounds)
            # Between half and all of it, so that terminals do not come back together.
            self.open_until = max(self.open_until, now + ceiling * self._rng.uniform(0.5, 1.0))

    def probe_now(self) -> None:
        """Something changed (the network is back): the next try may be made at once."""
        self.open_until = 0.0
