"""The adapter: :class:`drivers.ports.IdCardReader` over an SDT reader on USB bulk pipes."""

from __future__ import annotations

from drivers.options import option, read_options
from drivers.results import Failure, Ok, Result
from drivers.sdt.line import SdtLine
from drivers.sdt.reader import ReaderOptions, SdtReader
from drivers.sdt.usb import BulkEndpoints, PyUsbEndpoints, UsbWire


class SdtUsbOptions(ReaderOptions):
    """Settings of a reader on USB.

    ``vendor_id``, ``product_id``: as ``lsusb`` shows them (0x0400:0xC35A is the usual SDT reader).
    ``serial``: its USB serial number, if two alike are plugged in. ``interface``: its number.
    """

    vendor_id: int = option(default=0x0400, ge=0, le=0xFFFF)
    product_id: int = option(default=0xC35A, ge=0, le=0xFFFF)
    serial: str = ""
    interface: int = option(default=0, ge=0, le=255)


class SdtUsbReader(SdtReader):
    """An ID-card reader speaking the SDT/SAM_V protocol over USB bulk pipes; needs pyusb.

    Untested on hardware.
    """

    def _connect(self) -> Result[tuple[SdtLine, ReaderOptions]]:
        parsed = read_options(SdtUsbOptions, self._context.options)
        if isinstance(parsed, Failure):
            return parsed
        endpoints = self._endpoints(parsed.value)
        if isinstance(endpoints, Failure):
            return endpoints
        wire = UsbWire(endpoints.value)
        return Ok((SdtLine(wire, parsed.value.answer_s, self._context.tap), parsed.value))

    def _endpoints(self, options: SdtUsbOptions) -> Result[BulkEndpoints]:
        """Claim the device; a test puts pipes of its own here."""
        opened = PyUsbEndpoints.open(
            options.vendor_id, options.product_id, options.serial, options.interface
        )
        return opened if isinstance(opened, Failure) else Ok(opened.value)

    def _facts(self) -> tuple[tuple[str, str], ...]:
        return (("wire", "usb-bulk"),)
