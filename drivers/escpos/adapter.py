"""ESC/POS receipt printers as adapters: over TCP (port 9100) and over a serial line."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Literal

from drivers.escpos.link import Link
from drivers.escpos.printer import ConfirmMode, JobTimings, ReceiptEngine
from drivers.escpos.profiles import DEFAULT, find
from drivers.escpos.redaction import EscposRedactor, TappedTransport
from drivers.escpos.status import PrinterStatus
from drivers.escpos.transport import (
    FlowControl,
    SerialTransport,
    TcpTransport,
    Transport,
    TransportError,
)
from drivers.escpos.usb import UsbTransport
from drivers.options import Options, option, read_options
from drivers.ports import AdapterContext, PrintResult, RasterImage
from drivers.results import Failure, Ok, Result
from drivers.status import DeviceState, DeviceStatus, MediaState, SupplyState

_OPEN_PROBE_S = 1.5
_STATUS_S = 0.45


class EscposOptions(Options):
    """Options of every ESC/POS printer.

    ``profile``: model or kind, of :mod:`drivers.escpos.profiles`. ``dots_per_line`` and ``dpi``
    instead of the profile's: 576 for 80 mm paper at 203 dpi, 384 for 58 mm; 180 dpi for Epson's
    TM-T88 family, else white space comes out a ninth too small. ``confirm``: ``auto`` goes by the
    profile, and where that does not say finds out with the first job; set ``gs_r`` for a clone that
    prints stray characters for GS ( H.
    ``silence_s``: how long a printer may say nothing in mid-job before it is given up.
    """

    profile: str = option(default=DEFAULT, min_length=1)
    dots_per_line: int | None = option(default=None, ge=8, le=2400, multiple_of=8)
    dpi: Literal[180, 203] | None = None
    confirm: ConfirmMode = ConfirmMode.AUTO
    silence_s: float = option(default=10.0, gt=0, le=120)


class TcpOptions(EscposOptions):
    """Options of :class:`EscposTcpPrinter`."""

    host: str = option(min_length=1)
    port: int = option(default=9100, ge=1, le=65535)
    connect_timeout_s: float = option(default=3.0, gt=0, le=30)


class SerialOptions(EscposOptions):
    """Options of :class:`EscposSerialPrinter`. ``port``: path of the tty, for which the settings may
    have a binding."""

    port: str = option(min_length=1)
    baud: Literal[9600, 19200, 38400, 57600, 115200, 230400] = 115200
    flow: FlowControl = "none"


class UsbOptions(EscposOptions):
    """Options of :class:`EscposUsbPrinter`. ``device``: /dev/usb/lpN or a stable link to it."""

    device: str = option(min_length=1)


def device_status(status: PrinterStatus) -> DeviceStatus:
    """The printer's own words in the common vocabulary."""
    code = status.failure
    paper = SupplyState.LOW if status.paper_near_end else SupplyState.FULL
    if status.paper_end or status.stopped_by_paper_end:
        paper = SupplyState.OUT
    device = DeviceState.ONLINE
    if code in ("printer.cutter", "printer.hardware", "printer.jam"):
        device = DeviceState.HARDWARE_ERROR
    elif code == "printer.cover_open":
        device = DeviceState.USER_ERROR
    elif code == "device.offline":
        device = DeviceState.OFFLINE
    elif code == "printer.too_hot":
        device = DeviceState.DEVICE_BUSY
    media = MediaState.JAMMED if status.mechanical_error else MediaState.NOT_SUPPORTED
    return DeviceStatus(device=device, media=media, paper=paper, failure=code)


def _confirmation(mode: ConfirmMode, gs_h: bool | None) -> ConfirmMode:
    if mode is not ConfirmMode.AUTO or gs_h is None:
        return mode
    return ConfirmMode.GS_H if gs_h else ConfirmMode.GS_R


class _EscposPrinter(ABC):
    """What the two wires share: life, status and printing."""

    flight_redactor = EscposRedactor

    def __init__(self, context: AdapterContext) -> None:
        self._context = context
        self._dots = 576
        self._link: Link | None = None
        self._engine: ReceiptEngine | None = None

    @abstractmethod
    def _options(self) -> Result[Any]: ...

    @abstractmethod
    def _connect(self, options: Any) -> Transport: ...

    def open(self) -> Result[None]:
        """Connect and make sure that a printer answers (DLE EOT 1).

        Failures: ``device.misconfigured``, ``device.gone`` (no such port or address),
        ``device.busy_elsewhere``, ``device.offline`` (connected, no answer: switched off behind a
        converter, or another client has the printer), ``device.protocol`` (something else answers).
        """
        self.close()
        read = self._options()
        if isinstance(read, Failure):
            return read
        options = read.value
        found = find(options.profile, dots_per_line=options.dots_per_line, dpi=options.dpi)
        if isinstance(found, Failure):
            return found
        profile = found.value
        self._dots = profile.dots_per_line
        try:
            self._link = Link(TappedTransport(self._connect(options), self._context.tap))
            answer = self._link.ask(1, time.monotonic() + _OPEN_PROBE_S)
        except TransportError as error:
            self.close()
            return Failure(error.code, error.detail)
        if answer is None:
            heard = self._link.heard_anything
            self.close()
            if heard:
                return Failure("device.protocol", "answers, but not as an ESC/POS printer")
            return Failure("device.offline", "connected, but no answer to DLE EOT 1")
        self._engine = ReceiptEngine(
            self._link,
            confirm=_confirmation(options.confirm, profile.gs_h),
            profile=profile,
            emit=self._context.emit,
            cancelled=self._context.cancelled,
            timings=JobTimings(silence_s=options.silence_s),
        )
        return Ok(None)

    def close(self) -> None:
        """Release the wire."""
        if self._link is not None:
            self._link.close()
        self._link = None
        self._engine = None

    def status(self) -> DeviceStatus:
        """Ask the printer (DLE EOT 1-4); at most about half a second."""
        if self._link is None:
            return DeviceStatus(DeviceState.NO_DEVICE, failure="device.gone", detail="not open")
        try:
            status = self._link.status(time.monotonic() + _STATUS_S)
        except TransportError as error:
            return DeviceStatus(
                DeviceState.NO_DEVICE,
                paper=SupplyState.UNKNOWN,
                failure=error.code,
                detail=error.detail,
            )
        # a printer that is stopped with a full buffer reads no queries, but may have said why
        status = status or self._link.asb or self._beside()
        if status is None:
            return DeviceStatus(
                DeviceState.OFFLINE,
                paper=SupplyState.UNKNOWN,
                failure="device.offline",
                detail="no answer to DLE EOT",
            )
        return device_status(status)

    def _beside(self) -> PrinterStatus | None:
        """What is known of a silent printer by another way than its answers."""
        return None

    def dots_per_line(self) -> int:
        """Printable dots in a line."""
        return self._dots

    def print_receipt(self, image: RasterImage, timeout_s: float) -> Result[PrintResult]:
        """See :meth:`drivers.ports.ReceiptPrinter.print_receipt`.

        Emits ``paper_out``, ``cover_open``, ``too_hot`` or ``stopped`` when the printer halts in
        mid-job, and ``resumed`` when it goes on. :class:`ValueError` for an image wider than the paper.
        """
        if image.width > self._dots:
            raise ValueError(f"image is {image.width} dots wide, the paper {self._dots}")
        if self._engine is None:
            return Failure("device.gone", "not open")
        return self._engine.print(image, timeout_s)


class EscposTcpPrinter(_EscposPrinter):
    """An ESC/POS printer on the network. Options: :class:`TcpOptions`."""

    def _options(self) -> Result[TcpOptions]:
        return read_options(TcpOptions, self._context.options)

    def _connect(self, options: TcpOptions) -> Transport:
        return TcpTransport.connect(options.host, options.port, timeout_s=options.connect_timeout_s)


class EscposSerialPrinter(_EscposPrinter):
    """An ESC/POS printer on a serial line. Options: :class:`SerialOptions`."""

    port_options: ClassVar = {"port": "serial"}

    def _options(self) -> Result[SerialOptions]:
        return read_options(SerialOptions, self._context.options)

    def _connect(self, options: SerialOptions) -> Transport:
        return SerialTransport.open(options.port, baud=options.baud, flow=options.flow)


class EscposUsbPrinter(_EscposPrinter):
    """An ESC/POS printer of the USB printer class. Options: :class:`UsbOptions`."""

    port_options: ClassVar = {"device": "printer"}
    _usb: UsbTransport | None = None

    def _options(self) -> Result[UsbOptions]:
        return read_options(UsbOptions, self._context.options)

    def _connect(self, options: UsbOptions) -> Transport:
        self._usb = UsbTransport.open(options.device)
        return self._usb

    def _beside(self) -> PrinterStatus | None:
        return self._usb.port_status() if self._usb is not None else None
