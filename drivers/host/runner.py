"""The child's main loop: keeps one adapter open, performs calls, reports status.

``open()`` failing is everyday life (unplugged, switched off): it is reported and tried again, soon
at first, on a fresh instance. A call that finds the device closed makes one attempt at once and
ends with that attempt's failure, so a person waits for no longer than one attempt takes.
"""

from __future__ import annotations

import inspect
import logging
import os
import pickle
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from drivers.failure_codes import FailureCode
from drivers.flight.entry import ending
from drivers.flight.memory import FlightMemory
from drivers.flight.recorder import FlightRecorder
from drivers.host.link import Link
from drivers.host.wire import (
    MAX_EVENT,
    MAX_PAYLOAD,
    Bye,
    Call,
    Finished,
    Nudge,
    Progress,
    Ready,
    Setup,
    Started,
    StatusReport,
    WireError,
    dumps,
)
from drivers.ports import Adapter, AdapterContext
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

if TYPE_CHECKING:
    from drivers.hotplug.locate import BoundOptions

log = logging.getLogger(__name__)

AdapterFactory = Callable[[AdapterContext], Adapter]

_LOST = frozenset({DeviceState.OFFLINE, DeviceState.POWER_OFF, DeviceState.NO_DEVICE})
_KEEPS_INSTANCE = frozenset({"device.cancelled", "device.timeout"})
_LIFE = frozenset({"open", "close", "status"})
_AFTER_CALL_S = 0.1


