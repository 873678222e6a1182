"""Checks of :class:`drivers.ports.Scanner`. What was scanned is compared in memory and kept nowhere."""

from __future__ import annotations

from drivers.acceptance import waiting
from drivers.acceptance.bench import Bench, CheckFailed
from drivers.ports import ScannedCode, Symbology
from drivers.results import Failure, Ok


def none(bench: Bench) -> None:
    """No code: ``scanner.none`` at the time limit, and the wait really lasts until then."""
    bench.do("no_code")
    waiting.lasts(bench, "scan", "scanner.none")


def cancel(bench: Bench) -> None:
    """A wait for a code ends as ``device.cancelled``, not by running out."""
    bench.do("no_code")
    waiting.is_called_off(bench, "scan", bench.limits.operation_s)


def killed(bench: Bench) -> None:
    """The process dies while waiting for a code; the next wait finds the scanner again."""
    bench.do("no_code")
    limit = bench.limits.operation_s
    waiting.outlives_its_process(bench, "scan", limit, "scanner.none", "scanner")


def _scan(bench: Bench) -> ScannedCode:
    limit = bench.limits.operation_s
    future = bench.begin("scan", timeout_s=limit)
    try:
        bench.do("show_code")
        result = bench.end(future, limit)
    finally:
        bench.host.cancel()
        bench.restore("no_code")
    if not isinstance(result, Ok):
        raise CheckFailed("the code was not read")
    if not isinstance(result.value, ScannedCode):
        raise CheckFailed("what was read is no ScannedCode")
    return result.value


def read(bench: Bench) -> None:
    """A code shown during the wait is read, twice alike."""
    first, second = _scan(bench), _scan(bench)
    for code in (first, second):
        if not isinstance(code.symbology, Symbology):
            raise CheckFailed("not plausible: symbology")
        if not code.text or not code.data:
            raise CheckFailed("an empty code was returned")
    if (first.text, first.gs1) != (second.text, second.gs1):
        raise CheckFailed("the same code was read in two ways")


def stale(bench: Bench) -> None:
    """What was shown before the wait is not returned by it: it may be somebody else's."""
    bench.do("show_code")
    bench.restore("no_code")
    result = bench.call("scan", timeout_s=bench.limits.wait_s)
    if not isinstance(result, Failure) or result.code != "scanner.none":
        raise CheckFailed("a code from before the wait was returned")


def private(bench: Bench) -> None:
    """The code shows in no event, no status and no log line."""
    seen = len(bench.events)
    with bench.listening() as logged:
        code = _scan(bench)
    places = {
        "events": [str(data) for _, data in bench.events[seen:]],
        "status": [status.detail for status in [*bench.statuses, bench.host.status]],
        "log": logged,
    }
    for place, texts in places.items():
        if any(code.text in text for text in texts):
            raise CheckFailed(f"content of the code was found in: {place}")
