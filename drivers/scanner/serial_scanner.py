"""The scanner port over a serial scanner (RS-232, or USB in virtual COM mode)."""

from __future__ import annotations

import time
from typing import ClassVar, Literal

from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, ScannedCode, Symbology
from drivers.results import Failure, Ok, Result
from drivers.scanner.assembly import Assembler, Flaw, Piece
from drivers.scanner.payload import MAX_CODE_BYTES, decode_text
from drivers.scanner.symbols import split_identifier
from drivers.serial_port import BAUD_RATES, PortLostError, SerialPort
from drivers.status import DeviceState, DeviceStatus

_SLICE_S = 0.04  # bounds the delay of a cancellation

TERMINATORS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "etx": b"\x03"}


class SerialScannerOptions(Options):
    """Settings.

    ``port``: path of the tty; the settings may have a binding for it, and never ``ttyUSBn``.
    ``terminator``: what the scanner sends after each code. ``identifier``: ``aim`` if it puts the
    AIM symbology identifier first. ``encoding``: of the text; many scanners in China are set to
    GBK (``gb18030``). ``max_length``: bytes. ``gap_s``: silence that ends a code without terminator.
    """

    port: str = option(min_length=1)
    baud: int = option(default=115200, one_of=tuple(BAUD_RATES))
    terminator: Literal["cr", "lf", "crlf", "tab", "etx"] = "cr"
    identifier: Literal["none", "aim"] = "none"
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    max_length: int = option(default=2048, ge=1, le=MAX_CODE_BYTES)
    gap_s: float = option(default=0.25, ge=0.02, le=2.0)


class SerialScanner:
    """A scanner that sends each code by itself, in presentation mode. Nothing is ever sent to it.

    Such a device cannot be asked how it is: online means that its port is there.
    """

    port_options: ClassVar = {"port": "serial"}
    asks_at_opening: ClassVar = False

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._options: SerialScannerOptions | None = None
        self._port: SerialPort | None = None

    def open(self) -> Result[None]:
        """Open the port. Failures: ``device.misconfigured``, ``device.gone``,
        ``device.busy_elsewhere``."""
        self.close()
        read = read_options(SerialScannerOptions, self._context.options)
        if isinstance(read, Failure):
            return read
        options = read.value
        opened = SerialPort.open(options.port, options.baud, self._context.tap)
        if isinstance(opened, Failure):
            return opened
        self._options, self._port = options, opened.value
        return Ok(None)

    def close(self) -> None:
        """Give the port back."""
        if self._port is not None:
            self._port.close()
            self._port = None

    def status(self) -> DeviceStatus:
        """Whether the port is still there. Codes nobody waits for are thrown away, so that one
        person's code does not wait in a buffer for the next."""
        if self._port is None:
            return DeviceStatus(DeviceState.OFFLINE, failure="device.offline", detail="not open")
        try:
            self._port.check()
            self._port.discard_input()
        except PortLostError as error:
            self.close()
            return DeviceStatus(DeviceState.NO_DEVICE, failure="device.gone", detail=str(error))
        return DeviceStatus(DeviceState.ONLINE)

    def scan(self, timeout_s: float) -> Result[ScannedCode]:
        """See :class:`drivers.ports.Scanner`. After a spoilt code it goes on waiting, and names the
        spoilt one only if no good one followed; one that is too long ends it at once."""
        port, options = self._port, self._options
        if port is None or options is None:
            return Failure("device.offline", "not open")
        try:
            return self._scan(port, options, time.monotonic() + timeout_s)
        except PortLostError as error:
            self.close()
            return Failure("device.gone", str(error))

    def _scan(
        self, port: SerialPort, options: SerialScannerOptions, deadline: float
    ) -> Result[ScannedCode]:
        port.discard_input()
        self._context.emit("scan_ready", {})
        assembler = Assembler(TERMINATORS[options.terminator], options.max_length)
        last: Failure | None = None
        last_byte = time.monotonic()
        while True:
            if self._context.cancelled():
                return Failure("device.cancelled")
            left = deadline - time.monotonic()
            data = port.read(min(_SLICE_S, options.gap_s, max(0.0, left)))
            now = time.monotonic()
            pieces = assembler.feed(data)
            if data:
                last_byte = now
            elif assembler.begun and now - last_byte >= options.gap_s:
                pieces = assembler.silence()
            for piece in pieces:
                result = _judge(piece, options)
                if isinstance(result, Ok) or result.code == "scanner.too_long":
                    return result
                last = result
                self._context.emit("code_unclear", {"code": result.code})
            if left <= 0:
                begun = Failure("scanner.partial", "no terminator") if assembler.begun else None
                return begun or last or Failure("scanner.none")


def _judge(piece: Piece | Flaw, options: SerialScannerOptions) -> Result[ScannedCode]:
    match piece:
        case Flaw.PARTIAL:
            return Failure("scanner.partial", "no terminator")
        case Flaw.TOO_LONG:
            return Failure("scanner.too_long", f"over {options.max_length} bytes")
        case Piece():
            return _code(piece.data, options)


def _code(data: bytes, options: SerialScannerOptions) -> Result[ScannedCode]:
    symbology, gs1 = Symbology.UNKNOWN, False
    if options.identifier == "aim":
        split = split_identifier(data)
        if split is None:
            return Failure("scanner.unreadable", "no symbology identifier")
        symbology, gs1, data = split
    text = decode_text(data, options.encoding, gs1=gs1)
    if isinstance(text, Failure):
        return text
    return Ok(ScannedCode(symbology, text.value, data, gs1))
