"""Checks of :class:`drivers.ports.ReceiptPrinter`."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from drivers.acceptance import printing
from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.acceptance.printing import Job, test_slip
from drivers.results import Failure, Ok, Result
from drivers.status import SupplyState

_SLIP_ROWS = 400
_LONG_SLIP_ROWS = 2400
_WIDEST = 2400


def _width(bench: Bench) -> int:
    result = bench.call("dots_per_line", timeout_s=bench.limits.recover_s)
    if not isinstance(result, Ok):
        raise CheckFailed("the dots in a line are not told")
    width = result.value
    if not isinstance(width, int) or isinstance(width, bool) or not 8 <= width <= _WIDEST:
        raise CheckFailed("the dots in a line are no width of any paper")
    return width


def _slip(bench: Bench, rows: int) -> Job:
    image = test_slip(_width(bench), rows)

    def start(limit_s: float) -> Future[Result[Any]]:
        return bench.begin("print_receipt", image, timeout_s=limit_s)

    return start


def width(bench: Bench) -> None:
    """``dots_per_line`` answers with a width there is."""
    _width(bench)


def printed(bench: Bench) -> None:
    """A slip comes out, whole, and the printer says so."""
    limit = bench.limits.operation_s
    result = bench.call("print_receipt", test_slip(_width(bench), _SLIP_ROWS), timeout_s=limit)
    printing.must_be_confirmed(bench, result)
    if not bench.judge("slip_complete"):
        raise CheckFailed("called printed, but the slip is not whole")


def too_wide(bench: Bench) -> None:
    """A picture wider than the paper is refused, not cut."""
    image = test_slip(_width(bench) + 8, 16)
    result = bench.call("print_receipt", image, timeout_s=bench.limits.stuck_s)
    if not isinstance(result, Failure):
        raise CheckFailed("a picture wider than the paper was taken")
    bench.until_usable(bench.limits.recover_s, "the printer did not come back")


def paper_out(bench: Bench) -> None:
    """No paper: told, and no job is taken."""
    printing.must_not_print(
        bench,
        "paper_out",
        "load_paper",
        lambda status: (
            status.paper is SupplyState.OUT and status.failure in (None, "printer.paper_out")
        ),
        _slip(bench, _SLIP_ROWS),
    )


def cover_open(bench: Bench) -> None:
    """Cover open: told, and no job is taken."""
    printing.must_not_print(
        bench,
        "cover_open",
        "cover_close",
        lambda status: status.failure == "printer.cover_open",
        _slip(bench, _SLIP_ROWS),
    )


def power_cut(bench: Bench) -> None:
    """A slip cut off by a power cut is doubtful or failed, never confirmed."""
    job = _slip(bench, _LONG_SLIP_ROWS)
    bench.do("power_cut")
    limit = bench.limits.operation_s
    result = bench.end(job(limit), limit)
    if not isinstance(result, Failure) and not printing.doubted(bench, result):
        if bench.judge("cut_in_time"):
            raise CheckFailed("called printed, although the power was cut")
        raise CheckNotRun("the slip was finished before the power was cut")
    bench.until_usable(bench.limits.recover_s, "the printer did not come back")


def cancel(bench: Bench) -> None:
    """See :func:`drivers.acceptance.printing.cancelled`."""
    printing.cancelled(bench, _slip(bench, _LONG_SLIP_ROWS))


def killed(bench: Bench) -> None:
    """See :func:`drivers.acceptance.printing.killed`."""
    printing.killed(bench, _slip(bench, _LONG_SLIP_ROWS))
