"""What every check works with: the device in its host, the guide, and what was seen."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from drivers.acceptance.guide import Guide
from drivers.acceptance.texts import act, look
from drivers.host import DeviceHost, HostPolicy, HostSpec, HostState
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus

_LOOK_S = 0.1
_RECORDING_S = 2.0
_ANSWER_SLACK_S = 10.0

_LOOKED_AFTER = HostPolicy(status_poll_s=0.25, reopen_max_s=0.5, backoff_max_s=0.5)


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the kit is, in seconds.

    ``open_s``: until the device is usable at first. ``wait_s``: a wait for a card that does not
    come. ``begin_s``: after which an operation surely runs. ``operation_s``: for a person to lay a
    card, and for one print. ``stuck_s``: for a print that cannot end. ``notice_s``: until a change
    at the device shows in its status. ``recover_s``: until it is usable again. ``steady_s``: how
    long the status is watched.
    """

    open_s: float = 20.0
    wait_s: float = 3.0
    begin_s: float = 1.0
    operation_s: float = 60.0
    stuck_s: float = 15.0
    notice_s: float = 15.0
    recover_s: float = 30.0
    steady_s: float = 3.0


SIMULATED = Limits(
    wait_s=0.6, begin_s=0.3, operation_s=20.0, stuck_s=1.5, notice_s=20.0, steady_s=0.6
)
"""A simulator moves no paper and needs no time to walk to."""


class CheckFailed(Exception):  # noqa: N818 - an outcome of a check, not an error
    """The device does not do what its port promises."""


class CheckNotRun(Exception):  # noqa: N818 - as above
    """The check could not be done."""


