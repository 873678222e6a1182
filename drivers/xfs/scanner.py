"""The scanner port over BarcodeReader.Read."""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any, Literal

from pydantic import Field

from drivers.ports import ScannedCode, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner.payload import MAX_CODE_BYTES, decode_text
from drivers.xfs.adapter import XfsAdapter
from drivers.xfs.messages import SUCCESS
from drivers.xfs.options import XfsOptions
from drivers.xfs.state import completion_failure, left

_SYMBOLOGIES = {
    "qrCode": Symbology.QR,
    "dataMatrix": Symbology.DATA_MATRIX,
    "pdf417": Symbology.PDF417,
    "microPdf417": Symbology.PDF417,
    "aztec": Symbology.AZTEC,
    "code128": Symbology.CODE_128,
    "ean128": Symbology.CODE_128,
    "code39": Symbology.CODE_39,
    "code93": Symbology.CODE_93,
    "codabar": Symbology.CODABAR,
    "itf": Symbology.ITF,
    "ean8": Symbology.EAN_UPC,
    "ean13": Symbology.EAN_UPC,
    "upcA": Symbology.EAN_UPC,
    "upcE0": Symbology.EAN_UPC,
    "rss": Symbology.DATA_BAR,
    "rssExpanded": Symbology.DATA_BAR,
}


class XfsScannerOptions(XfsOptions):
    """``encoding`` of the text; ``max_length`` in bytes."""

    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    max_length: int = Field(default=2048, ge=1, le=MAX_CODE_BYTES)


class XfsScanner(XfsAdapter):
    """Options: :class:`XfsScannerOptions`. A read begins with the call, so nothing older comes."""

    interface = "BarcodeReader"
    section = "barcodeReader"
    needs = ("BarcodeReader.Read",)
    reset = ("BarcodeReader.Reset", {})
    options_model = XfsScannerOptions

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        """See :meth:`drivers.ports.Scanner.scan`."""
        deadline = time.monotonic() + timeout_s
        ready = self._ready(timeout_s)
        if isinstance(ready, Failure):
            return ready
        self._context.emit("scan_ready", {})
        answer = ready.value.call("BarcodeReader.Read", {}, left(deadline))
        if isinstance(answer, Failure):
            return _none(answer)
        message = answer.value
        if message.payload.get("errorCode") == "barcodeInvalid":
            self._context.emit("code_unclear", {"code": "scanner.unreadable"})
            return Failure("scanner.unreadable", "barcodeInvalid")
        if message.code != SUCCESS:
            return _none(completion_failure(message))
        return self._code(message.payload.get("readOutput") or [])

    def _code(self, output: list[dict[str, Any]]) -> Result[ScannedCode]:
        if not output:
            return Failure("scanner.none")
        if len(output) > 1:
            self._context.emit("code_unclear", {"code": "scanner.several"})
            return Failure("scanner.several", f"{len(output)} codes")
        try:
            data = base64.b64decode(output[0].get("barcodeData") or "", validate=True)
        except (binascii.Error, ValueError):
            return Failure("device.protocol", "barcodeData is not Base64")
        if len(data) > self._options.max_length:
            return Failure("scanner.too_long", f"over {self._options.max_length} bytes")
        word = output[0].get("symbology") or ""
        text = decode_text(data, self._options.encoding, gs1=word == "ean128")
        if isinstance(text, Failure):
            return text
        symbology = _SYMBOLOGIES.get(word, Symbology.UNKNOWN)
        return Ok(ScannedCode(symbology, text.value, data, gs1=word == "ean128"))


def _none(failure: Failure) -> Failure:
    """That nobody showed a code is no fault of the device."""
    return Failure("scanner.none") if failure.code == "device.timeout" else failure
