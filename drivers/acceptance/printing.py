"""What the checks of both kinds of printers share: judging results, and something to print."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from drivers.acceptance.bench import Bench, CheckFailed, CheckNotRun
from drivers.failures import failure_catalogue
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceStatus

Job = Callable[[float], Future[Result[Any]]]


def must_be_confirmed(bench: Bench, result: Result[Any]) -> None:
    """Nothing but a confirmed job will do."""
    match result:
        case Ok(PrintResult(PrintOutcome.CONFIRMED, _)):
            return
        case Ok(PrintResult(_, reason)):
            bench.note_code(reason)
            raise CheckFailed("printed, but doubtful")
        case Failure():
            raise CheckFailed("not printed")
    raise CheckFailed("the result is no PrintResult")


def doubted(bench: Bench, result: Result[Any]) -> bool:
    """True for a doubtful job, False for a confirmed one; a doubt needs a reason of the catalogue.

    A failure (nothing was printed) counts as False too: callers tell it apart by its type.
    """
    if isinstance(result, Failure):
        return False
    if not isinstance(result.value, PrintResult):
        raise CheckFailed("the result is no PrintResult")
    if result.value.outcome is not PrintOutcome.DOUBTFUL:
        return False
    if result.value.reason not in failure_catalogue():
        raise CheckFailed("a doubtful job without a reason")
    bench.note_code(result.value.reason)
    return True


def must_not_print(
    bench: Bench, done: str, undone: str, shown: Callable[[DeviceStatus], bool], job: Job
) -> None:
    """After ``done`` the status shows the trouble and a job fails; after ``undone`` all is well.

    A spooler that is slow may still hold the job when its time is up, and nobody knows then what has
    become of it: after such a doubt a second job has the time that a print has.
    """
    bench.do(done)
    try:
        bench.until_shown(shown)
        limit = bench.limits.stuck_s
        result = bench.end(job(limit), limit)
        if not isinstance(result, Failure) and doubted(bench, result):
            limit = bench.limits.operation_s
            result = bench.end(job(limit), limit)
        if not isinstance(result, Failure):
            raise CheckFailed("a job was not refused, although nothing could be printed")
    finally:
        bench.restore(undone)
    bench.until_usable(bench.limits.recover_s, "the printer did not come back")


def cancelled(bench: Bench, job: Job) -> None:
    """A job given up ends by itself, as doubtful or as a failure."""
    limit = bench.limits.operation_s
    future = job(limit)
    bench.host.cancel()
    result = bench.end(future, limit)
    if not isinstance(result, Failure) and not doubted(bench, result):
        raise CheckNotRun("the job was finished before it could be cancelled")
    bench.until_usable(bench.limits.recover_s, "the printer did not come back")


def killed(bench: Bench, job: Job) -> None:
    """A job whose process dies is never called confirmed, and the printer is back for the next."""
    limit = bench.limits.operation_s
    future = job(limit)
    if future.done():
        raise CheckNotRun("the job was finished before its process could be ended")
    old = bench.kill()
    result = bench.end(future, limit)
    if not isinstance(result, Failure) and not doubted(bench, result):
        raise CheckFailed("called printed, although its process was ended")
    if not bench.reached(
        lambda: bench.host.pid not in (None, old) and bench.usable(), bench.limits.recover_s
    ):
        raise CheckFailed("the printer did not come back after its process ended")


def test_slip(width: int, height: int) -> RasterImage:
    """A frame and two diagonals: a lost or doubled row breaks them."""
    row_bytes = (width + 7) // 8
    data = bytearray(row_bytes * height)
    for y in range(height):
        rising = y * (width - 1) // max(1, height - 1)
        columns = {0, 1, width - 2, width - 1, rising, width - 1 - rising}
        if y < 2 or y >= height - 2:
            columns = set(range(width))
        for x in columns:
            data[y * row_bytes + x // 8] |= 0x80 >> x % 8
    return RasterImage(width, height, bytes(data))


def test_document(pages: int) -> bytes:
    """A4 pages, each with a frame and its number."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_font("helvetica", size=28)
    for page in range(1, pages + 1):
        pdf.add_page()
        pdf.rect(10, 10, 190, 277)
        pdf.text(20, 40, f"Acceptance test, page {page} of {pages}")
    return bytes(pdf.output())
