"""The document printer port through a CUPS queue, and the printer behind it where it can be asked."""

from __future__ import annotations

from drivers.cups.behind import PrinterBehind
from drivers.cups.job import GONE, QueueJob
from drivers.cups.options import CupsOptions
from drivers.cups.queue import Queue
from drivers.ipp.codec import Group
from drivers.ipp.constants import Operation
from drivers.ipp.job import A4, PDF, JobSettings
from drivers.ipp.redaction import IppRedactor
from drivers.options import read_options
from drivers.ports import AdapterContext, PrintResult
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

_STATUS_S = 0.25
_BEFORE_S = 3.0
_CAPABILITIES = (
    "device-uri",
    "operations-supported",
    "document-format-supported",
)
_CHOICES = ("media", "sides", "print-color-mode")
_SUPPORTED = tuple(f"{name}-supported" for name in _CHOICES)


class CupsQueuePrinter:
    """``DocumentPrinter`` for a queue of cupsd. Options: :class:`drivers.cups.options.CupsOptions`.

    Events: those of :class:`drivers.ipp.IppPrinter`, and ``queue_stopped``; at opening
    ``leftovers_withdrawn`` {"jobs"} when an earlier process of ours had left jobs in the queue.
    """

    flight_redactor = IppRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: CupsOptions | None = None
        self._queue: Queue | None = None
        self._behind: PrinterBehind | None = None
        self._settings = JobSettings(two_step=False)

    def open(self) -> Result[None]:
        """Ask cupsd about the queue, and cancel what an earlier process of ours left in it: whoever
        waited for that has gone. Failures: ``device.misconfigured`` (a bad option, no such queue, no
        PDF), ``document_printer.spooler_down``, ``device.protocol``."""
        read = read_options(CupsOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        try:
            client = options.client(self._context)
        except ValueError as error:
            return Failure("device.misconfigured", str(error))
        queue = Queue(client, options.queue)
        found = queue.attributes((*_CAPABILITIES, *_SUPPORTED))
        if isinstance(found, Failure):
            return found
        device_uri = options.device_uri or "".join(found.strings("device-uri")[:1])
        try:
            self._behind = PrinterBehind(
                device_uri, options.ca_file, self._context.tap, client.user
            )
        except (ValueError, OSError) as error:
            return Failure("device.misconfigured", f"device_uri or ca_file: {type(error).__name__}")
        found = _with_choices(found, self._behind)
        if (refused := _unfit(found, options)) is not None:
            return refused
        if withdrawn := queue.withdraw_leftovers():
            self._context.emit("leftovers_withdrawn", {"jobs": withdrawn})
        self._settings = _job_settings(found, options)
        self._options, self._queue = options, queue
        return Ok(None)

    def close(self) -> None:
        """Forget the queue; no connection is kept between exchanges."""
        self._queue = self._behind = None

    def status(self) -> DeviceStatus:
        """Ask cupsd, then the printer behind the queue; at most 0.5 s. A printer that cannot be asked
        shows what cupsd knows of it from the last job."""
        if self._queue is None or self._behind is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        condition = self._queue.condition(_STATUS_S)
        if isinstance(condition, Failure):
            return DeviceStatus(
                DeviceState.OFFLINE, failure=condition.code, detail=condition.detail
            )
        if (refused := self._queue.refusal(condition)) is not None:
            return DeviceStatus(DeviceState.OFFLINE, failure=refused.code, detail=refused.detail)
        if not self._behind.known:
            return condition.status()
        behind = self._behind.condition(_STATUS_S)
        if behind is None:
            detail = "cupsd answers, the printer behind the queue does not"
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail=detail)
        return behind.status()

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[PrintResult]:
        """Print through the queue; see :meth:`drivers.ports.DocumentPrinter.print_document`.

        Nothing is handed to a queue that is stopped or takes no jobs
        (``document_printer.queue_stopped``, ``document_printer.queue_rejecting``), nor for a printer
        that can be asked and does not answer (``device.gone``). Otherwise as for
        :class:`drivers.ipp.IppPrinter`. A printer behind a ``socket://`` or ``usb://`` queue never says
        that it has printed: such jobs end as doubtful (``printer.unconfirmed``).
        """
        if self._queue is None or self._behind is None or self._options is None:
            return Failure("device.offline", "not open")
        if (refused := self._check_before(self._queue, self._behind, timeout_s)) is not None:
            return refused
        self._behind.mark()
        job = QueueJob(
            self._queue.client,
            self._context,
            self._settings,
            timeout_s,
            self._behind,
            self._options.gone_s,
        )
        return job.run(pdf, title)

    @staticmethod
    def _check_before(queue: Queue, behind: PrinterBehind, timeout_s: float) -> Failure | None:
        condition = queue.condition(min(_BEFORE_S, timeout_s))
        if isinstance(condition, Failure):
            return condition
        if (refused := queue.refusal(condition)) is not None:
            return refused
        if behind.known and behind.condition(min(_BEFORE_S, timeout_s)) is None:
            return Failure(GONE, "the printer behind the queue does not answer")
        return None


def _with_choices(queue: Group, behind: PrinterBehind) -> Group:
    """``queue``, completed by the printer's own words: a raw queue names no media and no sides."""
    missing = tuple(name for name in _SUPPORTED if not queue.strings(name))
    told = behind.names(missing).attributes if missing else []
    own = [item for item in queue.attributes if item.name not in missing]
    return Group(queue.tag, [*own, *(item for item in told if item.name in missing)])


def _unfit(queue: Group, options: CupsOptions) -> Failure | None:
    formats = queue.strings("document-format-supported")
    if formats and PDF not in formats:
        return Failure("device.misconfigured", f"the queue does not take {PDF}: {formats}")
    for name in _CHOICES:
        wanted = getattr(options, name.replace("-", "_"))
        if wanted is not None and wanted not in (named := queue.strings(f"{name}-supported")):
            detail = f"the queue does not support {name} {wanted!r}: {named}"
            return Failure("device.misconfigured", detail)
    return None


def _job_settings(queue: Group, options: CupsOptions) -> JobSettings:
    operations = queue.get("operations-supported")
    return JobSettings(
        two_step=Operation.CREATE_JOB in operations and Operation.SEND_DOCUMENT in operations,
        media=options.media or (A4 if A4 in queue.strings("media-supported") else None),
        sides=options.sides
        or ("one-sided" if "one-sided" in queue.strings("sides-supported") else None),
        color=options.print_color_mode,
        poll_s=options.poll_s,
        stall_s=options.stall_s,
    )
