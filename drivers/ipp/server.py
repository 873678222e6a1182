"""What the simulated printer answers to each IPP operation (RFC 8011 section 4)."""

from __future__ import annotations

from collections.abc import Callable

from drivers.ipp.codec import Group, Message
from drivers.ipp.constants import GroupTag, Operation, Status, ValueTag
from drivers.ipp.press import Press, SimulatedJob
from drivers.ipp.printer_attributes import DOCUMENT_FORMATS, printer_attributes, requested


class _RefusedError(Exception):
    """The operation ends with ``status``."""

    def __init__(self, status: Status) -> None:
        super().__init__(status.name)
        self.status = status


class IppOperations:
    """Answers requests for one printer. Called from the HTTP server's threads."""

    def __init__(self, press: Press, uri: Callable[[], str], two_step: bool) -> None:
        self._press = press
        self._uri = uri
        self._handlers: dict[int, Callable[[Message, Message], None]] = {
            Operation.PRINT_JOB: self._print_job,
            Operation.VALIDATE_JOB: self._validate_job,
            Operation.CANCEL_JOB: self._cancel_job,
            Operation.GET_JOB_ATTRIBUTES: self._get_job_attributes,
            Operation.GET_JOBS: self._get_jobs,
            Operation.GET_PRINTER_ATTRIBUTES: self._get_printer_attributes,
        }
        if two_step:
            self._handlers[Operation.CREATE_JOB] = self._create_job
            self._handlers[Operation.SEND_DOCUMENT] = self._send_document

    def answer(self, request: Message) -> Message:
        """The answer to ``request``, whatever it asks."""
        version = request.version if request.version in ((1, 0), (1, 1)) else (2, 0)
        answer = Message(Status.OK, request.request_id, version=version)
        operation = Group(GroupTag.OPERATION)
        operation.add("attributes-charset", ValueTag.CHARSET, "utf-8")
        operation.add("attributes-natural-language", ValueTag.LANGUAGE, "en")
        answer.groups.append(operation)
        try:
            self._check(request)
            self._handlers[request.code](request, answer)
        except _RefusedError as refusal:
            answer.code = refusal.status
            del answer.groups[1:]
        return answer

    def _check(self, request: Message) -> None:
        """The checks every operation begins with (RFC 8011 section 4.1)."""
        if request.version[0] not in (1, 2):
            raise _RefusedError(Status.VERSION_NOT_SUPPORTED)
        if request.request_id == 0 or not request.groups:
            raise _RefusedError(Status.BAD_REQUEST)
        first = request.group(GroupTag.OPERATION).attributes[:2]
        if [item.name for item in first] != ["attributes-charset", "attributes-natural-language"]:
            raise _RefusedError(Status.BAD_REQUEST)
        if first[0].contents != ["utf-8"]:
            raise _RefusedError(Status.CHARSET)
        operation = request.group(GroupTag.OPERATION)
        if not operation.strings("printer-uri") and not operation.strings("job-uri"):
            raise _RefusedError(Status.BAD_REQUEST)
        if request.code not in self._handlers:
            raise _RefusedError(Status.OPERATION_NOT_SUPPORTED)

    def _new_job(self, request: Message) -> SimulatedJob:
        attributes = request.group(GroupTag.OPERATION)
        template = request.group(GroupTag.JOB)
        job = self._press.create_job(
            title="".join(attributes.strings("job-name")[:1]) or "untitled",
            user="".join(attributes.strings("requesting-user-name")[:1]) or "anonymous",
            sides="".join(template.strings("sides")[:1]),
            media="".join(template.strings("media")[:1]),
        )
        if job is None:
            raise _RefusedError(Status.NOT_ACCEPTING_JOBS)
        return job

    def _check_document(self, request: Message) -> None:
        formats = request.group(GroupTag.OPERATION).strings("document-format")
        if any(item not in DOCUMENT_FORMATS for item in formats):
            raise _RefusedError(Status.DOCUMENT_FORMAT_NOT_SUPPORTED)

    def _validate_job(self, request: Message, answer: Message) -> None:
        self._check_document(request)

    def _print_job(self, request: Message, answer: Message) -> None:
        self._check_document(request)
        job = self._new_job(request)
        self._press.add_document(job, request.data)
        self._describe(job, request, answer)

    def _create_job(self, request: Message, answer: Message) -> None:
        self._describe(self._new_job(request), request, answer)

    def _send_document(self, request: Message, answer: Message) -> None:
        job = self._job(request)
        self._check_document(request)
        if request.group(GroupTag.OPERATION).boolean("last-document") is None:
            raise _RefusedError(Status.BAD_REQUEST)
        if job.document_complete or job.state.final:
            raise _RefusedError(Status.NOT_POSSIBLE)
        self._press.add_document(job, request.data)
        self._describe(job, request, answer)

    def _cancel_job(self, request: Message, answer: Message) -> None:
        if not self._press.cancel(self._job(request)):
            raise _RefusedError(Status.NOT_POSSIBLE)

    def _get_job_attributes(self, request: Message, answer: Message) -> None:
        self._describe(self._job(request), request, answer)

    def _get_jobs(self, request: Message, answer: Message) -> None:
        attributes = request.group(GroupTag.OPERATION)
        which = "".join(attributes.strings("which-jobs")[:1]) or "not-completed"
        if which not in ("completed", "not-completed"):
            raise _RefusedError(Status.ATTRIBUTES_OR_VALUES)
        limit = attributes.integer("limit")
        jobs = [job for job in self._press.jobs() if job.state.final == (which == "completed")]
        for job in jobs[:limit]:
            self._describe(job, request, answer, default=("job-id", "job-uri"))

    def _get_printer_attributes(self, request: Message, answer: Message) -> None:
        names = request.group(GroupTag.OPERATION).strings("requested-attributes")
        printer = printer_attributes(
            self._uri(),
            [int(code) for code in self._handlers],
            self._press.condition(),
            up_time_s=self._press.up_time(),
        )
        answer.groups.append(requested(printer, names))

    def _job(self, request: Message) -> SimulatedJob:
        attributes = request.group(GroupTag.OPERATION)
        job_id = attributes.integer("job-id")
        if job_id is None:
            for uri in attributes.strings("job-uri"):
                tail = uri.rpartition("/")[2]
                job_id = int(tail) if tail.isdecimal() else None
        job = None if job_id is None else self._press.job(job_id)
        if job is None:
            raise _RefusedError(Status.NOT_FOUND)
        return job

    def _describe(
        self,
        job: SimulatedJob,
        request: Message,
        answer: Message,
        default: tuple[str, ...] = (),
    ) -> None:
        """Append the job's attributes (RFC 8011 section 5.3)."""
        group = Group(GroupTag.JOB)
        group.add("job-id", ValueTag.INTEGER, job.job_id)
        group.add("job-uri", ValueTag.URI, f"{self._uri()}/{job.job_id}")
        group.add("job-printer-uri", ValueTag.URI, self._uri())
        group.add("job-name", ValueTag.NAME, job.title)
        group.add("job-originating-user-name", ValueTag.NAME, job.user)
        group.add("job-state", ValueTag.ENUM, job.state)
        group.add("job-state-reasons", ValueTag.KEYWORD, job.reason)
        if job.document_complete:
            group.add("job-impressions", ValueTag.INTEGER, job.pages)
        group.add("job-impressions-completed", ValueTag.INTEGER, job.pages_done)
        group.add("job-media-sheets-completed", ValueTag.INTEGER, job.pages_done)
        group.add("job-printer-up-time", ValueTag.INTEGER, self._press.up_time())
        for event in ("creation", "processing", "completed"):
            at = job.times.get(event)
            tag = ValueTag.NO_VALUE if at is None else ValueTag.INTEGER
            group.add(f"time-at-{event}", tag, at)
        names = request.group(GroupTag.OPERATION).strings("requested-attributes")
        answer.groups.append(requested(group, names or list(default)))
