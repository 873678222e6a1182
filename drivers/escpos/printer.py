"""The job engine: one receipt from the first status query to "confirmed" or "doubtful".

Handing bytes to the kernel proves nothing (a printer that resets in mid-job loses them without any
error), so a job ends with a question that the printer answers in order: GS ( H, or GS r 1 on
printers without it. States and reasons: docs/devices/escpos.md.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from drivers.escpos import encoding
from drivers.escpos.link import Link
from drivers.escpos.profiles import Profile
from drivers.escpos.status import PrinterStatus
from drivers.escpos.transport import TransportError
from drivers.failure_codes import FailureCode
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok, Result

_UNCONFIRMED: FailureCode = "printer.unconfirmed"
_OFFLINE: FailureCode = "device.offline"
_TOO_HOT = "printer.too_hot"
_STOP_EVENTS = {
    "printer.paper_out": "paper_out",
    "printer.cover_open": "cover_open",
    _TOO_HOT: "too_hot",
}


class ConfirmMode(StrEnum):
    """How the end of a job is confirmed. ``AUTO``: find out with the first job."""

    AUTO = "auto"
    GS_H = "gs_h"
    GS_R = "gs_r"


@dataclass(frozen=True, slots=True)
class JobTimings:
    """Waits of a job, in seconds.

    ``status_s``: the status check before the job. ``watch_s``: pause between looks while waiting.
    ``ask_every_s``: while all goes well, blocks follow each other without a question for so long;
    a printer that restarts takes longer, so none can restart between two questions unnoticed.
    ``silence_s``: a printer that has taken everything and says nothing for so long is given up.
    ``probe_s``: how long after the answer to GS r 1 a process ID may still come (first job only).
    """

    status_s: float = 0.5
    watch_s: float = 0.25
    ask_every_s: float = 0.1
    silence_s: float = 10.0
    probe_s: float = 2.0
    confirm_slack_s: float = 5.0


class _Ended(Exception):  # noqa: N818 - the end of a job, not an error
    """The job cannot be finished; ``code`` says why."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(code)
        self.code = code


