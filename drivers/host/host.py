"""A supervised device: what the rest of the terminal holds in hand."""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from drivers.flight.entry import Recording
from drivers.flight.memory import FlightMemory
from drivers.host.calls import PendingCall, pending
from drivers.host.limits import Room
from drivers.host.mailbox import Mailbox
from drivers.host.requests import CancelAll, NudgeHost, Request, ResetHost, StopHost
from drivers.host.runner import differs
from drivers.host.spec import HostPolicy, HostSpec, HostState
from drivers.host.supervisor import Supervisor
from drivers.host.wire import MAX_PAYLOAD
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

log = logging.getLogger(__name__)

StatusCallback = Callable[[str, DeviceStatus], None]
EventCallback = Callable[[str, str, Mapping[str, Any]], None]

_KILL_MARGIN_S = 2.0
_NOT_RUNNING = DeviceStatus(
    DeviceState.OFFLINE, failure="device.offline", detail="host not running"
)


class DeviceHost:
    """One adapter in a supervised child process.

    ``on_status(name, status)`` is called once per real change (wording of ``detail`` alone is
    none), ``on_event(name, event, data)`` for each progress event; both from the supervisor's
    thread, as are callbacks added to a call's future. They must return soon and may call any method
    here; whatever they raise is logged. All methods are thread-safe and, but for :meth:`stop`,
    never wait.
    """

    def __init__(
        self,
        spec: HostSpec,
        *,
        on_status: StatusCallback | None = None,
        on_event: EventCallback | None = None,
        policy: HostPolicy | None = None,
    ) -> None:
        self.spec = spec
        self.name = spec.name
        self._policy = policy or HostPolicy()
        self._on_status, self._on_event = on_status, on_event
        self._room = Room(self._policy.most_calls, self._policy.most_call_bytes)
        self._flight = FlightMemory()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._mailbox: Mailbox[Request] | None = None
        self._state = HostState.STOPPED
        self._pid: int | None = None
        self._status = _NOT_RUNNING
        self._pushed: DeviceStatus | None = None

    def start(self) -> None:
        """Start process and supervisor, and return at once; does nothing if they run already."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return
            self._state, self._pushed = HostState.STARTING, None
            self._mailbox = Mailbox()
            supervisor = Supervisor(self.spec, self._policy, self, self._mailbox, self._flight)
            # A daemon: a program that forgets stop() can still end, and its children end with it.
            self._thread = threading.Thread(
                target=supervisor.run, name=f"device-{self.name}", daemon=True
            )
            self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End the process, politely within ``timeout_s``, then by force; open calls are cancelled.

        Returns when it is gone. From a callback it returns at once, and the end follows.
        """
        self.begin_stop(timeout_s)
        self.finish_stop(timeout_s)

    def begin_stop(self, timeout_s: float) -> None:
        """Ask for the end without waiting for it."""
        self._put(StopHost(time.monotonic() + timeout_s))

    def finish_stop(self, timeout_s: float) -> None:
        """Wait for the end asked for by :meth:`begin_stop`."""
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout_s + _KILL_MARGIN_S)
            if thread.is_alive():
                log.error("%s: the host did not stop", self.name)

    def call(self, operation: str, *args: Any, timeout_s: float) -> Future[Result[Any]]:
        """Have the adapter do ``operation``; the future always gets ``Ok`` or ``Failure``.

        Calls are done one at a time, in order. The time a call waits, for its turn or for the host
        to be ready, is part of ``timeout_s``; the adapter is handed what is left of it, and is
        killed a grace later (``device.hung``).

        ``device.hung``, ``device.host_crashed`` and ``device.outgrown`` (it took too much memory)
        are given only to an operation *that had begun*: it may have had effects, so a print job that
        ends so is doubtful. One that never began ends with ``device.offline`` (host not started,
        still starting, or restarting when its time ran out), ``device.timeout`` (others were before
        it) or at once with ``device.quarantined`` or ``device.misconfigured``; if the device cannot
        be opened, with the failure of one attempt at it. ``device.cancelled`` follows :meth:`cancel`
        or :meth:`stop`. ``device.overloaded``: too many calls have not ended yet; it is refused at
        once. ``device.flooding``: as ``device.outgrown``, for events.
        ``device.protocol``: the adapter raised, or its result cannot be sent.
        Raises :class:`TypeError` for arguments that cannot be pickled.
        """
        try:
            data = pickle.dumps(args, protocol=5)
        except Exception as error:
            raise TypeError(f"arguments of {operation}: {type(error).__name__}") from None
        request: PendingCall = pending(operation, data, timeout_s)
        if len(data) > MAX_PAYLOAD:
            request.complete(self.name, Failure("device.protocol", "arguments are too large"))
        elif not self._room.enter(len(data)):
            request.complete(self.name, Failure("device.overloaded", "too many calls wait"))
        else:
            request.future.add_done_callback(lambda _: self._room.leave(len(data)))
            if not self._put(request):
                request.complete(self.name, Failure("device.offline", "the host is not running"))
        return request.future

    def cancel(self) -> None:
        """Give up everything: calls in the row end as ``device.cancelled``, and the adapter inside
        an operation sees ``cancelled()``; that call ends as the adapter then decides."""
        self._put(CancelAll())

    def reset(self) -> None:
        """Start the process afresh now, also out of quarantine; past crashes are forgotten."""
        self._put(ResetHost())

    def nudge(self) -> None:
        """A port came or went: open the device, or ask how it is, now and not at the next look.
        However often this is called, attempts are ``nudge_pause_s`` apart."""
        self._put(NudgeHost())

    def recording(self, timeout_s: float) -> Future[Result[Recording]]:
        """What the flight recorder holds: the device's newest traffic, redacted.

        Read from memory shared with the process, so it is there at once, well within ``timeout_s``,
        whether the adapter is idle, busy, hung or dead, and spans restarts. Bytes of a frame still
        arriving are not in it. Always ``Ok``.
        """
        entries, overwritten = self._flight.read()
        taken = Recording(
            device=self.name,
            adapter=self.spec.adapter,
            taken_at=time.monotonic(),
            wall_time=datetime.now(UTC).isoformat(timespec="milliseconds"),
            entries=entries,
            overwritten=overwritten,
        )
        future: Future[Result[Recording]] = Future()
        future.set_result(Ok(taken))
        return future

    @property
    def status(self) -> DeviceStatus:
        """What is known of the device now."""
        return self._status

    @property
    def state(self) -> HostState:
        """The state of the process."""
        return self._state

    @property
    def pid(self) -> int | None:
        """The child process, None while there is none."""
        return self._pid

    def _put(self, request: Request) -> bool:
        with self._lock:
            return self._mailbox is not None and self._mailbox.put(request)

    # --- the supervisor's board, called from its thread ---------------------------------------

    def show_state(self, state: HostState, pid: int | None) -> None:
        """For the supervisor only."""
        self._pid, self._state = pid, state
        log.info("%s: %s", self.name, state)
        if state is HostState.STOPPED:
            self._status = _NOT_RUNNING  # not pushed: the owner asked for it

    def show_status(self, status: DeviceStatus) -> None:
        """For the supervisor only."""
        self._status = status
        if not differs(self._pushed, status):
            return
        self._pushed = status
        log.info("%s: %s %s", self.name, status.device, status.failure or "")
        if self._on_status is not None:
            try:
                self._on_status(self.name, status)
            except Exception:
                log.exception("%s: on_status raised", self.name)

    def show_event(self, event: str, data: Mapping[str, Any]) -> None:
        """For the supervisor only."""
        if self._on_event is not None:
            try:
                self._on_event(self.name, event, data)
            except Exception:
                log.exception("%s: on_event raised", self.name)
