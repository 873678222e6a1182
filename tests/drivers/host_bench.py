"""Waiting and watching for the tests of the device host."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from drivers.host import DeviceHost, HostPolicy, HostSpec, HostState
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus

PATIENCE_S = 30.0

QUICK = HostPolicy(
    heartbeat_s=0.05,
    hang_s=1.5,
    grace_s=0.2,
    status_poll_s=0.05,
    reopen_max_s=0.2,
    backoff_max_s=0.2,
)


class Watcher:
    """Collects what a host pushes; waits for the thing itself."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.statuses: list[DeviceStatus] = []
        self.events: list[tuple[str, Mapping[str, Any]]] = []

    def on_status(self, name: str, status: DeviceStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def on_event(self, name: str, event: str, data: Mapping[str, Any]) -> None:
        with self._changed:
            self.events.append((event, data))
            self._changed.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_S), (self.statuses, self.events)

    def until_event(self, name: str) -> None:
        self.until(lambda: name in [event for event, _ in self.events])

    def until_failure(self, code: str | None) -> None:
        self.until(lambda: bool(self.statuses) and self.statuses[-1].failure == code)


@contextmanager
def running(
    adapter: str, policy: HostPolicy = QUICK, **options: Any
) -> Iterator[tuple[DeviceHost, Watcher]]:
    watcher = Watcher()
    target = adapter if ":" in adapter else f"host_adapters:{adapter}"
    host = DeviceHost(
        HostSpec("reader", "id_card_reader", target, options),
        on_status=watcher.on_status,
        on_event=watcher.on_event,
        policy=policy,
    )
    host.start()
    try:
        yield host, watcher
    finally:
        host.stop()
        assert host.state is HostState.STOPPED


def outcome(future: Future[Result[Any]]) -> Result[Any]:
    return future.result(PATIENCE_S)


def value(future: Future[Result[Any]]) -> Any:
    result = outcome(future)
    assert isinstance(result, Ok), result
    return result.value


def code(future: Future[Result[Any]]) -> str:
    result = outcome(future)
    assert isinstance(result, Failure), result
    return result.code


def child_pids() -> set[int]:
    """Children of this process, zombies included."""
    pids: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # the thread has ended
            pids.update(int(pid) for pid in (task / "children").read_text("ascii").split())
    return pids


def until_ended(pidfd: int) -> None:
    poller = select.poll()
    poller.register(pidfd, select.POLLIN)
    assert poller.poll(PATIENCE_S * 1000)
    os.close(pidfd)
