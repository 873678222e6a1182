"""The supervisor of one device host: one thread that owns the child, the calls and the clock.

It waits on four things at once: the child's messages, the child's end (pidfd), requests from other
threads, and the nearest deadline. Nothing here is shared, hence nothing is locked; what others may
see goes through the :class:`Board`.
"""

from __future__ import annotations

import logging
import selectors
import time
from typing import Any

from drivers.failures import failure_catalogue
from drivers.flight.memory import FlightMemory
from drivers.host.calls import CallBook, PendingCall
from drivers.host.crashes import CrashRecord
from drivers.host.limits import Allowance, LogGate, event_cost
from drivers.host.mailbox import Mailbox
from drivers.host.process import ChildProcess
from drivers.host.requests import Board, CancelAll, NudgeHost, Request, ResetHost, StopHost
from drivers.host.spec import HEADROOM, HostPolicy, HostSpec, HostState
from drivers.host.wire import (
    Beat,
    Bye,
    Cancel,
    Finished,
    LogLine,
    Nudge,
    Progress,
    Ready,
    Setup,
    Started,
    StatusReport,
    WireError,
    frame,
    restricted_loads,
)
from drivers.registry import UnknownAdapterError, adapter_target
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

log = logging.getLogger(__name__)
_NEVER = float("inf")
_EXIT_WAIT_S = 0.5


