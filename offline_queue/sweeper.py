"""The sweeper: tells receivers how items ended that were not delivered, and has them give up what was
uploaded for these.

A thread of its own, as nobody waits for it and it must hold up no delivery. What is left to do is read
from the outbox each time; only what failed, and when to come back to its receiver, is kept in memory.
"""

from __future__ import annotations

import logging
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from offline_queue.clock import Clock
from offline_queue.errors import OutboxClosed, OutboxError
from offline_queue.items import Ending, ItemState
from offline_queue.leavings import Leaving
from offline_queue.outbox import Outbox
from offline_queue.policy import CourierPolicy
from offline_queue.verdicts import Herald, Transport, Uploader

_log = logging.getLogger(__name__)
LEAVES = frozenset((ItemState.REJECTED, ItemState.WITHDRAWN, ItemState.DEAD))
"""Coming to such an end, an item may have left something."""


@dataclass(frozen=True, slots=True)
class _Pause:
    tries: int = 0
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class _Errand:
    """Something a receiver is asked for, until it was done; which is then ``noted``."""

    name: tuple[str, int]
    destination: str
    ask: Callable[[], bool]
    noted: Callable[[], Future[None]]


class Sweeper:
    """Sweeps for one courier; ``transport`` is its own: a Herald, an Uploader, or both."""

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        policy: CourierPolicy,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._outbox = outbox
        self._uploader = transport if isinstance(transport, Uploader) else None
        self._herald = transport if isinstance(transport, Herald) else None
        self._policy = policy
        self._clock = clock
        self._rng = rng
        self._condition = threading.Condition()
        self._woken = False
        self._stopping = False
        self._pauses: dict[str, _Pause] = {}
        self._failed: Counter[tuple[str, int]] = Counter()
        self._thread = threading.Thread(target=self._run, name="outbox-sweeper", daemon=True)

    def start(self) -> None:
        """Start sweeping, with what an earlier run has left."""
        self._thread.start()

    def stop(self) -> threading.Thread:
        """Begin no further request; the thread, which ends after the one that is under way."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        return self._thread

    def wake(self) -> None:
        """There may be something to sweep."""
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def hasten(self, destination: str | None) -> None:
        """Sweep at ``destination`` (``None``: everywhere) at once: the network is back."""
        with self._condition:
            for name in list(self._pauses):
                if destination in (None, name):
                    del self._pauses[name]
        self.wake()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._woken = False
                if self._stopping:
                    return
            try:
                deadline = self._sweep(self._errands())
            except OutboxClosed:
                return
            except OutboxError as error:
                _log.error("what is left to do for items that ended is not known now: %s", error)
                deadline = self._clock.monotonic() + self._policy.longest_s
            with self._condition:
                if not self._woken and not self._stopping:
                    self._clock.wait_until(self._condition, deadline)

    def _errands(self) -> list[_Errand]:
        """All that is left to do; what somebody may be asking about first."""
        found: list[_Errand] = []
        if (herald := self._herald) is not None:
            found += [
                self._told(herald, one)
                for one in self._outbox.endings().result()
                if herald.concerns(one)
            ]
        if (uploader := self._uploader) is not None:
            found += [self._given_up(uploader, one) for one in self._outbox.leavings().result()]
        return found

    def _told(self, herald: Herald, ending: Ending) -> _Errand:
        return _Errand(
            (ending.item.item_id, 0),
            ending.item.destination,
            lambda: herald.tell(ending),
            lambda: self._outbox.told(ending),
        )

    def _given_up(self, uploader: Uploader, leaving: Leaving) -> _Errand:
        return _Errand(
            (leaving.item_id, leaving.n),
            leaving.destination,
            lambda: uploader.give_up(leaving.upload),
            lambda: self._outbox.gone(leaving),
        )

    def _sweep(self, errands: list[_Errand]) -> float | None:
        """Try each once, but for those whose receiver has just failed; when to come back."""
        waiting: set[str] = set()
        self._failed = Counter({one.name: self._failed[one.name] for one in errands})
        # What has failed goes last: it alone may be what its receiver does not do.
        for errand in sorted(errands, key=lambda one: self._failed[one.name]):
            name = errand.destination
            if self._stopping:
                break
            with self._condition:
                pause = self._pauses.get(name, _Pause())
            if pause.until > self._clock.monotonic():
                waiting.add(name)
            elif _done(errand):
                errand.noted().result()
                self._pause(name, None)
            else:
                self._failed[errand.name] += 1
                until = self._clock.monotonic() + self._policy.delay(pause.tries, self._rng)
                self._pause(name, _Pause(pause.tries + 1, until))
                waiting.add(name)
        with self._condition:
            return min((self._pauses[n].until for n in waiting if n in self._pauses), default=None)

    def _pause(self, name: str, pause: _Pause | None) -> None:
        with self._condition:
            if pause is None:
                self._pauses.pop(name, None)
            else:
                self._pauses[name] = pause


def _done(errand: _Errand) -> bool:
    try:
        return errand.ask()
    except Exception:
        _log.exception("transport failed to give up an upload, or to tell how an item ended")
        return False
