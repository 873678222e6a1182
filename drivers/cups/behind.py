"""The printer behind a queue, asked itself: cupsd says "processing" also of a printer that is away.

Works where the queue's ``device-uri`` is an IPP address, or one is set. It is where pages are
counted, too: cupsd calls the first page printed as soon as it has sent the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from drivers.ipp.client import IppAnswerError, IppClient, IppUnreachableError
from drivers.ipp.codec import Group, Message
from drivers.ipp.constants import GroupTag, Operation, ValueTag, successful
from drivers.ipp.job import JOB_ATTRIBUTES
from drivers.ipp.reasons import PrinterCondition
from drivers.ports import Tap

_CONDITION = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_JOB_LIST = ("job-id", "job-originating-user-name")
_ASK_S = 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The printer's answer about our job: ``job`` is None if it does not know one."""

    job: Group | None


class PrinterBehind:
    """Questions to the printer itself; None for no answer. ``known`` False: it cannot be asked.

    ``delivers``: the scheme of the queue's backend, such as ``socket`` or ``usb``.
    """

    def __init__(self, device_uri: str, ca_file: str | None, tap: Tap, user: str) -> None:
        self.delivers = urlsplit(device_uri).scheme
        self._client: IppClient | None = None
        self._user = user
        self._newest = 0
        self._job_id: int | None = None
        self.keeps_history = False
        if self.delivers in ("ipp", "ipps"):
            self._client = IppClient(device_uri, ca_file, tap, user=user)

    @property
    def known(self) -> bool:
        """Whether it can be asked at all."""
        return self._client is not None

    def condition(self, timeout_s: float = _ASK_S) -> PrinterCondition | None:
        """How the printer is; None if it does not answer."""
        if self._client is None:
            return None
        request = self._client.attributes_request(Operation.GET_PRINTER_ATTRIBUTES, _CONDITION)
        answer = self._ask(request, timeout_s)
        return None if answer is None else PrinterCondition.read(answer.group(GroupTag.PRINTER))

    def names(self, attributes: tuple[str, ...]) -> Group:
        """What the printer itself says of ``attributes``; empty if it does not answer."""
        if self._client is None:
            return Group(GroupTag.PRINTER)
        request = self._client.attributes_request(Operation.GET_PRINTER_ATTRIBUTES, attributes)
        answer = self._ask(request, _ASK_S)
        return Group(GroupTag.PRINTER) if answer is None else answer.group(GroupTag.PRINTER)

    def mark(self) -> None:
        """Before a job: note which jobs the printer knows already."""
        self._job_id = None
        for which in ("completed", "not-completed"):
            for job in self._jobs(which) or []:
                self._newest = max(self._newest, job.integer("job-id") or 0)
                self.keeps_history = self.keeps_history or which == "completed"

    def our_job(self) -> Seen | None:
        """The job that came since :meth:`mark`; None if the printer does not answer."""
        if self._client is None:
            return None
        if self._job_id is None:
            lists = [self._jobs(which) for which in ("not-completed", "completed")]
            if None in lists:
                return None
            found = [job.integer("job-id") or 0 for jobs in lists for job in jobs or []]
            self._job_id = max((job for job in found if job > self._newest), default=None)
            if self._job_id is None:
                return Seen(None)
        request = self._client.attributes_request(
            Operation.GET_JOB_ATTRIBUTES, JOB_ATTRIBUTES, self._job_id
        )
        answer = self._ask(request, _ASK_S, whatever_status=True)
        if answer is None:
            return None
        return Seen(answer.group(GroupTag.JOB) if successful(answer.code) else None)

    def _jobs(self, which: str) -> list[Group] | None:
        """Our jobs in the printer's list ``which``."""
        if self._client is None:
            return None
        request = self._client.attributes_request(Operation.GET_JOBS, _JOB_LIST)
        request.groups[0].add("which-jobs", ValueTag.KEYWORD, which)
        answer = self._ask(request, _ASK_S, whatever_status=True)
        if answer is None:
            return None
        if not successful(answer.code):
            return []
        # cupsd passes its job's owner on; a printer that shows another name shows nobody's
        return [
            job
            for job in answer.all(GroupTag.JOB)
            if job.strings("job-originating-user-name") in ([], [self._user])
        ]

    def _ask(
        self, request: Message, timeout_s: float, *, whatever_status: bool = False
    ) -> Message | None:
        if self._client is None:
            return None
        try:
            answer = self._client.exchange(request, timeout_s)
        except (IppUnreachableError, IppAnswerError):
            return None
        return answer if whatever_status or successful(answer.code) else None