def where(error: BaseException) -> str:
    """Type and place of an exception, without its message, which may quote personal data."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f" at {code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    return type(error).__name__ + place


def status_of(failure: Failure) -> DeviceStatus:
    """How a device that could not be opened is shown."""
    if failure.code in ("device.gone", "device.swapped"):
        state = DeviceState.NO_DEVICE
    elif failure.code == "device.misconfigured" or not failure.code.startswith("device."):
        state = DeviceState.HARDWARE_ERROR
    else:
        state = DeviceState.OFFLINE
    return DeviceStatus(state, failure=failure.code, detail=failure.detail)


def is_lost(status: DeviceStatus) -> bool:
    """True if the instance should be dropped and made anew."""
    return status.device in _LOST or (status.failure or "").startswith("device.")


def differs(one: DeviceStatus | None, other: DeviceStatus) -> bool:
    """True if a person would see a change; wording of ``detail`` alone is none."""

    def seen(status: DeviceStatus) -> tuple[object, ...]:
        return (status.device, status.media, status.paper, status.toner, status.failure)

    return one is None or seen(one) != seen(other)


def takes_timeout(method: Callable[..., Any]) -> bool:
    """True if the operation wants its time limit; a plain question (``dots_per_line``) has none."""
    parameters = inspect.signature(method).parameters.values()
    return any(p.name == "timeout_s" or p.kind is p.VAR_POSITIONAL for p in parameters)


class AdapterRunner:
    """Runs the adapter that ``load`` provides; everything here happens in one thread."""

    def __init__(
        self,
        setup: Setup,
        link: Link,
        load: Callable[[], AdapterFactory],
        recorder: FlightRecorder | None = None,
    ) -> None:
        self._setup = setup
        self._link = link
        self._load = load
        self._recorder = recorder or FlightRecorder(FlightMemory())
        self._factory: AdapterFactory | None = None
        self._adapter: Adapter | None = None
        self._failure = Failure("device.offline", "not opened yet")
        self._reported: DeviceStatus | None = None
        self._bound: BoundOptions | None = None
        self._attempts = 0
        self._due = 0.0
        self._tried_at = 0.0
        self._call_id = 0

    def run(self) -> None:
        """Serve until told to end."""
        self._recorder.note("process started")
        self._upkeep()
        self._link.send(Ready())
        while True:
            order = self._link.next_order(self._due - time.monotonic())
            match order:
                case Call():
                    self._perform(order)
                case Bye():
                    self._drop()
                    return
                case Nudge():
                    self._look_now()
                case None:
                    self._upkeep()

    # --- keeping the device -----------------------------------------------------------------

    def _upkeep(self) -> None:
        if self._adapter is None:
            self._open()
        else:
            self._ask_status()

    def _look_now(self) -> None:
        """A port came or went: see to the device soon, but never in a storm of attempts."""
        self._attempts = 0
        self._due = min(self._due, self._tried_at + self._setup.nudge_pause_s)

    def _open(self) -> None:
        self._tried_at = time.monotonic()
        with self._link.upkeep():
            made = self._make()
            if isinstance(made, Failure):
                self._lost(status_of(made), made)
                return
            adapter = made.value
            result = self._try_open(adapter)
        if isinstance(result, Failure):
            self._close(adapter)
            self._lost(status_of(result), result)
            return
        self._adapter = adapter
        self._ask_status()

    def _try_open(self, adapter: Adapter) -> Result[None]:
        self._recorder.note("begin open")
        result: Result[None]
        try:
            result = adapter.open()
        except Exception as error:
            log.error("open raised: %s", where(error))
            result = self._raised(error, "open")
        self._recorder.note(f"end open {ending(result)}")
        return result

    def _make(self) -> Result[Adapter]:
        try:
            if self._factory is None:
                self._factory = self._load()
            options = self._resolve(self._factory)
            if isinstance(options, Failure):
                return options
            context = AdapterContext(
                name=self._setup.name,
                options=options.value,
                emit=self._emit,
                cancelled=lambda: self._link.given_up(self._call_id),
                tap=self._recorder.tap,
            )
            self._recorder.begin(self._factory)
            return Ok(self._factory(context))
        except Exception as error:
            log.error("the adapter cannot be made: %s", where(error))
            return Failure("device.misconfigured", where(error))

    def _resolve(self, factory: AdapterFactory) -> Result[dict[str, Any]]:
        """The options with the device files that their bindings lead to just now."""
        options = self._setup.options
        if not getattr(factory, "port_options", None):
            return Ok(options)
        from drivers.hotplug.locate import BoundOptions  # not every device is at a port

        self._bound = BoundOptions(options, self._setup.roots)
        return self._bound.resolve(factory)

    def _ask_status(self) -> None:
        adapter = self._adapter
        if adapter is None:
            return
        self._tried_at = time.monotonic()
        try:
            with self._link.upkeep():
                pulled = self._bound.lost() if self._bound is not None else None
                if pulled is not None:
                    status = status_of(Failure("device.gone", f"{pulled}: unplugged"))
                else:
                    status = adapter.status()
        except Exception as error:
            log.error("status raised: %s", where(error))
            status = status_of(self._raised(error, "status"))
        if is_lost(status):
            self._drop()
            self._lost(status, Failure(status.failure or "device.offline", status.detail))
            return
        self._attempts = 0
        self._due = time.monotonic() + self._setup.status_poll_s
        self._report(status)

    def _lost(self, status: DeviceStatus, failure: Failure) -> None:
        """Remember why the device is away, and when to try again."""
        self._failure = failure
        if failure.code == "device.misconfigured":
            pause = self._setup.reopen_refused_s
        else:
            longest = self._setup.reopen_max_s
            pause = min(longest, self._setup.reopen_first_s * 2.0 ** min(self._attempts, 16))
            pause *= 0.5 + os.urandom(1)[0] / 510  # jitter; the random module costs 2 MB here
        self._attempts += 1
        self._due = time.monotonic() + pause
        self._report(status)

    def _drop(self) -> None:
        adapter, self._adapter = self._adapter, None
        if adapter is not None:
            self._close(adapter)
        self._due = 0.0

    def _close(self, adapter: Adapter) -> None:
        try:
            with self._link.upkeep():
                adapter.close()
        except Exception as error:
            log.error("close raised: %s", where(error))

    def _report(self, status: DeviceStatus) -> None:
        if differs(self._reported, status):
            self._reported = status
            self._recorder.note(f"status {status.device} {status.failure or 'ok'}")
            self._link.send(StatusReport(status))

    # --- performing calls ---------------------------------------------------------------------

    def _perform(self, call: Call) -> None:
        self._call_id = call.id
        if self._adapter is None and not self._link.given_up(call.id):
            self._open()
        adapter = self._adapter
        result: object
        if self._link.given_up(call.id):
            result = Failure("device.cancelled", "given up before it began")
        elif adapter is None:
            result = self._failure
        else:
            result = self._operate(adapter, call)
        self._finish(call, result)
        self._call_id = 0
        if self._adapter is None:
            return  # the next attempt to open it is planned already
        if isinstance(result, Failure) and self._spoils(result):
            self._drop()
        else:
            self._due = min(self._due, time.monotonic() + _AFTER_CALL_S)

    def _operate(self, adapter: Adapter, call: Call) -> object:
        name = call.operation
        method = None if name.startswith("_") or name in _LIFE else getattr(adapter, name, None)
        if not callable(method):
            log.error("the adapter has no operation %s", name)
            return Failure("device.misconfigured", f"no operation {name}")
        self._link.send(Started(call.id))
        arguments = list(pickle.loads(call.arguments))  # noqa: S301 - from our own parent
        if takes_timeout(method):
            arguments.append(max(0.0, call.deadline - time.monotonic()))
        self._recorder.note(f"begin {name}")
        result: object
        try:
            value = method(*arguments)
            result = value if isinstance(value, Ok | Failure) else Ok(value)
        except Exception as error:
            log.error("%s raised: %s", name, where(error))
            result = self._raised(error, name)
        self._recorder.note(f"end {name} {ending(result)}")
        return result

    def _finish(self, call: Call, result: object) -> None:
        try:
            payload = dumps(result, MAX_PAYLOAD)
        except WireError as error:
            log.error("the result of %s cannot be sent: %s", call.operation, error)
            payload = dumps(Failure("device.protocol", str(error)))
        self._link.send(Finished(call.id, payload))

    @staticmethod
    def _spoils(failure: Failure) -> bool:
        """True if after this failure the instance is not to be trusted with the next call."""
        return failure.code.startswith("device.") and failure.code not in _KEEPS_INSTANCE

    @staticmethod
    def _raised(error: Exception, operation: str) -> Failure:
        """An exception out of an adapter is its mistake; of the line, most often the line's end."""
        code: FailureCode = "device.offline" if isinstance(error, OSError) else "device.protocol"
        if isinstance(error, MemoryError):
            code = "device.outgrown"
        return Failure(code, f"{operation}: {where(error)}")

    def _emit(self, name: str, data: Mapping[str, Any]) -> None:
        try:
            payload = dumps(dict(data))
        except WireError as error:
            log.error("event %s cannot be sent: %s", name, error)
            return
        if len(payload) > MAX_EVENT:
            log.error("event %s of %d bytes is too large", name, len(payload))
            return
        self._link.send(Progress(name, payload))