class Supervisor:
    """See the module. :meth:`run` is the thread's whole life."""

    def __init__(
        self,
        spec: HostSpec,
        policy: HostPolicy,
        board: Board,
        mailbox: Mailbox[Request],
        flight: FlightMemory,
    ) -> None:
        self._spec, self._policy, self._flight = spec, policy, flight
        self._board, self._mailbox = board, mailbox
        self._calls = CallBook(spec.name)
        self._crashes = CrashRecord(policy)
        self._selector = selectors.DefaultSelector()
        self._selector.register(mailbox, selectors.EVENT_READ, self._take_requests)
        self._child: ChildProcess | None = None
        self._undead: list[ChildProcess] = []
        self._roots = frozenset({"drivers"})
        self._start_at = 0.0
        self._spawned_at = 0.0
        self._ready_since: float | None = None
        self._last_beat = 0.0
        self._upkeep_s = 0.0
        self._memory = 0
        self._events = Allowance(policy.events_per_s, policy.most_events)
        self._lines = LogGate(spec.name, Allowance(policy.events_per_s, policy.most_events))
        self._unusable: Failure | None = None
        self._waiting_reason = Failure("device.offline", "still starting")
        self._stop_by: float | None = None

    def run(self) -> None:
        """Supervise until told to stop; whatever happens, no child and no open call is left."""
        try:
            while self._stop_by is None:
                self._step()
        except Exception:
            log.exception("%s: the supervisor failed", self._spec.name)
        finally:
            self._shut_down()

    def _step(self) -> None:
        now = time.monotonic()
        if self._child is None and now >= self._start_at:
            self._start()
        wait_s = max(0.0, self._next_deadline() - time.monotonic())
        for key, _ in self._selector.select(None if wait_s == _NEVER else wait_s):
            key.data()
        self._check_deadlines(time.monotonic())
        self._dispatch()

    # --- the child's life ---------------------------------------------------------------------

    def _start(self) -> None:
        self._undead = [child for child in self._undead if child.reap() is None]
        try:
            target = adapter_target(self._spec.adapter)
            setup = self._setup(target)
            frame(setup)
        except (UnknownAdapterError, WireError) as error:
            log.error("%s: %s", self._spec.name, error)
            self._set_aside(Failure("device.misconfigured", str(error)))
            return
        if self._unusable is not None:
            self._unusable = None
            self._crashes.forgive(on_probation=True)
        self._roots = frozenset({"drivers", target.partition(":")[0].partition(".")[0]})
        self._spawned_at = time.monotonic()
        self._ready_since, self._upkeep_s, self._memory = None, 0.0, 0
        self._events = Allowance(self._policy.events_per_s, self._policy.most_events)
        try:
            child = ChildProcess(self._flight.descriptor)
        except OSError as error:
            log.error("%s: no process can be started: errno %s", self._spec.name, error.errno)
            self._after_crash(Failure("device.host_crashed", "no process can be started"))
            return
        self._child = child
        self._selector.register(child.socket, selectors.EVENT_READ, self._socket_ready)
        self._selector.register(child.pidfd, selectors.EVENT_READ, self._child_ended)
        self._board.show_state(HostState.STARTING, child.pid)
        child.send(setup)

    def _setup(self, target: str) -> Setup:
        policy = self._policy
        return Setup(
            name=self._spec.name,
            target=target,
            options=dict(self._spec.options),
            heartbeat_s=policy.heartbeat_s,
            status_poll_s=policy.status_poll_s,
            reopen_first_s=policy.reopen_first_s,
            reopen_max_s=policy.reopen_max_s,
            reopen_refused_s=policy.reopen_refused_s,
            nudge_pause_s=policy.nudge_pause_s,
            memory_ceiling=policy.memory_limit * HEADROOM,
            roots=self._spec.roots,
            log_level=logging.getLogger("drivers").getEffectiveLevel(),
        )

    def _child_ended(self) -> None:
        child = self._child
        if child is None:
            return
        self._take_last(child.receive_rest())
        self._bury(child, Failure("device.host_crashed", "the process ended"))

    def _kill(self, failure: Failure) -> None:
        child = self._child
        if child is not None:
            child.kill()
            # What it had begun but was not heard of yet must not be done again by the next.
            self._take_last(child.receive_rest())
            self._bury(child, failure)

    def _bury(self, child: ChildProcess, failure: Failure) -> None:
        """Take leave of a child that ended or was killed, and plan the next."""
        faults = child.fault_text()
        if self._release(child) is None:
            self._undead.append(child)
        log.error("%s: %s (%s)%s", self._spec.name, failure.code, failure.detail,
                  f"\n{faults}" if faults else "")  # fmt: skip
        self._after_crash(failure)

    def _release(self, child: ChildProcess) -> int | None:
        self._child = None
        self._selector.unregister(child.socket)
        self._selector.unregister(child.pidfd)
        status = child.reap()
        if status is not None:
            log.info("%s: process %d ended with %d", self._spec.name, child.pid, status)
        return status

    def _after_crash(self, failure: Failure) -> None:
        now = time.monotonic()
        pause_s = self._crashes.crashed(now, self._ready_since)
        if pause_s is None:
            self._set_aside(Failure("device.quarantined", f"last: {failure.code}"), failure)
            return
        self._start_at = now + pause_s
        self._waiting_reason = Failure("device.offline", f"restarting after {failure.code}")
        self._board.show_state(HostState.RESTARTING, None)
        self._show(DeviceStatus(DeviceState.OFFLINE, failure=failure.code, detail=failure.detail))
        self._calls.child_lost(failure)

    def _set_aside(self, failure: Failure, running: Failure | None = None) -> None:
        """Out of use until a reset, or until one more chance is due."""
        retry_s = self._policy.quarantine_retry_s
        self._start_at = _NEVER if retry_s is None else time.monotonic() + retry_s
        self._unusable = failure
        self._board.show_state(HostState.QUARANTINED, None)
        self._show(
            DeviceStatus(DeviceState.HARDWARE_ERROR, failure=failure.code, detail=failure.detail)
        )
        self._calls.child_lost(running or failure)
        self._calls.give_up_waiting(failure)

    # --- messages -----------------------------------------------------------------------------

    def _socket_ready(self) -> None:
        child = self._child
        if child is None:
            return
        child.flush()
        try:
            bodies, closed = child.receive()
            for body in bodies:
                self._take_message(body)
        except WireError as error:
            log.error("%s: %s", self._spec.name, error)
            self._kill(Failure("device.protocol", "the host broke its protocol"))
            return
        if closed and not child.ended(_EXIT_WAIT_S):
            self._kill(Failure("device.host_crashed", "the host closed its line"))

    def _take_message(self, body: bytes) -> None:
        self._last_beat = time.monotonic()
        match message := restricted_loads(body):
            case Beat(upkeep_s):
                self._upkeep_s = upkeep_s
                self._memory = self._child.private_memory() if self._child else 0
            case Ready():
                self._ready_since = self._last_beat
                self._waiting_reason = Failure("device.timeout", "not begun in time")
                self._board.show_state(HostState.READY, self._child.pid if self._child else None)
            case StatusReport(status):
                # a status is never withheld: who floods with them is killed, and that is one too
                self._events.take(self._last_beat)
                self._show(status)
            case Started(call_id):
                self._calls.started(call_id)
            case Finished(call_id, payload):
                self._calls.finished(call_id, self._result(payload))
            case Progress(event, payload):
                self._pass_on(event, payload)
            case LogLine():
                self._lines.write(message, self._last_beat)
            case other:
                raise WireError(f"unexpected {type(other).__name__}")

    def _take_last(self, bodies: list[bytes]) -> None:
        """What an ended child had still to say; of what is damaged nothing is missed any more."""
        try:
            for body in bodies:
                self._take_message(body)
        except WireError as error:
            log.error("%s: %s", self._spec.name, error)

    def _result(self, payload: bytes) -> Result[Any]:
        try:
            result = restricted_loads(payload, self._roots)
        except WireError as error:
            log.error("%s: result refused: %s", self._spec.name, error)
            return Failure("device.protocol", str(error))
        if isinstance(result, Ok):
            return result
        if isinstance(result, Failure) and result.code in failure_catalogue():
            return result
        code = result.code if isinstance(result, Failure) else type(result).__name__
        log.error("%s: unknown outcome %s", self._spec.name, code)
        return Failure("device.protocol", f"unknown outcome {code}")

    def _pass_on(self, event: str, payload: bytes) -> None:
        if not self._events.take(self._last_beat, event_cost(payload)):
            return  # the step ends with the end of this child
        try:
            data = restricted_loads(payload, self._roots)
        except WireError as error:
            log.error("%s: event %s refused: %s", self._spec.name, event, error)
            return
        self._board.show_event(event, data)

    def _show(self, status: DeviceStatus) -> None:
        self._board.show_status(status)

    # --- requests and deadlines ---------------------------------------------------------------

    def _take_requests(self) -> None:
        requests = self._mailbox.take_all()
        # A storm of nudges says no more than one.
        if self._child is not None and any(isinstance(each, NudgeHost) for each in requests):
            self._child.send(Nudge())
        for request in requests:
            match request:
                case PendingCall():
                    self._calls.add(request)
                    if self._unusable is not None:
                        self._calls.give_up_waiting(self._unusable)
                case CancelAll():
                    self._calls.give_up_waiting(Failure("device.cancelled"))
                    self._send_cancel()
                case ResetHost():
                    self._reset()
                case StopHost(by):
                    self._stop_by = by

    def _reset(self) -> None:
        self._crashes.forgive(on_probation=False)  # lest this end counts as one crash too many
        self._kill(Failure("device.host_crashed", "reset"))
        self._unusable = None
        self._crashes.forgive(on_probation=False)
        self._start_at = 0.0

    def _send_cancel(self) -> None:
        if self._child is not None:
            self._child.send(Cancel(self._calls.last_id))

    def _dispatch(self) -> None:
        child = self._child
        if child is None:
            return
        if self._ready_since is not None:
            call = self._calls.take_next()
            if call is not None:
                child.send(call.message())
        wanted = selectors.EVENT_READ
        if child.has_unsent:
            wanted |= selectors.EVENT_WRITE
        if self._selector.get_key(child.socket).events != wanted:
            self._selector.modify(child.socket, wanted, self._socket_ready)

    def _next_deadline(self) -> float:
        policy = self._policy
        times = [self._calls.next_deadline(policy.grace_s)]
        if self._child is None:
            times.append(self._start_at)
        elif self._ready_since is None:
            times.append(self._spawned_at + policy.start_limit_s)
        else:
            times.append(self._last_beat + policy.hang_s)
        running = self._calls.running
        if running is not None:
            times.append(running.deadline + policy.grace_s)
        return min(times)

    def _check_deadlines(self, now: float) -> None:
        policy = self._policy
        if self._calls.expire(now, self._waiting_reason, policy.grace_s):
            self._send_cancel()
        if self._child is None:
            return
        running = self._calls.running
        if running is not None and now >= running.deadline + policy.grace_s:
            self._kill(Failure("device.hung", f"{running.operation} ignored its time limit"))
        elif self._ready_since is None:
            if now >= self._spawned_at + policy.start_limit_s:
                self._kill(Failure("device.hung", "did not become ready"))
        elif now >= self._last_beat + policy.hang_s:
            self._kill(Failure("device.hung", "no heartbeat"))
        elif self._upkeep_s > policy.upkeep_limit_s:
            self._kill(Failure("device.hung", "open, close or status did not return"))
        elif lost := self._events.settle():
            more = f"{policy.most_events} at once, {policy.events_per_s:g} a second"
            self._kill(Failure("device.flooding", f"{lost} events beyond {more}"))
        elif self._memory > policy.memory_limit:
            sizes = f"{self._memory >> 20} MiB, at most {policy.memory_limit >> 20} are allowed"
            self._kill(Failure("device.outgrown", sizes))

    # --- the end ------------------------------------------------------------------------------

    def _shut_down(self) -> None:
        stopped = Failure("device.cancelled", "the host was stopped before it began")
        child = self._child
        try:
            if child is not None:
                self._say_bye(child)
                if self._release(child) is None:
                    self._undead.append(child)
            for lost in self._undead:
                lost.reap_when_ended()
        finally:
            self._child = None
            self._calls.child_lost(Failure("device.cancelled", "stopped during the operation"))
            self._calls.give_up_waiting(stopped)
            for request in self._mailbox.close():
                if isinstance(request, PendingCall):
                    request.complete(self._spec.name, stopped)
            self._selector.close()
            self._board.show_state(HostState.STOPPED, None)

    def _say_bye(self, child: ChildProcess) -> None:
        by = self._stop_by if self._stop_by is not None else time.monotonic()
        try:
            child.send(Bye())
            self._take_last(child.rest_until_end(by))
        except WireError as error:
            log.error("%s: %s", self._spec.name, error)
        if not child.ended():
            child.kill()
            self._take_last(child.receive_rest())
