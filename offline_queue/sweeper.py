"""The sweeper: has receivers give up what was uploaded for items that ended.

A thread of its own, as nobody waits for it and it must hold up no delivery. What is left to do is read
from the outbox each time; only when to come back to a receiver that did not do it is kept in memory.
"""

from __future__ import annotations

import logging
import random
import threading
from dataclasses import dataclass

from offline_queue.clock import Clock
from offline_queue.errors import OutboxClosed, OutboxError
from offline_queue.items import ItemState
from offline_queue.leavings import Leaving
from offline_queue.outbox import Outbox
from offline_queue.policy import CourierPolicy
from offline_queue.verdicts import Uploader

_log = logging.getLogger(__name__)
LEAVES = frozenset((ItemState.REJECTED, ItemState.WITHDRAWN, ItemState.DEAD))
"""Coming to such an end, an item may have left something."""


@dataclass(frozen=True, slots=True)
class _Pause:
    tries: int = 0
    until: float = 0.0


class Sweeper:
    """Sweeps for one courier; ``uploader`` is its transport."""

    def __init__(
        self,
        outbox: Outbox,
        uploader: Uploader,
        policy: CourierPolicy,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._outbox = outbox
        self._uploader = uploader
        self._policy = policy
        self._clock = clock
        self._rng = rng
        self._condition = threading.Condition()
        self._woken = False
        self._stopping = False
        self._pauses: dict[str, _Pause] = {}
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
                deadline = self._sweep(self._outbox.leavings().result())
            except OutboxClosed:
                return
            except OutboxError as error:
                _log.error("what was uploaded in vain is not known now: %s", error)
                deadline = self._clock.monotonic() + self._policy.longest_s
            with self._condition:
                if not self._woken and not self._stopping:
                    self._clock.wait_until(self._condition, deadline)

    def _sweep(self, leavings: list[Leaving]) -> float | None:
        """Try each once, but for those whose receiver has just failed; when to come back."""
        waiting: set[str] = set()
        for leaving in leavings:
            name = leaving.destination
            if self._stopping:
                break
            with self._condition:
                pause = self._pauses.get(name, _Pause())
            if pause.until > self._clock.monotonic():
                waiting.add(name)
            elif self._given_up(leaving):
                self._outbox.gone(leaving).result()
                self._pause(name, None)
            else:
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

    def _given_up(self, leaving: Leaving) -> bool:
        try:
            return self._uploader.give_up(leaving.upload)
        except Exception:
            _log.exception("transport failed to give up an upload")
            return False
