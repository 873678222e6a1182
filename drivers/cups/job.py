"""A job through a queue: cupsd's word on the job, the printer's own on pages, trouble and the end.

cupsd calls a job completed that its printer lost in a power cut (it then notes
``cups-ipp-missing-job-history``), goes on "processing" while a printer is away, and after a restart
may print a job again from its first page. None of these may end as "confirmed".
"""

from __future__ import annotations

import time

from drivers.cups.behind import PrinterBehind, Seen
from drivers.cups.queue import STOPPED, held_up
from drivers.failure_codes import FailureCode
from drivers.ipp.client import IppClient
from drivers.ipp.codec import Group, Message
from drivers.ipp.constants import JobState
from drivers.ipp.job import (
    ABORTED,
    JOB_ATTRIBUTES,
    UNCONFIRMED,
    JobSettings,
    PrintJob,
    doubtful,
)
from drivers.ipp.reasons import PrinterCondition
from drivers.ports import AdapterContext, PrintOutcome, PrintResult
from drivers.results import Ok, Result

GONE: FailureCode = "device.gone"
_MISSING_HISTORY = "cups-ipp-missing-job-history"
_FOLLOWS_THE_PRINTER = "cups-waiting-for-job-completed"
_AWAY = ("connecting-to-device", "offline", "timed-out")
# cups/backend/*.c; cupsd passes them on untranslated unless its own locale says otherwise
_AWAY_MESSAGES = (
    "The printer may not exist or is unavailable",
    "The printer is unreachable",
    "The printer is not responding",
    "Unable to locate printer",
)
_SETTLE_S = 3.0


class QueueJob(PrintJob):
    """Prints one PDF through cupsd."""

    own_word = False
    job_attributes = (
        *JOB_ATTRIBUTES,
        "job-printer-state-reasons",
        "job-printer-state-message",
    )

    def __init__(
        self,
        client: IppClient,
        context: AdapterContext,
        settings: JobSettings,
        timeout_s: float,
        behind: PrinterBehind,
        gone_s: float,
    ) -> None:
        super().__init__(client, context, settings, timeout_s)
        self._behind = behind
        self._gone_s = gone_s
        self._gone_since: float | None = None
        self._was_gone = False
        self._began_at: int | None = None
        self._again = False
        self._reasons: tuple[str, ...] = ()
        self._message = ""
        self._followed = False
        self._old_reasons: tuple[str, ...] | None = None

    def _ask(self, request: Message) -> Message | None:
        answer = super()._ask(request)
        if answer is None and self._progress.processing:
            # cupsd is away in mid-job; when it is back it may begin the job anew
            self._again = True
        return answer

    def _count(self, group: Group, state: JobState) -> None:
        self._reasons = tuple(group.strings("job-printer-state-reasons"))
        self._message = "".join(group.strings("job-printer-state-message")[:1])
        self._followed = self._followed or _FOLLOWS_THE_PRINTER in self._reasons
        if self._old_reasons is None and self._reasons:
            self._old_reasons = self._reasons
        began_at = group.integer("time-at-processing")
        if self._began_at is not None and began_at != self._began_at and self._progress.pages:
            self._again = True
        self._began_at = began_at
        if not self._behind.known:
            super()._count(group, state)
            return
        super()._count(_without_pages(group), state)
        seen = self._behind.our_job() if self._progress.processing else None
        if seen is not None and seen.job is not None:
            self._count_pages(seen.job)

    def _blocked(
        self, condition: PrinterCondition, *, waits: bool, stalled: bool
    ) -> FailureCode | None:
        if held_up(condition):
            # cupsd puts the job back to the start of its queue, and its pages would come twice
            self._again = self._again or self._progress.processing
            return STOPPED
        code = super()._blocked(condition, waits=waits, stalled=stalled)
        if code is None and (waits or stalled):
            code = self._trouble_behind(condition)
        if code != GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = time.monotonic()
            self._was_gone = True
        return code

    def _trouble_behind(self, condition: PrinterCondition) -> FailureCode | None:
        """What cupsd does not say: the printer is away, or waits for a person."""
        if not self._behind.known:
            reasons = (*condition.reasons, *self._reasons)
            away = any(reason.startswith(_AWAY) for reason in reasons)
            return GONE if away or self._message.startswith(_AWAY_MESSAGES) else None
        behind = self._behind.condition()
        return GONE if behind is None else behind.trouble

    def _hopeless(self, state: JobState) -> FailureCode | None:
        if self._again:
            return STOPPED if self._progress.blocked == STOPPED else UNCONFIRMED
        since = self._gone_since
        return GONE if since is not None and time.monotonic() - since >= self._gone_s else None

    def _ended(self, state: JobState) -> Result[PrintResult]:
        if state is not JobState.COMPLETED:
            return super()._ended(state)
        if self._again:
            return doubtful(UNCONFIRMED)
        told = self._final_state()
        if told is JobState.COMPLETED:
            return Ok(PrintResult(PrintOutcome.CONFIRMED))
        if told is not None:
            return doubtful(ABORTED)
        if self._cupsd_can_be_believed():
            return Ok(PrintResult(PrintOutcome.CONFIRMED))
        return doubtful(UNCONFIRMED)

    def _cupsd_can_be_believed(self) -> bool:
        """Of a job whose end the printer itself does not tell."""
        if self._was_gone:
            return False
        if _MISSING_HISTORY in self._reasons and _MISSING_HISTORY not in (self._old_reasons or ()):
            return False
        if self._behind.known:
            # a printer that keeps its history would know the job
            return not self._behind.keeps_history and _MISSING_HISTORY not in self._reasons
        return self._followed

    def _final_state(self) -> JobState | None:
        """The end of the job as the printer itself tells it; None if it tells none."""
        deadline = min(self._deadline, time.monotonic() + _SETTLE_S)
        while self._behind.known:
            seen = self._behind.our_job()
            state = _state_of(seen)
            if state is not None and state.final:
                if seen is not None and seen.job is not None:
                    self._count_pages(seen.job)
                return state
            if (seen is not None and seen.job is None) or time.monotonic() >= deadline:
                return None
            self._wait()
        return None

    def _nothing_printed(self, *, counter_is_proof: bool) -> bool:
        if not self._progress.processing:
            return super()._nothing_printed(counter_is_proof=counter_is_proof)
        if self._again or self._was_gone or not self._behind.known:
            return False
        state = self._final_state()
        if state is None:
            # not sent, if the printer answers, keeps its history and knows no such job
            seen = self._behind.our_job()
            return seen == Seen(None) and self._behind.keeps_history
        return super()._nothing_printed(counter_is_proof=counter_is_proof)


def _without_pages(group: Group) -> Group:
    kept = [item for item in group.attributes if not item.name.endswith("-completed")]
    return Group(group.tag, kept)


def _state_of(seen: Seen | None) -> JobState | None:
    number = seen.job.integer("job-state") if seen is not None and seen.job is not None else None
    return JobState(number) if number in list(JobState) else None