class ReceiptEngine:
    """Prints receipts on one :class:`Link`. Never sends a job, or a part of one, twice."""

    def __init__(
        self,
        link: Link,
        *,
        confirm: ConfirmMode = ConfirmMode.AUTO,
        emit: Callable[[str, Mapping[str, Any]], None],
        cancelled: Callable[[], bool],
        timings: JobTimings | None = None,
        profile: Profile | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._link = link
        self.confirm = confirm
        self._emit = emit
        self._cancelled = cancelled
        self._timings = timings or JobTimings()
        self._clock = clock
        self._profile = profile or Profile()
        # not from zero: an ID of a job before a restart may still be on its way
        self._number = secrets.randbelow(10_000)
        self._unfinished = False
        self._deadline = 0.0
        self._stopped: FailureCode | None = None
        self._told = False
        self._raster_sent = 0
        self._quiet_since = 0.0
        self._answered_at = 0.0
        self._paper_answer_at: float | None = None

    def print(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        """Print and cut; see :meth:`drivers.ports.ReceiptPrinter.print_receipt`."""
        now = self._clock()
        self._deadline = now + timeout_s
        self._stopped = None
        self._told = False
        self._raster_sent = 0
        self._quiet_since = now
        self._answered_at = now - self._timings.ask_every_s
        self._paper_answer_at = None
        blocks = list(
            encoding.raster_blocks(
                image,
                self._profile.block_bytes,
                command=self._profile.raster,
                feeds=self._profile.motion_units,
            )
        )
        try:
            refusal = self._check_before()
            if refusal is not None:
                return refusal
            self._send(blocks)
            self._await_confirmation(image.height)
        except _Ended as end:
            self._abandon()
            return self._verdict(end.code, "")
        except TransportError as error:
            return self._verdict(error.code, error.detail)
        return Ok(PrintResult(PrintOutcome.CONFIRMED))

    def _verdict(self, code: FailureCode, detail: str) -> Result[PrintResult]:
        if self._raster_sent == 0:
            return Failure(code, detail or "nothing was printed")
        return Ok(PrintResult(PrintOutcome.DOUBTFUL, code))

    def _check_before(self) -> Failure | None:
        self._link.start_job()
        if not self._unfinished:
            self._link.forget_paper_answers()
        limit = min(self._deadline, self._clock() + self._timings.status_s)
        status = self._link.status(limit) if self._link.flush(limit) else None
        if status is None:
            pushed = self._link.asb.failure if self._link.asb else None
            return Failure(pushed or _OFFLINE, "no answer to the status query before the job")
        if status.failure is None:
            self._answered_at = self._clock()
            return None
        # a hot head cools by itself: the job begins, and waits before its first row
        if status.failure == _TOO_HOT:
            return None
        return Failure(status.failure, "before the job")

    def _send(self, blocks: list[bytes]) -> None:
        # the remains of an abandoned receipt get a cut of their own
        opening = self._profile.parting if self._unfinished else b""
        self._send_block(opening + self._profile.set_up + encoding.AUTOMATIC_STATUS_ON)
        for block in blocks:
            if not self._flows():
                self._until_ready()
            self._unfinished = True
            # counted before it leaves: a broken wire does not tell how much of it got through
            self._raster_sent += len(block)
            self._send_block(block)
        self._until_ready()
        self._number += 1
        closing = self._profile.parting
        if self.confirm is not ConfirmMode.GS_R:
            closing += encoding.ask_process_id(encoding.process_id(self._number))
        if self.confirm is not ConfirmMode.GS_H:
            closing += encoding.ASK_PAPER_IN_ORDER
            self._link.expect_paper_answer()
        self._send_block(closing)
        self._emit("sent", {})

    def _send_block(self, block: bytes) -> None:
        self._link.send(block, min(self._deadline, self._clock() + self._timings.watch_s))

    def _flows(self) -> bool:
        """True if the next block may follow without a question.

        That is: the last answer was good and is fresh, nothing else was pushed since, and the
        printer takes what it gets: no more than one block is under way.
        """
        fresh_until = self._answered_at + self._timings.ask_every_s
        if not self._link.await_taken(self._profile.block_bytes, min(fresh_until, self._deadline)):
            return False
        self._link.pump(0.0)
        pushed = self._link.asb
        return not (
            self._clock() >= fresh_until
            or self._stopped is not None
            or self._link.held_off
            or (pushed is not None and pushed.failure is not None)
            or self._cancelled()
        )

    def _until_ready(self) -> None:
        while True:
            status = self._watch()
            if status is not None and self._stopped is None and not self._link.held_off:
                return
            if status is not None:
                self._link.pump(self._timings.watch_s)

    def _watch(self) -> PrinterStatus | None:
        """Look once; None if the printer has not answered yet. Raises :class:`_Ended`."""
        if self._cancelled():
            raise _Ended("device.cancelled")
        now = self._clock()
        if now >= self._deadline:
            raise _Ended(self._stopped or _UNCONFIRMED)
        limit = min(self._deadline, now + self._timings.watch_s)
        # not for its last byte: that it was taken may be told late (TCP), and the answer tells it too
        self._link.await_taken(self._profile.block_bytes, limit)
        status = self._link.brief_status(limit) if self._link.flush(limit) else None
        if status is not None:
            self._quiet_since = self._answered_at = self._clock()
            self._note(status)
        else:
            self._link.pump(0.0)
            if self._link.asb is not None:
                self._note(self._link.asb)
        if self._stopped is not None or not self._link.taken():
            # stopped, or still taking bytes: not what silence means
            self._quiet_since = self._clock()
        elif self._clock() - self._quiet_since > self._timings.silence_s:
            raise _Ended(_OFFLINE)
        return status

    def _note(self, status: PrinterStatus) -> None:
        code = status.failure
        if code is None and self._raster_sent > 0 and not self._told:
            self._told = True
            self._emit("printing", {})
        if code == self._stopped:
            return
        self._stopped = code
        if code is None:
            self._emit("resumed", {})
        elif not status.heals_by_itself_or_hand:
            raise _Ended(code)
        else:
            begun = self._raster_sent > 0
            self._emit(_STOP_EVENTS.get(code, "stopped"), {"code": code, "begun": begun})

    def _await_confirmation(self, lines: int) -> None:
        left = lines / self._profile.lines_per_s + self._timings.confirm_slack_s
        while not self._confirmed():
            before = self._clock()
            self._link.pump(self._timings.watch_s)
            if self._confirmed():
                break
            self._watch()
            if self._stopped is None:
                left -= self._clock() - before
            if left <= 0:
                # everything was sent: what is missing is the answer, not a part of the job
                self._unfinished = False
                raise _Ended(_UNCONFIRMED)
        self._unfinished = False
        if self._stopped is not None:
            self._note(PrinterStatus())  # it has gone on: it answers in order
        if self._link.lost_answers:
            # the printer went deaf in mid-job: it may have restarted and lost some lines
            raise _Ended(_UNCONFIRMED)

    def _confirmed(self) -> bool:
        if encoding.process_id(self._number) in self._link.process_ids:
            self.confirm = ConfirmMode.GS_H
            return True
        paper = self._link.paper_answered
        if self.confirm is ConfirmMode.GS_H or paper is None:
            return False
        if self.confirm is ConfirmMode.AUTO:
            # GS r is answered when read, a process ID when printed: it may come a little later
            now = self._clock()
            self._paper_answer_at = self._paper_answer_at or now
            if now - self._paper_answer_at < self._timings.probe_s:
                return False
            self.confirm = ConfirmMode.GS_R
        if paper.end:
            raise _Ended("printer.paper_out")
        return True

    def _abandon(self) -> None:
        """Part an abandoned receipt from the next one, if the printer still takes anything."""
        if not (self._unfinished and self._raster_sent) or self._stopped is not None:
            return
        try:
            limit = self._clock() + self._timings.status_s
            if self._link.flush(limit):
                self._link.send(self._profile.parting, limit)
                self._unfinished = not self._link.at_boundary
        except TransportError:
            return
