"""Checks of :class:`drivers.ports.DocumentPrinter`."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from drivers.acceptance import printing
from drivers.acceptance.bench import Bench, CheckFailed
from drivers.acceptance.printing import test_document
from drivers.results import Failure, Result
from drivers.status import DeviceStatus, SupplyState

_TITLE = "Acceptance test"
_PAGES = 2
_LONG = 6


def _two_pages(bench: Bench, limit_s: float) -> Future[Result[Any]]:
    pdf = test_document(_PAGES)
    return bench.host.call("print_document", pdf, _TITLE, timeout_s=limit_s)


def _many_pages(bench: Bench, limit_s: float) -> Future[Result[Any]]:
    return bench.begin("print_document", test_document(_LONG), _TITLE, timeout_s=limit_s)


def printed(bench: Bench) -> None:
    """Two pages come out, ``page_done`` was emitted, and the printer says that it is done."""
    seen = len(bench.events)
    limit = bench.limits.operation_s
    printing.must_be_confirmed(bench, bench.end(_two_pages(bench, limit), limit))
    if "page_done" not in [event for event, _ in bench.events[seen:]]:
        raise CheckFailed("page_done was not emitted")
    if not bench.judge("pages_complete"):
        raise CheckFailed("called printed, but the pages are not as they should be")


def _empty(status: DeviceStatus) -> bool:
    return status.paper is SupplyState.OUT and status.failure in (None, "printer.paper_out")


def paper_out(bench: Bench) -> None:
    """An empty tray: told, and no job is called printed."""
    printing.must_not_print(
        bench, "paper_out", "load_paper", _empty, lambda limit: _two_pages(bench, limit)
    )


def cover_open(bench: Bench) -> None:
    """Cover open: told, and no job is called printed."""
    printing.must_not_print(
        bench,
        "cover_open",
        "cover_close",
        lambda status: status.failure == "printer.cover_open",
        lambda limit: _two_pages(bench, limit),
    )


def one_sheet(bench: Bench) -> None:
    """One of two pages comes out: doubtful. A failure would call for printing it all again."""
    bench.do("one_sheet")
    try:
        limit = 3 * bench.limits.stuck_s  # the first page must come out well before
        result = bench.end(_two_pages(bench, limit), limit)
        if isinstance(result, Failure):
            raise CheckFailed("called not printed, although a page came out")
        if not printing.doubted(bench, result):
            raise CheckFailed("called printed, although a page is missing")
        if not bench.judge("one_page_out"):
            raise CheckFailed("another number of pages came out than the paper allowed")
    finally:
        bench.restore("load_paper")
    bench.until_usable(bench.limits.recover_s, "the printer did not come back")


def cancel(bench: Bench) -> None:
    """See :func:`drivers.acceptance.printing.cancelled`."""
    printing.cancelled(bench, lambda limit: _many_pages(bench, limit))


def killed(bench: Bench) -> None:
    """See :func:`drivers.acceptance.printing.killed`."""
    printing.killed(bench, lambda limit: _many_pages(bench, limit))
