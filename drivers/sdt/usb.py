"""SDT readers without a serial chip: the same frames, split over USB bulk pipes.

Of every frame, preamble and length travel on one pipe and the rest on another: OUT 0x02 and 0x06
towards the reader, IN 0x81 and 0x85 from it. As published; untested on hardware.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
from typing import Any, Protocol

from drivers.failure_codes import FailureCode
from drivers.results import Failure, Ok, Result
from drivers.sdt.frames import MAX_LENGTH, MIN_LENGTH, PREAMBLE
from drivers.sdt.wires import WireGoneError, WireStalledError

OUT_HEAD, OUT_BODY = 0x02, 0x06
IN_HEAD, IN_BODY = 0x81, 0x85

_HEAD = len(PREAMBLE) + 2
_SLICE_S = 0.04
_WRITE_S = 0.3
_FULL_SPEED = 12_000_000
_PACKETS = 4096  # asked for at once; a multiple of every packet size, so that nothing overflows
_MOST_STALE = 16  # transfers thrown away before a request


class EndpointsGoneError(Exception):
    """The device was unplugged or does not answer on its bus."""


class BulkEndpoints(Protocol):
    """Bulk pipes of one claimed device. Every call but close may raise
    :class:`EndpointsGoneError`."""

    def write(self, endpoint: int, data: bytes, timeout_s: float) -> int:
        """One transfer; how many bytes were taken in time."""
        ...

    def read(self, endpoint: int, size: int, timeout_s: float) -> bytes:
        """One transfer of at most ``size`` bytes; empty if none came in time."""
        ...

    def close(self) -> None:
        """Release the device; never raises."""
        ...


class UsbWire:
    """Implements :class:`drivers.sdt.wires.Wire` over :class:`BulkEndpoints`."""

    def __init__(self, endpoints: BulkEndpoints) -> None:
        self._endpoints = endpoints
        self._body_left = 0
        self._body_pipe = IN_BODY
        self._head = b""

    @property
    def bits_per_s(self) -> int:
        """Full speed; higher ones make no difference to frames this short."""
        return _FULL_SPEED

    def read(self, at_most_s: float) -> bytes:
        """The next transfer of the pipe whose turn it is."""
        slice_s = min(_SLICE_S, max(0.001, at_most_s))
        return self._read(slice_s)

    def _read(self, timeout_s: float) -> bytes:
        in_body = self._body_left > 0
        pipe = self._body_pipe if in_body else IN_HEAD
        try:
            data = self._endpoints.read(pipe, _PACKETS, timeout_s)
        except EndpointsGoneError as error:
            raise WireGoneError(str(error)) from error
        if in_body:
            self._body_left = max(0, self._body_left - len(data))
        else:
            self._note_head(data)
        return data

    def _note_head(self, data: bytes) -> None:
        """Learn from preamble and length how much comes on the other pipe."""
        self._head = (self._head + data)[-(_HEAD + MAX_LENGTH) :]
        start = self._head.rfind(PREAMBLE)
        if start < 0 or len(self._head) < start + _HEAD:
            return
        length = int.from_bytes(self._head[start + 5 : start + _HEAD], "big")
        if MIN_LENGTH <= length <= MAX_LENGTH:
            # A device that goes on behind the length does not split: all of it comes on this pipe.
            here = len(self._head) - start - _HEAD
            self._body_pipe = IN_HEAD if here else IN_BODY
            self._body_left = max(0, length - here)
        self._head = b""

    def write(self, data: bytes) -> None:
        """One frame: its head on the first pipe, the rest on the second."""
        for pipe, part in ((OUT_HEAD, data[:_HEAD]), (OUT_BODY, data[_HEAD:])):
            try:
                taken = self._endpoints.write(pipe, part, _WRITE_S)
            except EndpointsGoneError as error:
                raise WireGoneError(str(error)) from error
            if taken < len(part):
                raise WireStalledError(f"pipe 0x{pipe:02X} took {taken} of {len(part)} bytes")

    def discard_input(self) -> None:
        """Empty both pipes of what belongs to an earlier question."""
        self._head, self._body_left = b"", 0
        try:
            for pipe in (IN_HEAD, IN_BODY):
                for _ in range(_MOST_STALE):
                    if not self._endpoints.read(pipe, _PACKETS, 0.001):
                        break
        except EndpointsGoneError as error:
            raise WireGoneError(str(error)) from error

    def close(self) -> None:
        self._endpoints.close()


class PyUsbEndpoints:
    """:class:`BulkEndpoints` over pyusb, which is imported only when a device is opened."""

    def __init__(self, device: Any, core: Any, util: Any, interface: int) -> None:
        self._device, self._core, self._util = device, core, util
        self._interface = interface

    @classmethod
    def open(
        cls, vendor: int, product: int, serial: str = "", interface: int = 0
    ) -> Result[PyUsbEndpoints]:
        """Find and claim the device.

        Failures: ``device.misconfigured`` (pyusb or libusb is not installed, or no permission),
        ``device.gone`` (no such device), ``device.busy_elsewhere``.
        """
        try:
            core = importlib.import_module("usb.core")
            util = importlib.import_module("usb.util")
        except ImportError:
            return Failure(
                "device.misconfigured", "sdt-usb needs pyusb; install it with: pip install pyusb"
            )
        found = None
        try:
            for device in core.find(find_all=True, idVendor=vendor, idProduct=product):
                if not serial or util.get_string(device, device.iSerialNumber) == serial:
                    found = device
                    break
            if found is None:
                return Failure("device.gone", f"no USB device {vendor:04X}:{product:04X}")
            # pyusb says so where the system knows nothing of kernel drivers: then none is in the way
            with contextlib.suppress(NotImplementedError):
                if found.is_kernel_driver_active(interface):
                    found.detach_kernel_driver(interface)
            found.set_configuration()
            util.claim_interface(found, interface)
        except core.NoBackendError:
            return Failure("device.misconfigured", "pyusb finds no libusb-1.0; install it")
        except (core.USBError, ValueError) as error:
            if found is not None:
                util.dispose_resources(found)
            return Failure(_code(error), f"USB {vendor:04X}:{product:04X}: {error}")
        return Ok(cls(found, core, util, interface))

    def write(self, endpoint: int, data: bytes, timeout_s: float) -> int:
        try:
            return int(self._device.write(endpoint, data, _milliseconds(timeout_s)))
        except self._core.USBTimeoutError:
            return 0
        except self._core.USBError as error:
            raise EndpointsGoneError(str(error)) from error

    def read(self, endpoint: int, size: int, timeout_s: float) -> bytes:
        try:
            return bytes(self._device.read(endpoint, size, _milliseconds(timeout_s)))
        except self._core.USBTimeoutError:
            return b""
        except self._core.USBError as error:
            raise EndpointsGoneError(str(error)) from error

    def close(self) -> None:
        try:
            self._util.release_interface(self._device, self._interface)
            self._util.dispose_resources(self._device)
        except self._core.USBError:
            return  # it was unplugged; the handle is gone with it


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))  # 0 would wait for ever


def _code(error: Exception) -> FailureCode:
    match getattr(error, "errno", None):
        case errno.EBUSY:
            return "device.busy_elsewhere"
        case errno.ENODEV | errno.ENOENT | errno.EIO | errno.EPIPE:
            return "device.gone"
    return "device.misconfigured"
