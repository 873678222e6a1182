"""The inside of the simulated printer: paper, cover, and a thread that prints page after page."""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.ipp.constants import JobState, PrinterState

MAX_JOBS = 50
FULL_TRAY = 250
LOW_TRAY = 20

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def count_pages(pdf: bytes) -> int:
    """Pages of a PDF whose page objects are not compressed; 1 where none can be seen."""
    return max(1, len(_PAGE.findall(pdf)))


@dataclass(slots=True)
class SimulatedJob:
    """A job in the printer's memory. ``times``: up-time in s at creation, processing, completed."""

    job_id: int
    title: str
    user: str
    sides: str = ""
    media: str = ""
    pdf: bytes = field(default=b"", repr=False)
    pages: int = 0
    pages_done: int = 0
    state: JobState = JobState.PENDING
    reason: str = "job-incoming"
    document_complete: bool = False
    times: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """What lies in the output tray: ``pages_done`` of ``pages`` are on paper."""

    job_id: int
    title: str
    sides: str
    media: str
    pages: int
    pages_done: int
    pdf: bytes = field(repr=False)


@dataclass(slots=True)
class _Faults:
    """What has been done to the printer. ``…_after``: pages until it strikes, None for never."""

    sheets: int = FULL_TRAY
    jammed: bool = False
    jam_after: int | None = None
    cover_open: bool = False
    toner_low: bool = False
    rejecting: bool = False
    abort_after: int | None = None


