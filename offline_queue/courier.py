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
from collections import deque
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
from offline_queue.sweeper import LEAVES, Sweeper
from offline_queue.team import Team
from offline_queue.verdicts import Herald, Transport, Uploader

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
        rng = rng or random.SystemRandom()
        self._attempts = Attempts(transport, self._policy, self._clock, rng)
        self._sweeper: Sweeper | None = None
        if isinstance(transport, Herald | Uploader):
            self._sweeper = Sweeper(outbox, transport, self._policy, self._clock, rng)
        self._condition = threading.Condition()
        self._woken = True
        self._stopping = False
        self._working: dict[str, Team] = {}
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
        if self._sweeper is not None:
            self._sweeper.start()

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
            threads = [one for team in self._working.values() for one in team.threads]
        if self._dispatcher is not None:
            threads.insert(0, self._dispatcher)
            if self._sweeper is not None:
                threads.append(self._sweeper.stop())
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
        if self._sweeper is not None:
            self._sweeper.hasten(destination)
        with contextlib.suppress(OutboxClosed):
            self._outbox.hasten(destination).add_done_callback(lambda _: self._wake())

    def breakers(self) -> dict[str, DestinationSummary]:
        """The circuit breakers as they stand."""
        return self._attempts.breakers()

    # -- dispatcher --------------------------------------------------------------------

    def _on_change(self, view: ItemView) -> None:
        if self._sweeper is not None and view.state in LEAVES:
            self._sweeper.wake()
        # Both a new item and a freed case give something to do. A full team claims until nothing
        # is due, and its workers wake the dispatcher when they end.
        team = self._working.get(view.destination)
        full = team is not None and len(team.threads) >= self._policy.lanes
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
        working = sum(len(team.threads) for team in self._working.values())
        if name not in self._working:
            return working < self._policy.workers
        extra = working - len(self._working)
        size = len(self._working[name].threads)
        sound = self._attempts.sound(name)
        return sound and size < self._policy.lanes and extra < self._policy.workers // 2

    def _start_worker(self, name: str) -> None:
        team = self._working.get(name)
        if team is None:
            team = self._working[name] = Team(
                lambda: self._attempts.allowance(name),
                lambda: self._attempts.probed(name),
                lambda limit: self._claim(name, limit),
            )
        worker = threading.Thread(
            target=self._work, args=(name, team), name=f"courier-{name}", daemon=True
        )
        team.hope()
        team.threads.append(worker)
        worker.start()

    # -- workers -----------------------------------------------------------------------

    def _work(self, destination: str, team: Team) -> None:
        try:
            self._deliver(destination, team)
        except OutboxClosed:
            pass  # what was in flight is unknown at the next start
        except OutboxError as error:
            _log.error("courier could not record a verdict: %s", error)
        finally:
            with self._condition:
                team.threads.remove(threading.current_thread())
                if not team.threads:
                    del self._working[destination]
                self._woken = True
                self._condition.notify_all()

    def _deliver(self, destination: str, team: Team) -> None:
        """Try one after the other until nothing is due, and see every verdict recorded.

        A verdict is recorded with others, and with the claim of those that follow; it is waited for
        when there is nothing else to do, or too many are waiting.
        """
        unrecorded: deque[tuple[Settlement, Future[ItemView | None]]] = deque()
        while (turn := team.take()) is not None:
            if team.crowded:
                self._call_another(destination)
            try:
                parcel = OutboxParcel(self._outbox, turn.claim.item.item_id, self._is_stopping)
                settlement = self._attempts.make(destination, turn.claim, parcel)
                recorded = self._outbox.settle(settlement, patient=not turn.probing)
                team.settled()
                unrecorded.append((settlement, recorded))
                while unrecorded and (turn.probing or self._may_look(unrecorded)):
                    self._see_recorded(*unrecorded.popleft())
            finally:
                if turn.probing:
                    self._attempts.probed(destination)
        for settlement, recorded in unrecorded:
            self._see_recorded(settlement, recorded)

    def _may_look(self, unrecorded: deque[tuple[Settlement, Future[ItemView | None]]]) -> bool:
        return unrecorded[0][1].done() or len(unrecorded) > self._policy.group

    def _call_another(self, destination: str) -> None:
        """Have another worker help with what is claimed already, if there may be one."""
        with self._condition:
            if not self._stopping and self._room_for(destination):
                self._start_worker(destination)

    def _claim(self, destination: str, limit: int) -> Future[list[Claim]]:
        return self._outbox.claim(destination, limit, self._policy.ask_after_s)

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
