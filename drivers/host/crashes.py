"""How a crashing process is treated: restart with backoff, quarantine when it keeps on."""

from __future__ import annotations

import random
from collections import deque

from drivers.host.spec import HostPolicy


class CrashRecord:
    """Counts crashes of one host. All times are monotonic seconds handed in by the caller."""

    def __init__(self, policy: HostPolicy) -> None:
        self._policy = policy
        self._times: deque[float] = deque()
        self._in_a_row = 0
        self._on_probation = False

    def crashed(self, now: float, ready_since: float | None) -> float | None:
        """Note a crash; returns the pause before the next start, None for quarantine.

        ``ready_since``: when the process became ready, None if it never did.
        """
        policy = self._policy
        if ready_since is not None and now - ready_since >= policy.stable_s:
            self._in_a_row = 0
            self._on_probation = False
        self._in_a_row += 1
        self._times.append(now)
        while self._times[0] <= now - policy.quarantine_window_s:
            self._times.popleft()
        if self._on_probation or len(self._times) >= policy.quarantine_after:
            return None
        doubled = policy.backoff_first_s * 2.0 ** min(self._in_a_row - 1, 16)
        # Jitter: devices felled by one cause do not all come back in the same instant.
        return min(policy.backoff_max_s, doubled) * random.uniform(0.5, 1.0)  # noqa: S311

    def forgive(self, *, on_probation: bool) -> None:
        """Start counting afresh; on probation, the next early crash ends in quarantine again."""
        self._times.clear()
        self._in_a_row = 0
        self._on_probation = on_probation
