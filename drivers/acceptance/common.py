"""Checks for every port: opening, status, crashes, unplugging, settings."""

from __future__ import annotations

import threading

from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.failures import failure_catalogue
from drivers.results import Failure
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState

_NO_SUCH_OPTION = "no_such_option_of_any_adapter"


def opens(bench: Bench) -> None:
    """The first opening makes the device usable; refused settings are not waited for."""
    bench.reached(
        lambda: bench.usable() or bench.host.status.failure == "device.misconfigured",
        bench.limits.open_s,
    )
    bench.until_usable(0.0, "the device did not become usable")


def vocabulary(bench: Bench) -> None:
    """Every status so far is made of the words all devices share."""
    statuses = [*bench.statuses, bench.host.status]
    for status in statuses:
        if wrong := _wrong_word(status):
            raise CheckFailed(f"not of the vocabulary: {wrong}")


def _wrong_word(status: DeviceStatus) -> str:
    kinds = {
        "device": DeviceState,
        "media": MediaState,
        "paper": SupplyState,
        "toner": SupplyState,
    }
    for name, kind in kinds.items():
        if not isinstance(getattr(status, name), kind):
            return name
    if status.failure is not None and status.failure not in failure_catalogue():
        return "failure"
    return ""


def steady(bench: Bench) -> None:
    """Nobody touches it, so it has nothing to report."""
    before = len(bench.statuses)
    threading.Event().wait(bench.limits.steady_s)
    if len(bench.statuses) != before:
        raise CheckFailed("the status changed although nothing happened")


def killed(bench: Bench) -> None:
    """The process dies between operations, and the device is back by itself."""
    old = bench.kill()
    if not bench.reached(
        lambda: bench.host.pid not in (None, old) and bench.usable(), bench.limits.recover_s
    ):
        bench.note_code(bench.host.status.failure)
        raise CheckFailed("the device did not come back after its process ended")


def unplugged(bench: Bench) -> None:
    """Cable or power goes and comes back; nobody restarts anything."""
    bench.do("unplug")
    try:
        status = bench.until_reported("unplugging was not reported")
        if status.usable:
            raise CheckFailed("an unplugged device is reported as usable")
        if status.failure is None:
            raise CheckFailed("an unplugged device is reported without a failure code")
    finally:
        restored = bench.restore("replug")
    if not restored:
        raise CheckNotRun("could not be undone (replug)")
    bench.until_usable(bench.limits.recover_s, "the device did not come back after replugging")


def unknown_setting(bench: Bench) -> None:
    """A misspelt key must not be passed over in silence."""
    options = {**bench.spec.options, _NO_SUCH_OPTION: 1}
    result = bench.with_options(options)
    if not isinstance(result, Failure):
        raise CheckFailed("an unknown setting was passed over")
    if result.code not in ("device.misconfigured", "device.quarantined"):
        raise CheckFailed("an unknown setting is not reported as device.misconfigured")
