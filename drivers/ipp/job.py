"""One print job from submission to its end, judged by ``job-state`` (RFC 8011 section 5.3.7).

The job is created first (Create-Job) and then given its document (Send-Document) where the printer
can do both: a lost answer then never leaves a job whose number we do not know. Whoever stops
waiting also withdraws the job, so that no paper with a resident's data comes out after they left.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

from drivers.failure_codes import FailureCode
from drivers.ipp.client import IppAnswerError, IppClient, IppUnreachableError
from drivers.ipp.codec import Group, Message
from drivers.ipp.constants import GroupTag, JobState, Operation, Status, ValueTag, successful
from drivers.ipp.reasons import PrinterCondition
from drivers.ports import AdapterContext, PrintOutcome, PrintResult
from drivers.results import Failure, Ok, Result

PDF = "application/pdf"
A4 = "iso_a4_210x297mm"
REJECTED: FailureCode = "document_printer.rejected"
ABORTED: FailureCode = "document_printer.aborted"
UNCONFIRMED: FailureCode = "printer.unconfirmed"

_EVENTS = {"device.gone": "printer_gone"}
_TRY_LATER = (Status.BUSY, Status.TEMPORARY_ERROR, Status.SERVICE_UNAVAILABLE)
JOB_ATTRIBUTES = (
    "job-id",
    "job-state",
    "job-state-reasons",
    "job-impressions",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "time-at-processing",
)
_CONDITION_ATTRIBUTES = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_REQUEST_S = 3.0
_CREATE_S = 10.0
_SUBMIT_PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class JobSettings:
    """How a job is sent and watched. ``media``: A4 by its PWG name, or None to leave it to the
    printer; ``sides`` and ``color`` likewise. ``stall_s``: with the printer not stopped, a reason such
    as ``media-empty`` (perhaps of another tray) counts only after this long without a new page.
    """

    two_step: bool
    media: str | None = A4
    sides: str | None = "one-sided"
    color: str | None = None
    poll_s: float = 0.4
    stall_s: float = 3.0


@dataclass(slots=True)
class _Progress:
    """What is known of the job so far. ``pages`` None: the printer does not count. ``dated``: it says
    when jobs began, so one without such a time never did. ``told``: that it began."""

    pages: int | None = None
    processing: bool = False
    told: bool = False
    dated: bool = False
    moved_at: float = 0.0
    blocked: FailureCode | None = None
    gone: bool = False


class PrintJob:
    """Prints one PDF. One instance a job; :meth:`run` once."""

    job_attributes: tuple[str, ...] = JOB_ATTRIBUTES
    own_word = True
    """The job's state is the printer's word, not that of a queue before it."""

    def __init__(
        self, client: IppClient, context: AdapterContext, settings: JobSettings, timeout_s: float
    ) -> None:
        self._client = client
        self._context = context
        self._settings = settings
        self._deadline = time.monotonic() + timeout_s
        # The last part of the time belongs to withdrawing a job that did not come to its end.
        self._give_up = self._deadline - min(3.0, timeout_s * 0.25)
        self._progress = _Progress(moved_at=time.monotonic())
        self._pause = threading.Event()

    def run(self, pdf: bytes, title: str) -> Result[PrintResult]:
        """Submit and follow the job. Result as documented at ``DocumentPrinter.print_document``."""
        submitted = (
            self._create_and_send(pdf, title)
            if self._settings.two_step
            else self._print_job(pdf, title)
        )
        return self._watch(submitted) if isinstance(submitted, int) else submitted

    def _create_and_send(self, pdf: bytes, title: str) -> int | Result[PrintResult]:
        created = self._submit(self._job_request(Operation.CREATE_JOB, title), _CREATE_S)
        if not isinstance(created, Message):
            return created[0]
        job_id = created.group(GroupTag.JOB).integer("job-id")
        if job_id is None:
            return Failure("device.protocol", "Create-Job answered without a job-id")
        request = self._client.request(Operation.SEND_DOCUMENT, job_id)
        request.groups[0].add("document-format", ValueTag.MIME_TYPE, PDF)
        request.groups[0].add("last-document", ValueTag.BOOLEAN, True)
        request.data = pdf
        sent = self._submit(request)
        if not isinstance(sent, Message):
            failure, may_have_arrived = sent
            if may_have_arrived:
                return job_id
            self._cancel(job_id)
            return failure
        return job_id

    def _print_job(self, pdf: bytes, title: str) -> int | Result[PrintResult]:
        request = self._job_request(Operation.PRINT_JOB, title)
        request.groups[0].add("document-format", ValueTag.MIME_TYPE, PDF)
        request.data = pdf
        accepted = self._submit(request)
        if not isinstance(accepted, Message):
            failure, may_have_arrived = accepted
            return doubtful(UNCONFIRMED) if may_have_arrived else failure
        job_id = accepted.group(GroupTag.JOB).integer("job-id")
        return doubtful(UNCONFIRMED) if job_id is None else job_id

    def _job_request(self, operation: Operation, title: str) -> Message:
        request = self._client.request(operation)
        request.groups[0].add("job-name", ValueTag.NAME, _job_name(title))
        job = Group(GroupTag.JOB)
        if self._settings.media is not None:
            job.add("media", ValueTag.KEYWORD, self._settings.media)
        if self._settings.sides is not None:
            job.add("sides", ValueTag.KEYWORD, self._settings.sides)
        if self._settings.color is not None:
            job.add("print-color-mode", ValueTag.KEYWORD, self._settings.color)
        if job.attributes:
            request.groups.append(job)
        return request

    def _submit(
        self, request: Message, limit_s: float | None = None
    ) -> Message | tuple[Failure, bool]:
        """The successful answer, or a failure and whether the printer may have the request.

        A document gets all the time there is: a printer with little memory takes it page by page.
        """
        patience = min(time.monotonic() + _SUBMIT_PATIENCE_S, self._give_up)
        failure = Failure("device.timeout", "no time to submit")
        while True:
            if self._context.cancelled():
                return Failure("device.cancelled"), False
            remaining = self._give_up - time.monotonic()
            if remaining <= 0:
                return failure, False
            try:
                answer = self._client.exchange(request, min(remaining, limit_s or remaining))
            except IppUnreachableError as error:
                if error.sent:
                    return Failure("device.gone", str(error)), True
                failure = Failure("device.gone", str(error))
                if time.monotonic() >= patience:
                    return failure, False
            except IppAnswerError as error:
                # An HTTP error page refuses the request; a garbled answer may follow acceptance.
                return Failure("device.protocol", str(error)), error.http_status == 0
            else:
                if successful(answer.code):
                    return answer
                if answer.code not in _TRY_LATER:
                    return Failure(REJECTED, f"IPP status {answer.code:#06x}"), False
                failure = Failure("device.timeout", "the printer stayed busy")
            self._wait()

    def _watch(self, job_id: int) -> Result[PrintResult]:
        while True:
            if self._context.cancelled():
                return self._withdraw(job_id, "device.cancelled")
            if time.monotonic() >= self._give_up:
                return self._withdraw(job_id, self._progress.blocked or "device.timeout")
            # The printer is asked before the job, so that pages are never told after the trouble
            # that came after them.
            condition = self._ask_condition()
            job = self._ask_job(job_id)
            if isinstance(job, JobState):
                if job.final:
                    return self._ended(job)
                if condition is not None:
                    self._follow_trouble(job, condition)
                if (code := self._hopeless(job)) is not None:
                    return self._withdraw(job_id, code)
            elif job is not None:
                return job
            self._wait()

    def _hopeless(self, state: JobState) -> FailureCode | None:
        """Why the job is withdrawn before its time is over; a printer itself is always waited for."""
        return None

    def _ask_job(self, job_id: int) -> JobState | Ok[PrintResult] | None:
        """Where the job is; None if the printer did not answer; a result if it lost the job."""
        request = self._client.attributes_request(
            Operation.GET_JOB_ATTRIBUTES, self.job_attributes, job_id
        )
        answer = self._ask(request)
        if answer is None:
            return None
        if answer.code == Status.NOT_FOUND:
            return doubtful(UNCONFIRMED)
        if not successful(answer.code):
            return None
        group = answer.group(GroupTag.JOB)
        try:
            state = JobState(group.integer("job-state") or 0)
        except ValueError:
            return None
        self._count(group, state)
        return state

    def _ask(self, request: Message) -> Message | None:
        timeout = min(_REQUEST_S, max(0.2, self._deadline - time.monotonic()))
        try:
            answer = self._client.exchange(request, timeout)
        except (IppUnreachableError, IppAnswerError) as error:
            if not self._progress.gone:
                self._progress.gone = True
                self._context.emit("printer_gone", {"detail": str(error)})
            return None
        if self._progress.gone:
            self._progress.gone = False
            self._context.emit("printer_back", {})
        return answer

    def _count(self, group: Group, state: JobState) -> None:
        """Keep the page count and tell of each new page."""
        progress = self._progress
        if state in (JobState.PROCESSING, JobState.PROCESSING_STOPPED, JobState.COMPLETED):
            progress.processing = True
        progress.dated = any(item.name == "time-at-processing" for item in group.attributes)
        if group.integer("time-at-processing") is not None:
            progress.processing = True
        if self.own_word and progress.processing and not progress.told and not state.final:
            progress.told = True
            self._context.emit("printing", _total(group))
        self._count_pages(group)

    def _count_pages(self, group: Group) -> None:
        progress = self._progress
        counts = [
            count
            for name in ("job-impressions-completed", "job-media-sheets-completed")
            if (count := group.integer(name)) is not None
        ]
        if not counts:
            return
        known, progress.pages = progress.pages or 0, max(counts)
        for page in range(known + 1, progress.pages + 1):
            progress.moved_at = time.monotonic()
            self._context.emit("page_done", {"page": page, **_total(group)})

    def _ask_condition(self) -> PrinterCondition | None:
        request = self._client.attributes_request(
            Operation.GET_PRINTER_ATTRIBUTES, _CONDITION_ATTRIBUTES
        )
        answer = self._ask(request)
        if answer is None or not successful(answer.code):
            return None
        return PrinterCondition.read(answer.group(GroupTag.PRINTER))

    def _follow_trouble(self, state: JobState, condition: PrinterCondition) -> None:
        """Tell once when the job waits for a person, and once when it goes on."""
        progress = self._progress
        waits = state is JobState.PROCESSING_STOPPED or condition.stopped
        stalled = time.monotonic() - progress.moved_at >= self._settings.stall_s
        blocked = self._blocked(condition, waits=waits, stalled=stalled)
        if blocked == progress.blocked:
            return
        was, progress.blocked = progress.blocked, blocked
        if blocked is None:
            progress.moved_at = time.monotonic()
            self._context.emit("trouble_cleared", {"was": was})
        else:
            event = _EVENTS.get(blocked) or blocked.partition(".")[2]
            self._context.emit(event, {"code": blocked, "page": progress.pages or 0})

    def _blocked(
        self, condition: PrinterCondition, *, waits: bool, stalled: bool
    ) -> FailureCode | None:
        """What the job waits for."""
        return condition.trouble if waits or stalled else None

    def _ended(self, state: JobState) -> Result[PrintResult]:
        if state is JobState.COMPLETED:
            return Ok(PrintResult(PrintOutcome.CONFIRMED))
        if self._nothing_printed(counter_is_proof=True):
            return Failure(ABORTED, f"job-state {state.name.lower()}")
        return doubtful(ABORTED)

    def _withdraw(self, job_id: int, code: FailureCode) -> Result[PrintResult]:
        """Cancel the job and find out whether any of it was printed."""
        self._deadline = min(self._deadline, time.monotonic() + 3.0)
        self._cancel(job_id)
        while time.monotonic() < self._deadline:
            job = self._ask_job(job_id)
            if isinstance(job, Ok):
                return job
            if job is JobState.COMPLETED:
                return self._ended(job)
            if job is not None and job.final:
                if self._nothing_printed(counter_is_proof=self._progress.blocked is not None):
                    return Failure(code)
                return doubtful(code)
            self._wait()
        return doubtful(UNCONFIRMED)

    def _nothing_printed(self, *, counter_is_proof: bool) -> bool:
        """A job that never began printed nothing; that it began may have been missed between two
        looks, so the printer must say so. Of one that began, a count of 0 is proof only when the
        printer itself ended it or was waiting for a person: a sheet may be on its way."""
        progress = self._progress
        if not progress.processing and not progress.pages:
            return progress.dated or progress.pages == 0
        return counter_is_proof and progress.pages == 0

    def _cancel(self, job_id: int) -> None:
        self._ask(self._client.request(Operation.CANCEL_JOB, job_id))

    def _wait(self) -> None:
        self._pause.wait(self._settings.poll_s)


def _total(group: Group) -> dict[str, Any]:
    """``pages`` of the whole job, if the printer knows."""
    total = group.integer("job-impressions")
    return {"pages": total} if total else {}


def doubtful(reason: FailureCode) -> Ok[PrintResult]:
    """Something may have been printed, and its end is not known."""
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


def _job_name(title: str) -> str:
    """``title`` as an IPP name: one line, at most 255 bytes (RFC 8011 section 5.1.3)."""
    line = "".join(char if char.isprintable() else " " for char in title).strip() or "document"
    return line.encode("utf-8")[:255].decode("utf-8", "ignore")
