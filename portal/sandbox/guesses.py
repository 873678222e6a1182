"""Look-up codes can't be tried out: who asks for many that do not exist has to wait."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from portal.contract.base import ProblemCode
from portal.sandbox.problems import Refusal

A = TypeVar("A")
MISSES = 20
WITHIN = dt.timedelta(minutes=10)
MISSES_PER_ADDRESS = 300
"""Many terminals or phones may share an address; still, one guess of 55 bits among a million cases
hits once in 3.6e10, which at this pace is 800 thousand days."""
SOURCES = 10_000


class Guesses:
    """Counts the misses of each source (terminal, and address). Hits cost nothing. Thread-safe."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._misses: dict[str, deque[dt.datetime]] = defaultdict(deque)

    def look_up(self, request: Request, find: Callable[[], A]) -> A:
        """``find()``, unless this source missed too often; raises :class:`Refusal`."""
        host = request.client.host if request.client else ""
        terminal = request.headers.get("terminal-id")
        sources = {f"address {host}": MISSES_PER_ADDRESS if terminal else MISSES}
        if terminal:
            sources[f"terminal {terminal}"] = MISSES
        for source, most in sources.items():
            self._check(source, most)
        try:
            return find()
        except Refusal as refusal:
            if refusal.code is ProblemCode.NOT_FOUND:
                self._missed(sources)
            raise

    def _check(self, source: str, most: int) -> None:
        now = self._clock()
        with self._lock:
            misses = self._misses.get(source)
            if misses is None:
                return
            while misses and now - misses[0] >= WITHIN:
                misses.popleft()
            if len(misses) >= most:
                wait = misses[0] + WITHIN - now
                raise Refusal(
                    ProblemCode.RATE_LIMITED, retry_after_s=max(1, int(wait.total_seconds()))
                )

    def _missed(self, sources: dict[str, int]) -> None:
        now = self._clock()
        with self._lock:
            if len(self._misses) >= SOURCES:
                self._misses.clear()
            for source in sources:
                self._misses[source].append(now)
