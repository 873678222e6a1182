"""The A4 printer port over the Internet Printing Protocol: any IPP Everywhere / AirPrint printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from drivers.ipp.client import IppAnswerError, IppClient, IppUnreachableError
from drivers.ipp.codec import Group
from drivers.ipp.constants import GroupTag, Operation, successful
from drivers.ipp.job import A4, PDF, JobSettings, PrintJob
from drivers.ipp.reasons import PrinterCondition
from drivers.ipp.redaction import IppRedactor
from drivers.ports import AdapterContext, PrintResult
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus

_OPEN_TIMEOUT_S = 3.0
_STATUS_TIMEOUT_S = 0.5
_STATUS_ATTRIBUTES = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_CAPABILITIES = (
    *_STATUS_ATTRIBUTES,
    "operations-supported",
    "document-format-supported",
    "media-supported",
    "sides-supported",
    "print-color-mode-supported",
)
_CHOICES = ("media", "sides", "print-color-mode")


@dataclass(frozen=True, slots=True)
class IppOptions:
    """Settings of the adapter.

    ``uri``: ``ipp://host:port/ipp/print`` or ``ipps://…``. ``ca_file``: PEM certificates to trust
    for ``ipps`` besides the system's. ``poll_s``: seconds between two looks at a running job.
    ``stall_s``: see :class:`drivers.ipp.job.JobSettings`. ``media``, ``sides``, ``print_color_mode``:
    keywords of IPP that the printer must support; None: A4, one-sided and the printer's own choice.
    """

    uri: str
    ca_file: str | None = None
    media: str | None = None
    sides: str | None = None
    print_color_mode: str | None = None
    poll_s: float = 0.4
    stall_s: float = 3.0

    @classmethod
    def parse(cls, options: Mapping[str, Any]) -> IppOptions:
        """From the terminal's configuration. Raises ValueError naming the key at fault."""
        if unknown := sorted(set(options) - set(cls.__dataclass_fields__)):
            raise ValueError(f"unknown option {unknown[0]!r}")
        uri = options.get("uri")
        if not isinstance(uri, str):
            raise ValueError("option 'uri' is missing or not text")
        return cls(
            uri=uri,
            ca_file=_text(options, "ca_file"),
            media=_text(options, "media"),
            sides=_text(options, "sides"),
            print_color_mode=_text(options, "print_color_mode"),
            poll_s=_seconds(options, "poll_s", 0.4),
            stall_s=_seconds(options, "stall_s", 3.0),
        )


def _text(options: Mapping[str, Any], key: str) -> str | None:
    value = options.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise ValueError(f"option {key!r} is not text")
    return value


def _seconds(options: Mapping[str, Any], key: str, default: float) -> float:
    value = options.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 60:
        raise ValueError(f"option {key!r} is not a number of seconds in 0–60")
    return float(value)


class IppPrinter:
    """``DocumentPrinter`` for a printer that speaks IPP and takes PDF.

    Progress events besides ``page_done`` ({"page", "pages"}): ``paper_out``, ``cover_open``,
    ``jam`` (the job waits for a person), ``trouble_cleared``, ``printer_gone``, ``printer_back``.
    """

    flight_redactor = IppRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._client: IppClient | None = None
        self._settings = JobSettings(two_step=False)

    def open(self) -> Result[None]:
        """Ask the printer what it can do. Failures: ``device.misconfigured`` (bad option, not an IPP
        printer, no PDF), ``device.offline``, ``device.protocol``."""
        try:
            options = IppOptions.parse(self._context.options)
            client = IppClient(options.uri, options.ca_file, self._context.tap)
        except (ValueError, OSError) as error:
            return Failure("device.misconfigured", str(error))
        printer = _printer_attributes(client, _CAPABILITIES, _OPEN_TIMEOUT_S)
        if isinstance(printer, Failure):
            return printer
        formats = printer.strings("document-format-supported")
        if PDF not in formats:
            return Failure("device.misconfigured", f"the printer does not take {PDF}: {formats}")
        for name in _CHOICES:
            wanted = getattr(options, name.replace("-", "_"))
            if wanted is not None and wanted not in (named := printer.strings(f"{name}-supported")):
                detail = f"the printer does not support {name} {wanted!r}: {named}"
                return Failure("device.misconfigured", detail)
        self._settings = _job_settings(printer, options)
        self._client = client
        return Ok(None)

    def close(self) -> None:
        """Forget the printer; no connection is kept between exchanges."""
        self._client = None

    def status(self) -> DeviceStatus:
        """One Get-Printer-Attributes, at most 0.5 s."""
        if self._client is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        printer = _printer_attributes(self._client, _STATUS_ATTRIBUTES, _STATUS_TIMEOUT_S)
        if isinstance(printer, Failure):
            return DeviceStatus(DeviceState.OFFLINE, failure=printer.code, detail=printer.detail)
        return PrinterCondition.read(printer).status()

    def print_document(self, pdf: bytes, title: str, timeout_s: float) -> Result[PrintResult]:
        """Print on A4, one-sided unless set otherwise; waits for paper to be refilled while time is left.

        A job that is not finished in time, or is given up, is cancelled on the printer. Failures
        (nothing was printed): ``document_printer.rejected``, ``document_printer.aborted``,
        ``printer.paper_out``, ``printer.jam``, ``printer.cover_open``, ``device.gone``,
        ``device.timeout``, ``device.cancelled``. Doubtful: the same codes once paper may have come
        out, and ``printer.unconfirmed`` when the printer never told the end.
        """
        if self._client is None:
            return Failure("device.offline", "not open")
        return PrintJob(self._client, self._context, self._settings, timeout_s).run(pdf, title)


def _printer_attributes(
    client: IppClient, names: tuple[str, ...], timeout_s: float
) -> Group | Failure:
    request = client.attributes_request(Operation.GET_PRINTER_ATTRIBUTES, names)
    try:
        answer = client.exchange(request, timeout_s)
    except IppUnreachableError as error:
        return Failure("device.offline", str(error))
    except IppAnswerError as error:
        if error.http_status in (401, 403, 404, 405, 426):
            return Failure("device.misconfigured", str(error))
        return Failure("device.protocol", str(error))
    if not successful(answer.code):
        return Failure("device.protocol", f"Get-Printer-Attributes: IPP status {answer.code:#06x}")
    return answer.group(GroupTag.PRINTER)


def _job_settings(printer: Group, options: IppOptions) -> JobSettings:
    operations = printer.get("operations-supported")
    # A printer that does not name A4 would refuse or ignore the attribute; it then prints on the
    # paper it holds, which on a kiosk is A4.
    return JobSettings(
        two_step=Operation.CREATE_JOB in operations and Operation.SEND_DOCUMENT in operations,
        media=options.media or (A4 if A4 in printer.strings("media-supported") else None),
        sides=options.sides
        or ("one-sided" if "one-sided" in printer.strings("sides-supported") else None),
        color=options.print_color_mode,
        poll_s=options.poll_s,
        stall_s=options.stall_s,
    )
