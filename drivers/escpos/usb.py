"""The USB wire to an ESC/POS printer: the kernel's printer-class device, /dev/usb/lpN (usblp).

usblp gives a character device that behaves like no tty and no socket: one write of at most 8 KiB is
under way at a time, reading needs a bidirectional interface, a read of nothing is no end, and an
unplugged printer hangs the descriptor up. Source: Linux ``drivers/usb/class/usblp.c`` and ``lp.h``.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import stat
import time

from drivers.escpos.status import PrinterStatus
from drivers.escpos.transport import TransportError
from drivers.failure_codes import FailureCode

_READ_BYTES = 4096
_WRITE_BYTES = 4096
_LPGETSTATUS = 0x060B
_PORT_PAPER_EMPTY = 0x20
_PORT_NO_ERROR = 0x08
_BROKEN = select.POLLHUP | select.POLLERR | select.POLLNVAL
# usblp says ENOSPC where a parallel port would have said "out of paper": not now, that is
_NOT_NOW = frozenset({errno.EAGAIN, errno.ENOSPC})
_PAUSE_S = 0.05


def decode_port_status(byte: int) -> PrinterStatus:
    """Status from the USB printer class's GET_PORT_STATUS, as LPGETSTATUS hands it over.

    Says little (paper empty, error), and many printers always say "all well"; but it comes by the
    control pipe, also from a printer whose full buffer lets no query through.
    """
    return PrinterStatus(
        offline=not byte & _PORT_NO_ERROR, paper_end=bool(byte & _PORT_PAPER_EMPTY)
    )


class UsbTransport:
    """A printer-class device, held alone. Implements :class:`drivers.escpos.transport.Transport`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._last = 0

    @classmethod
    def open(cls, path: str) -> UsbTransport:
        """Open the character device ``path``, better a stable link to it than ``lpN`` itself.

        Raises :class:`TransportError`: ``device.gone``, ``device.busy_elsewhere`` (usblp admits one
        program at a time; CUPS takes the device over by unbinding usblp), ``device.misconfigured``
        (not permitted, or no character device: a plain file would swallow every receipt).
        """
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            codes: dict[int, FailureCode] = {
                errno.EBUSY: "device.busy_elsewhere",
                errno.EACCES: "device.misconfigured",
                errno.EPERM: "device.misconfigured",
                errno.EISDIR: "device.misconfigured",
            }
            code = codes.get(error.errno or 0, "device.gone")
            raise TransportError(code, f"{path}: {error.strerror}") from error
        try:
            if not stat.S_ISCHR(os.fstat(descriptor).st_mode):
                raise TransportError("device.misconfigured", f"{path} is no character device")
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise TransportError("device.busy_elsewhere", f"{path} is in use") from error
        except TransportError:
            os.close(descriptor)
            raise
        return cls(descriptor)

    def _poll(self, events: int, timeout_s: float) -> int:
        if self._descriptor < 0:
            raise TransportError("device.gone", "the device is closed")
        watch = select.poll()
        watch.register(self._descriptor, events)
        ready = watch.poll(max(0.0, timeout_s) * 1000)
        found = ready[0][1] if ready else 0
        # what a printer said before it went is still worth reading
        if found & _BROKEN and not found & events & select.POLLIN:
            raise TransportError("device.gone", "the printer was unplugged or switched off")
        return found

    def send(self, block: bytes, deadline: float) -> int:
        sent = 0
        while sent < len(block):
            left = deadline - time.monotonic()
            if not self._poll(select.POLLOUT, left) & select.POLLOUT:
                break
            try:
                self._last = os.write(self._descriptor, block[sent : sent + _WRITE_BYTES])
                sent += self._last
            except OSError as error:
                if error.errno not in _NOT_NOW:
                    raise TransportError("device.gone", str(error)) from error
                if left <= 0:
                    break
                # the device calls itself writable and is not: look again, but do not spin
                self._poll(0, min(_PAUSE_S, left))
        return sent

    def receive(self, timeout_s: float) -> bytes:
        found = self._poll(select.POLLIN, timeout_s)
        if not found & select.POLLIN:
            return b""
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno == errno.EINVAL:
                detail = "the USB interface is one-way: such a printer cannot tell its status"
                raise TransportError("device.protocol", detail) from error
            raise TransportError("device.gone", str(error)) from error
        if not data and found & _BROKEN:
            # a hung-up descriptor calls itself readable for ever
            raise TransportError("device.gone", "the printer was unplugged or switched off")
        return data

    def unacknowledged(self) -> int:
        # usblp is writable again once its one write is done; it does not tell how much is left
        return 0 if self._poll(select.POLLOUT, 0.0) & select.POLLOUT else self._last

    def port_status(self) -> PrinterStatus | None:
        """What GET_PORT_STATUS says; None where the device does not offer it."""
        answer = bytearray(4)
        try:
            fcntl.ioctl(self._descriptor, _LPGETSTATUS, answer)
        except (OSError, ValueError):
            return None
        return decode_port_status(answer[0])

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(descriptor)