class _LogCatcher(logging.Handler):
    """Keeps log texts in memory while a check asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


class Bench:
    """A device under test. Checks use it from one thread; the host reports from another."""

    def __init__(self, spec: HostSpec, guide: Guide, limits: Limits) -> None:
        self.spec, self.guide, self.limits = spec, guide, limits
        self.codes: list[str] = []
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        self.statuses: list[DeviceStatus] = []
        self._changed = threading.Condition()
        self.host = self._host(spec)

    def _host(self, spec: HostSpec) -> DeviceHost:
        return DeviceHost(
            spec, on_status=self._on_status, on_event=self._on_event, policy=_LOOKED_AFTER
        )

    def _on_status(self, name: str, status: DeviceStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def _on_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        with self._changed:
            self.events.append((event, data))
            self._changed.notify_all()

    # --- doing ----------------------------------------------------------------------------------

    def begin(self, operation: str, *arguments: Any, timeout_s: float) -> Future[Result[Any]]:
        """Start an operation and wait until it surely runs, or has ended.

        That it runs is taken from the flight recorder: on a busy machine the driver's process may
        come to it much later, and one that is killed before leaves the operation to the next.
        """
        since = time.monotonic()
        future = self.host.call(operation, *arguments, timeout_s=timeout_s)
        ended = threading.Event()
        future.add_done_callback(lambda _: ended.set())
        self.answered(lambda: ended.is_set() or self._runs(operation, since), self.limits.recover_s)
        ended.wait(self.limits.begin_s)
        return future

    def _runs(self, operation: str, since: float) -> bool:
        taken = self.host.recording(_RECORDING_S).result()
        return isinstance(taken, Ok) and any(
            entry.direction == "note" and entry.note == f"begin {operation}" and entry.at >= since
            for entry in reversed(taken.value.entries)
        )

    def call(self, operation: str, *arguments: Any, timeout_s: float) -> Result[Any]:
        """An operation and its result; the code of a failure is noted for the report."""
        return self.end(self.host.call(operation, *arguments, timeout_s=timeout_s), timeout_s)

    def end(self, future: Future[Result[Any]], timeout_s: float) -> Result[Any]:
        """The result of what :meth:`begin` began."""
        try:
            result = future.result(timeout_s + _ANSWER_SLACK_S)
        except TimeoutError:
            raise CheckFailed("the operation never ended") from None
        if isinstance(result, Failure):
            self.note_code(result.code)
            if result.code == "device.hung":
                raise CheckFailed("the operation ignored its time limit, or the driver hung")
        return result

    def kill(self) -> int:
        """End the driver's process as a crash would; returns its id."""
        pid = self.host.pid
        if pid is None:
            raise CheckFailed("there is no driver process")
        os.kill(pid, signal.SIGKILL)
        return pid

    def do(self, name: str) -> None:
        """Have something done at the device, else the check is not run."""
        if not self.guide.ask(act(name)):
            raise CheckNotRun(f"could not be done ({name}): {act(name).en}")

    def restore(self, name: str) -> bool:
        """Have it undone; where it cannot be (False), the next check finds the device not usable."""
        return self.guide.ask(act(name))

    def judge(self, name: str) -> bool:
        """Have something looked at, else the check is not run."""
        answer = self.guide.judge(look(name))
        if answer is None:
            raise CheckNotRun(f"nobody could say ({name}): {look(name).en}")
        return answer

    # --- waiting --------------------------------------------------------------------------------

    def reached(self, condition: Callable[[], bool], within_s: float) -> bool:
        """Wait until ``condition`` holds; False if it did not in time."""
        deadline = time.monotonic() + within_s
        with self._changed:
            while not condition():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, _LOOK_S))
        return True

    def answered(self, ask: Callable[[], bool], within_s: float) -> bool:
        """Like :meth:`reached`, for a condition that has to ask the device itself."""
        deadline = time.monotonic() + within_s
        while not ask():
            if time.monotonic() >= deadline:
                return False
            with self._changed:
                self._changed.wait(_LOOK_S)
        return True

    def usable(self) -> bool:
        """True if the device is ready for an operation and reports no failure."""
        status = self.host.status
        return self.host.state is HostState.READY and status.usable and status.failure is None

    def until_usable(self, within_s: float, note: str) -> None:
        """Wait for :meth:`usable`; else the check failed, with the status's code."""
        if not self.reached(self.usable, within_s):
            self.note_code(self.host.status.failure)
            raise CheckFailed(note)

    def until_reported(self, note: str) -> DeviceStatus:
        """Wait until the status reports a trouble, which needs a code."""
        if not self.reached(lambda: not self.usable(), self.limits.notice_s):
            raise CheckFailed(note)
        status = self.host.status
        self.note_code(status.failure)
        return status

    def until_shown(self, shown: Callable[[DeviceStatus], bool]) -> None:
        """Wait until the status says so; one that says something else meanwhile may be stale."""
        if self.reached(lambda: shown(self.host.status), self.limits.notice_s):
            self.note_code(self.host.status.failure)
            return
        self.note_code(self.host.status.failure)
        usable = self.usable()
        raise CheckFailed(
            "the status did not report it" if usable else "the status reports something else"
        )

    def note_code(self, code: str | None) -> None:
        """Put a failure code into the report, once a check."""
        if code and code not in self.codes:
            self.codes.append(code)

    # --- other hosts and logs -------------------------------------------------------------------

    def listening(self) -> LogEar:
        """Collect what is logged on the device's behalf, within a ``with``."""
        from drivers.registry import adapter_target

        root = adapter_target(self.spec.adapter).partition(":")[0].partition(".")[0]
        return LogEar({"drivers", root})

    def with_options(self, options: Mapping[str, Any]) -> Result[Any]:
        """How a host of its own opens the adapter with other settings; the main host is stopped."""
        self.host.stop()
        other = HostSpec(self.spec.name, self.spec.port, self.spec.adapter, options)
        self.host = self._host(other)
        self.host.start()
        self.reached(
            lambda: (
                self.host.state in (HostState.READY, HostState.QUARANTINED)
                and (self.host.status.usable or self.host.status.failure != "device.offline")
            ),
            self.limits.open_s,
        )
        status = self.host.status
        self.note_code(status.failure)
        return Failure(status.failure) if status.failure else Ok(None)


class LogEar:
    """Log texts under some roots, kept in memory only."""

    def __init__(self, roots: set[str]) -> None:
        self._loggers = [logging.getLogger(root) for root in roots]
        self._catcher = _LogCatcher()

    def __enter__(self) -> list[str]:
        for logger in self._loggers:
            logger.addHandler(self._catcher)
        return self._catcher.texts

    def __exit__(self, *_: object) -> None:
        for logger in self._loggers:
            logger.removeHandler(self._catcher)