class Press:
    """Prints jobs one after another, ``page_s`` seconds a page. All methods are thread-safe."""

    def __init__(
        self, page_s: float, on_document: Callable[[PrintedDocument], None] | None
    ) -> None:
        self.page_s = page_s
        self._on_document = on_document
        self._changed = threading.Condition()
        self._faults = _Faults()
        self._jobs: dict[int, SimulatedJob] = {}
        self._documents: list[PrintedDocument] = []
        self._ids = itertools.count(1)
        self._powered = False
        self._made_at = time.monotonic()
        self._thread: threading.Thread | None = None

    def power_on(self) -> None:
        """Start printing what is queued."""
        with self._changed:
            if self._powered:
                return
            self._powered = True
            self._thread = threading.Thread(target=self._run, name="ipp-press", daemon=True)
            self._thread.start()

    def power_off(self) -> None:
        """Stop at once; the jobs in memory are lost, paper and faults stay as they are."""
        with self._changed:
            self._powered = False
            self._jobs.clear()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def set(self, **changes: object) -> None:
        """Change faults by the names of :class:`_Faults`."""
        with self._changed:
            for name, value in changes.items():
                setattr(self._faults, name, value)
            self._changed.notify_all()

    def set_page_time(self, page_s: float) -> None:
        """Seconds a page takes from the next page on."""
        with self._changed:
            self.page_s = page_s
            self._changed.notify_all()

    def create_job(self, title: str, user: str, sides: str, media: str) -> SimulatedJob | None:
        """A job waiting for its document; None if the printer is not accepting any."""
        with self._changed:
            if self._faults.rejecting:
                return None
            job = SimulatedJob(next(self._ids), title, user, sides, media)
            job.times["creation"] = self.up_time()
            self._jobs[job.job_id] = job
            finished = [item.job_id for item in self._jobs.values() if item.state.final]
            for job_id in finished[: max(0, len(self._jobs) - MAX_JOBS)]:
                del self._jobs[job_id]
            return job

    def add_document(self, job: SimulatedJob, pdf: bytes) -> None:
        """Give ``job`` its document and queue it."""
        with self._changed:
            job.pdf, job.pages, job.document_complete = pdf, count_pages(pdf), True
            job.reason = "none"
            self._changed.notify_all()

    def job(self, job_id: int) -> SimulatedJob | None:
        """The job with that number, if the printer still knows it."""
        with self._changed:
            return self._jobs.get(job_id)

    def jobs(self) -> list[SimulatedJob]:
        """All jobs, oldest first."""
        with self._changed:
            return list(self._jobs.values())

    def cancel(self, job: SimulatedJob) -> bool:
        """Cancel; False if the job has already ended."""
        with self._changed:
            if job.state.final:
                return False
            self._end(job, JobState.CANCELED, "job-canceled-by-user")
            return True

    @property
    def documents(self) -> tuple[PrintedDocument, ...]:
        """The newest documents of which at least a page was printed."""
        with self._changed:
            return tuple(self._documents)

    def condition(self) -> tuple[PrinterState, list[str], bool]:
        """``printer-state``, ``printer-state-reasons``, ``printer-is-accepting-jobs``."""
        with self._changed:
            faults = self._faults
            stops = self._stops()
            warnings = []
            if 0 < faults.sheets <= LOW_TRAY:
                warnings.append("media-low-warning")
            if faults.toner_low:
                warnings.append("toner-low-warning")
            working = any(job.state is JobState.PROCESSING for job in self._jobs.values())
            if stops:
                state = PrinterState.STOPPED
            else:
                state = PrinterState.PROCESSING if working else PrinterState.IDLE
            return state, [*stops, *warnings] or ["none"], not faults.rejecting

    def up_time(self) -> int:
        """Seconds since the printer was made, at least 1 (``printer-up-time``)."""
        return int(time.monotonic() - self._made_at) + 1

    def sheets(self) -> int:
        """Sheets left in the tray."""
        with self._changed:
            return self._faults.sheets

    def wait_until(self, condition: Callable[[Press], bool], timeout_s: float) -> bool:
        """Wait until ``condition`` holds; False if it did not in time. For scripts and tests."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self), timeout_s)

    def _stops(self) -> list[str]:
        faults = self._faults
        reasons = []
        if faults.cover_open:
            reasons.append("cover-open-error")
        if faults.jammed:
            reasons.append("media-jam-error")
        if faults.sheets <= 0:
            reasons.append("media-empty-error")
        return reasons

    def _run(self) -> None:
        with self._changed:
            while self._powered:
                job = self._next_job()
                if job is None:
                    self._changed.wait()
                else:
                    self._print(job)

    def _next_job(self) -> SimulatedJob | None:
        for job in self._jobs.values():
            if job.document_complete and not job.state.final:
                return job
        return None

    def _print(self, job: SimulatedJob) -> None:
        """Print ``job`` to its end; the lock is held except while waiting."""
        self._set_state(job, JobState.PROCESSING, "job-printing")
        while job.pages_done < job.pages:
            if self._abort_due(job):
                self._end(job, JobState.ABORTED, "aborted-by-system")
                return
            if not self._wait_for_page(job):
                self._collect(job)
                return
            job.pages_done += 1
            self._faults.sheets -= 1
            self._changed.notify_all()
        self._end(job, JobState.COMPLETED, "job-completed-successfully")

    def _abort_due(self, job: SimulatedJob) -> bool:
        after = self._faults.abort_after
        if after is None or job.pages_done < after:
            return False
        self._faults.abort_after = None
        return True

    def _wait_for_page(self, job: SimulatedJob) -> bool:
        """The time of one page, plus however long a fault lasts; False if the job is over."""
        while True:
            if self._over(job):
                return False
            if self._faults.jam_after is not None and job.pages_done >= self._faults.jam_after:
                self._faults.jammed, self._faults.jam_after = True, None
            if self._stops():
                self._set_state(job, JobState.PROCESSING_STOPPED, "printer-stopped")
                self._changed.wait_for(lambda: self._over(job) or not self._stops())
                continue
            self._set_state(job, JobState.PROCESSING, "job-printing")
            interrupted = self._changed.wait_for(
                lambda: self._over(job) or bool(self._stops()), self.page_s
            )
            if not interrupted:
                return True

    def _over(self, job: SimulatedJob) -> bool:
        return not self._powered or job.state.final

    def _set_state(self, job: SimulatedJob, state: JobState, reason: str) -> None:
        job.state, job.reason = state, reason
        if state.final or state is JobState.PROCESSING:
            job.times.setdefault("completed" if state.final else "processing", self.up_time())
        self._changed.notify_all()

    def _end(self, job: SimulatedJob, state: JobState, reason: str) -> None:
        printing = job.state in (JobState.PROCESSING, JobState.PROCESSING_STOPPED)
        self._set_state(job, state, reason)
        # The press itself collects a job that is cancelled under its hands.
        if printing and state is not JobState.CANCELED:
            self._collect(job)

    def _collect(self, job: SimulatedJob) -> None:
        """Lay the pages of ``job`` in the output tray and tell whoever listens."""
        pdf, job.pdf = job.pdf, b""
        if job.pages_done == 0:
            return
        document = PrintedDocument(
            job.job_id, job.title, job.sides, job.media, job.pages, job.pages_done, pdf
        )
        self._documents = [*self._documents[-(MAX_JOBS - 1) :], document]
        if self._on_document is not None:
            self._on_document(document)
