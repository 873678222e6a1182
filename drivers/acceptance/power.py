"""Checks of :class:`drivers.ports.PowerSupply`."""

from __future__ import annotations

from collections.abc import Callable

from drivers.acceptance.bench import Bench, CheckFailed
from drivers.ports import PowerReport, PowerSource
from drivers.results import Failure

_ON_BATTERY = frozenset({"ups.on_battery", "ups.low_battery"})


def _ask(bench: Bench) -> PowerReport:
    result = bench.call("power", timeout_s=bench.limits.wait_s)
    if isinstance(result, Failure):
        raise CheckFailed("the supply gave no answer")
    if not isinstance(result.value, PowerReport):
        raise CheckFailed("what it answered is no PowerReport")
    return result.value


def _until(bench: Bench, holds: Callable[[PowerReport], bool], note: str) -> None:
    if not bench.answered(lambda: holds(_ask(bench)), bench.limits.notice_s):
        raise CheckFailed(note)


def mains(bench: Bench) -> None:
    """On mains, with plausible numbers."""
    report = _ask(bench)
    if report.source is not PowerSource.MAINS or report.low:
        raise CheckFailed("not on mains, or the battery is low")
    if report.charge_percent is not None and not 0 <= report.charge_percent <= 100:
        raise CheckFailed("not plausible: charge_percent")
    if report.runtime_s is not None and report.runtime_s < 0:
        raise CheckFailed("not plausible: runtime_s")


def cut(bench: Bench) -> None:
    """A power cut is told, shown in the status and answered; the device stays usable; so is its
    end."""
    since = len(bench.events)
    bench.do("mains_fail")
    try:
        _until(bench, lambda r: r.source is PowerSource.BATTERY, "the cut is not reported")
        _told(bench, "on_battery", since)
        bench.until_shown(lambda status: status.usable and status.failure in _ON_BATTERY)
    finally:
        since = len(bench.events)
        bench.restore("mains_return")
    _until(bench, lambda r: r.source is PowerSource.MAINS, "the end of the cut is not reported")
    _told(bench, "on_line", since)
    bench.until_usable(bench.limits.notice_s, "the status still reports the cut")


def killed_on_battery(bench: Bench) -> None:
    """A process that dies during a cut comes back to the same news."""
    bench.do("mains_fail")
    try:
        _until(bench, lambda r: r.source is PowerSource.BATTERY, "the cut is not reported")
        since = len(bench.events)
        old = bench.kill()
        if not bench.reached(lambda: bench.host.pid not in (None, old), bench.limits.recover_s):
            raise CheckFailed("the process did not come back")
        _told(bench, "on_battery", since)
    finally:
        bench.restore("mains_return")
    bench.until_usable(bench.limits.recover_s, "the supply did not come back")


def _told(bench: Bench, event: str, since: int) -> None:
    if not bench.reached(
        lambda: event in [name for name, _ in bench.events[since:]], bench.limits.notice_s
    ):
        raise CheckFailed(f"{event} was not emitted")
