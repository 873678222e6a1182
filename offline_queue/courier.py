"""The courier: brings what the outbox holds to its destinations.

One dispatcher thread sees what is due; short-lived worker threads do the talking, each for one
destination, so a destination that hangs holds up only itself. A destination that answers gets
several workers, so that a case that hangs there holds up no other case; order within a case is
kept by the outbox, which hands out the head of a case and nothing behind it. Stopping does not wait
for the network: what is under way is settled by its worker when it ends, or is unknown at the next
start.
"""

from __future__ import annotations

import contextlib
import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future

from offline_queue.attempts import Attempts
from offline_queue.clock import Clock, SystemClock
from offline_queue.errors import OutboxClosed, OutboxError
from offline_queue.items import DestinationSummary, ItemState, ItemView
from offline_queue.moves import Claim, Settlement
from offline_queue.outbox import Outbox
from offline_queue.parcels import OutboxParcel
from offline_queue.policy import CourierPolicy
from offline_queue.verdicts import Transport

_log = logging.getLogger(__name__)
_STORAGE_PAUSE_S = 5.0


class Courier:
    """Delivers an outbox's items through ``transport``.

    ``clock`` must be the outbox's. ``rng`` is for tests; by default the system's randomness.
    """

    def __init__(
        self,
        outbox: Outbox,
        transport: Transport,
        *,
        policy: CourierPolicy | None = None,
        clock: Clock | None = None,
        rng: random.Random | None = None,
    ) -> None:
        self._outbox = outbox
        self._policy = policy or CourierPolicy()
        self._clock = clock or SystemClock()
        self._attempts = Attempts(
            transport, self._policy, self._clock, rng or random.SystemRandom()
        )
        self._condition = threading.Condition()
        self._woken = True
        self._stopping = False
        self._working: dict[str, list[threading.Thread]] = {}
        self._dispatcher: threading.Thread | None = None
        self._unlisten: Callable[[], None] = _nothing

    def start(self) -> None:
        """Start delivering. Once per courier."""
        if self._dispatcher is not None:
            raise RuntimeError("a courier is started once")
        self._unlisten = self._outbox.listen(self._on_change)
        self._outbox.show_breakers(self.breakers)
        self._dispatcher = threading.Thread(
            target=self._dispatch, name="outbox-courier", daemon=True
        )
        self._dispatcher.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Start no new try, and wait up to ``timeout_s`` for those under way.

        Whether all had ended. A try that has not is settled when it does, if the outbox is
        still open; else its item is unknown at the next start.
        """
        self._unlisten()
        self._unlisten = _nothing
        self._attempts.stop()
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
            threads = [thread for team in self._working.values() for thread in team]
        if self._dispatcher is not None:
            threads.insert(0, self._dispatcher)
        # The real clock: stopping must end even when the injected one stands still.
        end = SystemClock()
        deadline = end.monotonic() + timeout_s
        for thread in threads:
            thread.join(max(0.0, deadline - end.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def nudge(self, destination: str | None = None) -> None:
        """Try now what waits for ``destination`` (``None``: for all), open breakers included:
        the network is back, or a person is waiting."""
        self._attempts.probe_now(destination)
        with contextlib.suppress(OutboxClosed):
            self._outbox.hasten(destination).add_done_callback(lambda _: self._wake())

    def breakers(self) -> dict[str, DestinationSummary]:
        """The circuit breakers as they stand."""
        return self._attempts.breakers()

    # -- dispatcher --------------------------------------------------------------------

    def _on_change(self, view: ItemView) -> None:
        # Both a new item and a freed case give something to do. A full team claims until nothing
        # is due, and its workers wake the dispatcher when they end.
        full = len(self._working.get(view.destination, ())) >= self._policy.lanes
        if view.state != ItemState.IN_FLIGHT and not full:
            self._wake()

    def _wake(self) -> None:
        with self._condition:
            self._woken = True
            self._condition.notify_all()

    def _dispatch(self) -> None:
        while True:
            with self._condition:
                self._woken = False
                if self._stopping:
                    return
            try:
                due = self._outbox.due().result()
            except OutboxClosed:
                return
            except OutboxError:
                due = {}
                deadline: float | None = self._clock.monotonic() + _STORAGE_PAUSE_S
            else:
                deadline = None
            with self._condition:
                first = self._start_workers(due)
                if deadline is None or (first is not None and first < deadline):
                    deadline = first
                if not self._woken and not self._stopping:
                    self._clock.wait_until(self._condition, deadline)

    def _start_workers(self, due: dict[str, float]) -> float | None:
        """Start workers for destinations with due work; when the next becomes due."""
        now = self._clock.monotonic()
        first: float | None = None
        # those without a worker first, then those whose work has waited longest
        for name, moment in sorted(due.items(), key=lambda one: (one[0] in self._working, one[1])):
            start = max(moment, self._attempts.open_until(name))
            if start > now:
                first = start if first is None else min(first, start)
            elif self._room_for(name):
                self._start_worker(name)
        return first

    def _room_for(self, name: str) -> bool:
        """Whether ``name`` may have one more worker; half of all are kept for others' first."""
        working = sum(map(len, self._working.values()))
        team = len(self._working.get(name, ()))
        if team == 0:
            return working < self._policy.workers
        extra = working - len(self._working)
        sound = self._attempts.sound(name)
        return sound and team < self._policy.lanes and extra < self._policy.workers // 2

    def _start_worker(self, name: str) -> None:
        worker = threading.Thread(
            target=self._work, args=(name,), name=f"courier-{name}", daemon=True
        )
        self._working.setdefault(name, []).append(worker)
        worker.start()

    # -- workers -----------------------------------------------------------------------

    def _work(self, destination: str) -> None:
        try:
            more, ahead = self._round(destination, None)
            while more:
                more, ahead = self._round(destination, ahead)
        except OutboxClosed:
            pass  # what was in flight is unknown at the next start
        except OutboxError as error:
            _log.error("courier could not record a verdict: %s", error)
        finally:
            with self._condition:
                team = self._working[destination]
                team.remove(threading.current_thread())
                if not team:
                    del self._working[destination]
                self._woken = True
                self._condition.notify_all()

    def _round(
        self, destination: str, ahead: Future[list[Claim]] | None
    ) -> tuple[bool, Future[list[Claim]] | None]:
        """Claim and try a group, ``ahead`` if that has been asked for; whether there may be more to
        do at once, and the claim of the next group.

        That claim is handed in before the last of a group is tried: it goes into the commit that
        records the others, and is there when the last one is done.
        """
        probing = False
        if ahead is None:
            limit, probing = self._attempts.allowance(destination)
            if not limit:
                return False, None
            ahead = self._claim(destination, limit)
        following: Future[list[Claim]] | None = None
        try:
            claims = ahead.result()
            settled: list[tuple[Settlement, Future[ItemView | None]]] = []
            for claim in claims:
                last = claim is claims[-1]
                if last and not probing and self._may_go_on(destination):
                    following = self._claim(destination, self._policy.group)
                parcel = OutboxParcel(self._outbox, claim.item.item_id, self._is_stopping)
                settlement = self._attempts.make(destination, claim, parcel)
                # Those before the last are waited for only after it: they may come together.
                recorded = self._outbox.settle(settlement, patient=not last)
                settled.append((settlement, recorded))
            for settlement, future in settled:
                self._see_recorded(settlement, future)
        finally:
            if probing:
                self._attempts.probed(destination)
        return bool(claims), following

    def _claim(self, destination: str, limit: int) -> Future[list[Claim]]:
        return self._outbox.claim(destination, limit, self._policy.ask_after_s)

    def _may_go_on(self, destination: str) -> bool:
        return self._attempts.sound(destination) and not self._attempts.stopping

    def _is_stopping(self) -> bool:
        return self._attempts.stopping

    def _see_recorded(self, settlement: Settlement, future: Future[ItemView | None]) -> None:
        """Wait until a verdict is durable; a disk that is full now is tried again.

        Giving up would leave the item in flight although its answer is known.
        """
        while True:
            try:
                future.result()
                return
            except OutboxClosed:
                raise
            except OutboxError as error:
                _log.error("a verdict could not be recorded yet: %s", error)
            with self._condition:
                if self._stopping:
                    return
                deadline = self._clock.monotonic() + _STORAGE_PAUSE_S
                self._clock.wait_until(self._condition, deadline)
            future = self._outbox.settle(settlement)


def _nothing() -> None:
    """What stopping a courier that was never started undoes."""
