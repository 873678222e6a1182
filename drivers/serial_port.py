"""A serial port as the small line protocols need it: waits with a limit, and one way to be lost."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import termios
import time

import serial

from drivers.failure_codes import FailureCode
from drivers.ports import Tap, no_tap
from drivers.results import Failure, Ok, Result

BAUD_RATES = (115200, 57600, 38400, 19200, 9600)

# After an unplug, flushing a tty raises termios.error; a closed descriptor, ValueError or TypeError.
_LINE_ERRORS = (OSError, serial.SerialException, termios.error, ValueError, TypeError)
_READ_BYTES = 4096


class PortLostError(Exception):
    """The port is of no further use: unplugged, or its driver gave up."""


class SerialPort:
    """An open port, 8N1, held for us alone. Every method but :meth:`close` may raise
    :class:`PortLostError`."""

    def __init__(self, port: serial.Serial, tap: Tap = no_tap) -> None:
        self._port, self._tap = port, tap

    @classmethod
    def open(cls, path: str, baud: int, tap: Tap = no_tap) -> Result[SerialPort]:
        """Open ``path``. ``tap`` is shown every byte that goes over it.

        Failures: ``device.gone`` (no such port), ``device.busy_elsewhere`` (locked by another
        program), ``device.misconfigured`` (not a serial port, or not permitted).
        """
        try:
            # Waiting is done with select, so that no read or write outlasts its limit.
            port = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=True)
        except _LINE_ERRORS as error:
            return Failure(_opening_code(error), f"{path}: {error}")
        return Ok(cls(port, tap))

    def read(self, at_most_s: float) -> bytes:
        """What has arrived; waits up to ``at_most_s`` for the first byte. ``b""`` if nothing."""
        try:
            if not select.select([self._port.fileno()], [], [], max(0.0, at_most_s))[0]:
                return b""
            data = os.read(self._port.fileno(), _READ_BYTES)
        except BlockingIOError:
            return b""
        except _LINE_ERRORS as error:
            raise PortLostError(str(error)) from error
        if not data:
            raise PortLostError("the line hung up")
        self._tap("in", data)
        return data

    def write(self, data: bytes, within_s: float) -> bool:
        """Hand over all of ``data``; False if the line did not take it in time."""
        deadline = time.monotonic() + within_s
        try:
            while data:
                left = max(0.0, deadline - time.monotonic())
                if not select.select([], [self._port.fileno()], [], left)[1]:
                    return False
                with contextlib.suppress(BlockingIOError):
                    taken = os.write(self._port.fileno(), data)
                    self._tap("out", data[:taken])
                    data = data[taken:]
        except _LINE_ERRORS as error:
            raise PortLostError(str(error)) from error
        return True

    def discard_input(self) -> None:
        """Forget everything that has arrived so far."""
        try:
            self._port.reset_input_buffer()
        except _LINE_ERRORS as error:
            raise PortLostError(str(error)) from error

    def check(self) -> None:
        """Notice an unplug without reading anything."""
        try:
            _ = self._port.in_waiting
        except _LINE_ERRORS as error:
            raise PortLostError(str(error)) from error

    def close(self) -> None:
        """Give the port back; never raises."""
        # What is still queued belongs to a line we give up; closing would wait for it.
        for release in (self._port.reset_output_buffer, self._port.close):
            with contextlib.suppress(*_LINE_ERRORS):
                release()


def _opening_code(error: BaseException) -> FailureCode:
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return "device.busy_elsewhere"
    if number in (errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.EIO):
        return "device.gone"
    return "device.misconfigured"
