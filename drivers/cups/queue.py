"""What cupsd says of a queue, and withdrawing jobs that an earlier process of ours left there."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from difflib import get_close_matches

from drivers.failure_codes import FailureCode
from drivers.ipp.client import IppAnswerError, IppClient, IppUnreachableError
from drivers.ipp.codec import Group, Message
from drivers.ipp.constants import GroupTag, Operation, PrinterState, Status, ValueTag, successful
from drivers.ipp.reasons import PrinterCondition
from drivers.results import Failure

STOPPED: FailureCode = "document_printer.queue_stopped"
REJECTING: FailureCode = "document_printer.queue_rejecting"
SPOOLER_DOWN: FailureCode = "document_printer.spooler_down"

# CUPS-Get-Printers, an operation of CUPS's own
_GET_PRINTERS = 0x4002
_CONDITION = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_ASK_S = 3.0
_WITHDRAW_S = 3.0


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of cupsd, by its client."""

    client: IppClient
    name: str

    def attributes(self, names: tuple[str, ...], timeout_s: float = _ASK_S) -> Group | Failure:
        """The queue's attributes. Failures: :data:`SPOOLER_DOWN`, ``device.misconfigured`` (no
        such queue; the detail names the nearest), ``device.protocol``."""
        request = self.client.attributes_request(Operation.GET_PRINTER_ATTRIBUTES, names)
        try:
            answer = self.client.exchange(request, timeout_s)
        except IppUnreachableError as error:
            return Failure(SPOOLER_DOWN, f"cupsd does not answer ({error}): systemctl status cups")
        except IppAnswerError as error:
            if error.http_status in (401, 403, 404, 405, 426):
                return Failure("device.misconfigured", f"cupsd refuses: {error}")
            return Failure("device.protocol", str(error))
        if answer.code == Status.NOT_FOUND:
            return Failure("device.misconfigured", self._no_such_queue())
        if not successful(answer.code):
            return Failure("device.protocol", f"cupsd: IPP status {answer.code:#06x}")
        return answer.group(GroupTag.PRINTER)

    def condition(self, timeout_s: float = _ASK_S) -> PrinterCondition | Failure:
        """How the queue is."""
        group = self.attributes(_CONDITION, timeout_s)
        return group if isinstance(group, Failure) else PrinterCondition.read(group)

    def refusal(self, condition: PrinterCondition) -> Failure | None:
        """Why the queue prints nothing until somebody sets it right; None if it does."""
        if held_up(condition):
            return Failure(STOPPED, f"the queue is stopped: cupsenable {self.name}")
        if not condition.accepting:
            return Failure(REJECTING, f"the queue takes no jobs: cupsaccept {self.name}")
        return None

    def withdraw_leftovers(self) -> int:
        """Cancel the jobs an earlier process of ours left here, wait until they have ended (3 s at
        most), and return their number."""
        deadline = time.monotonic() + _WITHDRAW_S
        pause = threading.Event()
        left = found = self._unfinished()
        while left and time.monotonic() < deadline:
            for job_id in left:
                self._exchange(self.client.request(Operation.CANCEL_JOB, job_id))
            pause.wait(0.1)
            left = self._unfinished()
        return len(found)

    def _unfinished(self) -> list[int]:
        request = self.client.attributes_request(
            Operation.GET_JOBS, ("job-id", "job-originating-user-name")
        )
        request.groups[0].add("which-jobs", ValueTag.KEYWORD, "not-completed")
        request.groups[0].add("my-jobs", ValueTag.BOOLEAN, True)
        answer = self._exchange(request)
        if answer is None:
            return []
        ours = [
            job.integer("job-id")
            for job in answer.all(GroupTag.JOB)
            if job.strings("job-originating-user-name") == [self.client.user]
        ]
        return [job_id for job_id in ours if job_id is not None]

    def _no_such_queue(self) -> str:
        request = self.client.request(Operation.GET_PRINTER_ATTRIBUTES)
        request.code = _GET_PRINTERS
        answer = self._exchange(request)
        groups = answer.all(GroupTag.PRINTER) if answer is not None else ()
        names = [name for group in groups for name in group.strings("printer-name")]
        near = get_close_matches(self.name, names, n=3, cutoff=0.4) or names
        return f"cupsd has no queue {self.name!r}; it has: {', '.join(near) or 'none'}"

    def _exchange(self, request: Message) -> Message | None:
        try:
            answer = self.client.exchange(request, _ASK_S)
        except (IppUnreachableError, IppAnswerError):
            return None
        return answer if successful(answer.code) else None


def held_up(condition: PrinterCondition) -> bool:
    """True if the queue itself is stopped, not the printer behind it."""
    return condition.state == PrinterState.STOPPED and "paused" in condition.reasons
