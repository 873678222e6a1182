"""The receipt-printer port over Printer.PrintRaw and Printer.ControlMedia."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from drivers.escpos.encoding import raster_blocks
from drivers.failure_codes import FailureCode
from drivers.ports import PrintOutcome, PrintResult, RasterImage
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.client import Connection
from drivers.xfs.messages import SUCCESS, Message
from drivers.xfs.negotiation import Capabilities
from drivers.xfs.options import XfsOptions
from drivers.xfs.state import completion_failure, left

_RESET = b"\x1b@"
_MOST_BYTES = 700_000  # as base64 still a frame that this client itself would take
_CODES: dict[str, FailureCode] = {
    "paperOut": "printer.paper_out",
    "paperJammed": "printer.jam",
    "mediaJammed": "printer.jam",
    "blackMark": "printer.hardware",
    "shutterFail": "printer.hardware",
    "tonerOut": "printer.hardware",
}
# the service says that it did not begin
_NOT_BEGUN = frozenset(
    {"invalidCommand", "unsupportedCommand", "invalidData", "unsupportedData", "sequenceError"}
)


class XfsPrinterOptions(XfsOptions):
    """``raw``: the language of the device behind the service, for Printer.PrintRaw passes bytes on
    unchanged. ``finish``: how ControlMedia hands the paper out."""

    raw: Literal["escpos"] = "escpos"
    dots_per_line: int = Field(default=576, ge=8, le=2400, multiple_of=8)
    finish: Literal["cut", "eject"] = "cut"


class XfsReceiptPrinter(XfsAdapter):
    """Options: :class:`XfsPrinterOptions`."""

    interface = "Printer"
    section = "printer"
    needs = ("Printer.PrintRaw", "Printer.ControlMedia")
    reset = ("Printer.Reset", {})
    options_model = XfsPrinterOptions

    def _unable(self, capabilities: Capabilities) -> str:
        # told for every device, so a control that is not told is one it does not have
        control = capabilities.section("printer").get("control")
        if control is not None and not control.get(self._options.finish):
            return f"the printer cannot {self._options.finish} (finish)"
        return ""

    def dots_per_line(self) -> int:
        """Printable dots in a line."""
        return 576 if self._options is None else int(self._options.dots_per_line)

    def print_receipt(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        """See :meth:`drivers.ports.ReceiptPrinter.print_receipt`. Confirmed: both commands were
        completed, and the status then shows no fault. :class:`ValueError` for too wide an image."""
        if image.width > self.dots_per_line():
            raise ValueError(f"image is {image.width} dots wide, paper {self.dots_per_line()}")
        deadline = time.monotonic() + timeout_s
        ready = self._well(timeout_s)
        if isinstance(ready, Failure):
            return ready
        data = _RESET + b"".join(raster_blocks(image))
        if len(data) > _MOST_BYTES:
            return Failure("device.misconfigured", "the receipt is too long for one message")
        return self._print(ready.value, data, deadline)

    def _print(self, connection: Connection, data: bytes, deadline: float) -> Result[PrintResult]:
        payload = {"inputData": "no", "data": base64.b64encode(data).decode("ascii")}
        printed = connection.call("Printer.PrintRaw", payload, left(deadline))
        if isinstance(printed, Failure):
            return _doubt(printed.code) if connection.command_sent else printed
        if printed.value.code != SUCCESS:
            return _unprinted(printed.value)
        control = {"mediaControl": {self._options.finish: True}}
        # a slip that is printed is cut off, whoever has left meanwhile
        finished = connection.call(
            "Printer.ControlMedia", control, left(deadline), cancellable=False
        )
        if isinstance(finished, Failure) or finished.value.code != SUCCESS:
            return _doubt("printer.unconfirmed")
        after = self._ask(connection)
        if after.failure is not None and after.failure != "printer.paper_out":
            return _doubt(after.failure)
        return Ok(PrintResult(PrintOutcome.CONFIRMED))

    def _read(self, payload: Mapping[str, Any]) -> DeviceStatus:
        base = super()._read(payload)
        printer = payload.get("printer") or {}
        words = set((printer.get("paper") or {}).values())
        paper = SupplyState.UNKNOWN
        for word in ("full", "low", "out"):
            if word in words:
                paper = SupplyState(word)
        media = {"retracted": MediaState.NOT_PRESENT, None: MediaState.NOT_SUPPORTED}.get(
            printer.get("media")
        ) or MediaState(printer["media"])
        failure = base.failure
        if base.device is DeviceState.HARDWARE_ERROR:
            failure = "printer.hardware"
        if base.device is DeviceState.USER_ERROR:
            # no word for a cover; it is what a person does to a printer besides using up its paper
            failure = "printer.cover_open"
        if paper is SupplyState.OUT:
            failure = "printer.paper_out"
        if media is MediaState.JAMMED or "jammed" in words:
            media, failure = MediaState.JAMMED, "printer.jam"
        return replace(base, media=media, paper=paper, failure=failure)


def _doubt(reason: FailureCode) -> Ok[PrintResult]:
    return Ok(PrintResult(PrintOutcome.DOUBTFUL, reason))


def _unprinted(message: Message) -> Result[PrintResult]:
    error = message.payload.get("errorCode")
    if message.code in _NOT_BEGUN:
        return completion_failure(message)
    if error == "blackMark":  # the one error of which it is said that nothing was printed
        return Failure("printer.hardware", "black mark not found")
    return _doubt(_CODES.get(error or "", "printer.unconfirmed"))
