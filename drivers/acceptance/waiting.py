"""Checks of an operation that waits for somebody: a card, a code. Ports name what they wait for."""

from __future__ import annotations

import time

from drivers.acceptance.bench import Bench, CheckFailed
from drivers.host import HostState
from drivers.results import Failure

_EARLY = 0.5
_AFTER_KILL = frozenset({"device.host_crashed", "device.offline", "device.timeout"})


def lasts(bench: Bench, operation: str, code: str) -> None:
    """Nobody comes: ``code`` at the time limit, and the wait really lasts until then."""
    limit = bench.limits.wait_s
    began = time.monotonic()
    result = bench.call(operation, timeout_s=limit)
    if not isinstance(result, Failure) or result.code != code:
        raise CheckFailed(f"expected {code}")
    if time.monotonic() - began < _EARLY * limit:
        raise CheckFailed("gave up long before the time limit")


def is_called_off(bench: Bench, operation: str, limit_s: float) -> None:
    """The wait ends as ``device.cancelled``, not by running out."""
    future = bench.begin(operation, timeout_s=limit_s)
    bench.host.cancel()
    result = bench.end(future, limit_s)
    if not isinstance(result, Failure) or result.code != "device.cancelled":
        raise CheckFailed("expected device.cancelled")


def outlives_its_process(
    bench: Bench, operation: str, limit_s: float, code: str, device: str
) -> None:
    """The process dies during the wait, which ends by a word, and the device is found again.

    ``code`` is what the wait's running out is called; ``device`` how a report names it.
    """
    future = bench.begin(operation, timeout_s=limit_s)
    old = bench.kill()
    result = bench.end(future, limit_s)
    if not isinstance(result, Failure) or result.code not in _AFTER_KILL | {code}:
        raise CheckFailed("expected device.host_crashed")
    if not bench.reached(
        lambda: bench.host.pid not in (None, old) and bench.host.state is HostState.READY,
        bench.limits.recover_s,
    ):
        raise CheckFailed("the process did not come back")
    bench.until_usable(bench.limits.recover_s, f"the {device} did not come back")
