"""The wires to an SDT reader, behind one small interface; here the serial one."""

from __future__ import annotations

import errno
import select
import termios
from typing import Protocol

import serial

from drivers.failure_codes import FailureCode
from drivers.results import Failure, Ok, Result

# After an unplug, flushing a tty raises termios.error, which is neither of the other two.
LINE_ERRORS = (OSError, serial.SerialException, termios.error)

_SLICE_S = 0.04  # how long one look at the line may take; bounds the delay of a cancellation
_WRITE_TIMEOUT_S = 0.3  # a request is 10 bytes; status must answer within half a second


class WireGoneError(Exception):
    """The wire is of no use any more."""


class WireStalledError(Exception):
    """The far end takes no bytes."""


class Wire(Protocol):
    """A byte pipe to one reader. Every call may raise :class:`WireGoneError`."""

    @property
    def bits_per_s(self) -> int:
        """Speed of the line, to reckon how long the longest frame takes."""
        ...

    def read(self, at_most_s: float) -> bytes:
        """What is there, or the first bytes within a slice of time of at most ``at_most_s``."""
        ...

    def write(self, data: bytes) -> None:
        """Send all of ``data``. Raises :class:`WireStalledError` if it is not taken."""
        ...

    def discard_input(self) -> None:
        """Throw away what has arrived and was not read."""
        ...

    def close(self) -> None:
        """Release the wire; never raises."""
        ...


class SerialWire:
    """A serial port, 8N1, held exclusively."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    @classmethod
    def open(cls, path: str, baud: int) -> Result[SerialWire]:
        """Open ``path`` for us alone.

        Failures: ``device.gone`` (no such port), ``device.busy_elsewhere`` (locked by another
        program), ``device.misconfigured`` (not a serial port, or not permitted).
        """
        try:
            port = serial.Serial(
                path, baud, timeout=0, write_timeout=_WRITE_TIMEOUT_S, exclusive=True
            )
        except LINE_ERRORS as error:
            return Failure(opening_code(error), f"{path}: {error}")
        return Ok(cls(port))

    @property
    def bits_per_s(self) -> int:
        """The line speed set now."""
        return int(self._port.baudrate)

    def set_baud(self, baud: int) -> None:
        """Change our end's speed."""
        try:
            self._port.baudrate = baud
        except (*LINE_ERRORS, ValueError) as error:
            raise WireGoneError(str(error)) from error

    def read(self, at_most_s: float) -> bytes:
        try:
            # Waited for here: to change pyserial's own time-out would reconfigure the whole port.
            slice_s = min(_SLICE_S, max(0.001, at_most_s))
            if not select.select([self._port.fileno()], [], [], slice_s)[0]:
                return b""
            return bytes(self._port.read(max(1, self._port.in_waiting)))
        except LINE_ERRORS as error:
            raise WireGoneError(str(error)) from error

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise WireStalledError(str(error)) from error
        except LINE_ERRORS as error:
            raise WireGoneError(str(error)) from error

    def discard_input(self) -> None:
        try:
            self._port.reset_input_buffer()
        except LINE_ERRORS as error:
            raise WireGoneError(str(error)) from error

    def close(self) -> None:
        try:
            self._port.close()
        except LINE_ERRORS:
            # A vanished port may refuse even this; the descriptor is released either way.
            return


def opening_code(error: BaseException) -> FailureCode:
    """The failure code of an error met when opening a device file."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return "device.busy_elsewhere"
    if number in (errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.EIO):
        return "device.gone"
    return "device.misconfigured"
