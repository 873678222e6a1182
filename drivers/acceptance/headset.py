"""Checks of :class:`drivers.ports.HeadsetJack`."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from drivers.acceptance.bench import Bench, CheckFailed
from drivers.ports import Headset
from drivers.results import Failure, Result


def _asked(bench: Bench) -> Headset:
    result = bench.call("headset", timeout_s=bench.limits.wait_s)
    if isinstance(result, Failure):
        raise CheckFailed("the socket gave no answer")
    if not isinstance(result.value, Headset):
        raise CheckFailed("what it answered is no Headset")
    return result.value


def _until(bench: Bench, expected: Headset) -> None:
    if not bench.answered(lambda: _asked(bench) is expected, bench.limits.notice_s):
        raise CheckFailed(f"expected {expected}")


def _told(bench: Bench, event: str, since: int) -> None:
    if not bench.reached(
        lambda: event in [name for name, _ in bench.events[since:]], bench.limits.notice_s
    ):
        raise CheckFailed(f"{event} was not emitted")


def told(bench: Bench) -> None:
    """Plugging in and pulling out are answered when asked, and told by events."""
    bench.do("headset_out")
    _until(bench, Headset.OUT)
    for act, expected, event in (
        ("headset_in", Headset.IN, "headset_in"),
        ("headset_out", Headset.OUT, "headset_out"),
    ):
        since = len(bench.events)
        bench.do(act)
        _until(bench, expected)
        _told(bench, event, since)


def watched(bench: Bench) -> None:
    """A change is told while somebody watches, not only after."""
    bench.do("headset_out")
    _until(bench, Headset.OUT)
    since = len(bench.events)
    watching = bench.begin("watch", timeout_s=bench.limits.operation_s)
    try:
        bench.do("headset_in")
        _told(bench, "headset_in", since)
        if watching.done():
            raise CheckFailed("the watch ended by itself")
    finally:
        bench.host.cancel()
        _ended(bench, watching)
        bench.restore("headset_out")


def _ended(bench: Bench, watching: Future[Result[Any]]) -> None:
    ended = bench.end(watching, bench.limits.operation_s)
    if isinstance(ended, Failure) and ended.code != "device.cancelled":
        raise CheckFailed("the watch ended otherwise than by being called off")


def killed(bench: Bench) -> None:
    """A process that dies with a headset in comes back to the same news."""
    bench.do("headset_in")
    try:
        _until(bench, Headset.IN)
        since = len(bench.events)
        old = bench.kill()
        if not bench.reached(lambda: bench.host.pid not in (None, old), bench.limits.recover_s):
            raise CheckFailed("the process did not come back")
        _told(bench, "headset_in", since)
    finally:
        bench.restore("headset_out")
    bench.until_usable(bench.limits.recover_s, "the socket did not come back")
