"""The wires to an ESC/POS printer: TCP port 9100 and serial lines, behind one small interface.

Own transports, because the job engine must know how many bytes went out and how many the printer
has not taken yet, and because no call may block past its deadline (python-escpos's serial write
has none at all).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import socket
import struct
import termios
import time
from typing import Literal, Protocol

import serial

from drivers.failure_codes import FailureCode

_READ_BYTES = 4096
# one number on Linux: SIOCOUTQ for sockets, TIOCOUTQ for ttys
_SIOCOUTQ = termios.TIOCOUTQ
FlowControl = Literal["none", "xonxoff", "rtscts"]


class TransportError(Exception):
    """The wire is unusable. ``code`` is a failure code (``device.gone`` and its like)."""

    def __init__(self, code: FailureCode, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class Transport(Protocol):
    """A byte pipe to one printer. Every call raises :class:`TransportError` once it is broken."""

    def send(self, block: bytes, deadline: float) -> int:
        """Hand over ``block``; returns how many bytes were accepted by ``deadline`` (monotonic)."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Whatever has arrived; waits up to ``timeout_s`` for the first byte. ``b""`` if nothing."""
        ...

    def unacknowledged(self) -> int:
        """Bytes accepted by :meth:`send` that the far end has not taken yet."""
        ...

    def close(self) -> None:
        """Release the wire; never raises."""
        ...


def _ready_to_write(descriptor: int, deadline: float) -> bool:
    remaining = max(0.0, deadline - time.monotonic())
    return bool(select.select([], [descriptor], [], remaining)[1])


class TcpTransport:
    """Raw TCP. A small send buffer keeps "handed over" close to "taken by the printer"."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    @classmethod
    def connect(
        cls, host: str, port: int, *, timeout_s: float = 3.0, user_timeout_s: float = 300.0
    ) -> TcpTransport:
        """Connect within ``timeout_s``.

        ``user_timeout_s`` (TCP_USER_TIMEOUT) must exceed the longest wait for paper: Linux counts
        it also while a printer that is out of paper keeps its window closed.
        """
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )[0]
            connection = socket.socket(family, kind, protocol)
        except OSError as error:
            raise TransportError("device.gone", f"{host}:{port}: {error}") from error
        try:
            # before connect: the buffer size is fixed when the connection is made
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 10)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
            connection.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(user_timeout_s * 1000)
            )
            connection.settimeout(timeout_s)
            connection.connect(address)
            connection.setblocking(False)
        except OSError as error:
            connection.close()
            raise TransportError("device.gone", f"{host}:{port}: {error}") from error
        return cls(connection)

    def send(self, block: bytes, deadline: float) -> int:
        sent = 0
        view = memoryview(block)
        try:
            while sent < len(block) and _ready_to_write(self._socket.fileno(), deadline):
                try:
                    sent += self._socket.send(view[sent:])
                except BlockingIOError:
                    continue
        except (OSError, ValueError) as error:
            raise TransportError("device.gone", str(error)) from error
        return sent

    def receive(self, timeout_s: float) -> bytes:
        try:
            if not select.select([self._socket], [], [], max(0.0, timeout_s))[0]:
                return b""
            data = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as error:
            raise TransportError("device.gone", str(error)) from error
        if not data:
            raise TransportError("device.gone", "the printer closed the connection")
        return data

    def unacknowledged(self) -> int:
        try:
            answer = fcntl.ioctl(self._socket.fileno(), _SIOCOUTQ, b"\0" * 4)
        except (OSError, ValueError) as error:
            raise TransportError("device.gone", str(error)) from error
        return int(struct.unpack("i", answer)[0])

    def close(self) -> None:
        self._socket.close()


class SerialTransport:
    """A serial line (RS-232, USB virtual COM port), held exclusively."""

    def __init__(self, line: serial.Serial) -> None:
        self._line = line

    @classmethod
    def open(cls, port: str, *, baud: int = 115200, flow: FlowControl = "none") -> SerialTransport:
        """Open ``port`` with 8 data bits, no parity, 1 stop bit."""
        try:
            # write_timeout 0: a write takes what fits and returns; waiting is done with select,
            # so that the number of bytes that went out is known even when time runs out
            line = serial.Serial(
                port,
                baudrate=baud,
                timeout=0,
                write_timeout=0,
                exclusive=True,
                xonxoff=flow == "xonxoff",
                rtscts=flow == "rtscts",
            )
        except ValueError as error:
            raise TransportError("device.misconfigured", f"{port}: {error}") from error
        except (OSError, termios.error) as error:
            busy = "exclusively lock" in str(error) or "busy" in str(error).lower()
            code: FailureCode = "device.busy_elsewhere" if busy else "device.gone"
            raise TransportError(code, f"{port}: {error}") from error
        return cls(line)

    def send(self, block: bytes, deadline: float) -> int:
        sent = 0
        try:
            while sent < len(block) and _ready_to_write(self._line.fileno(), deadline):
                # the descriptor is non-blocking; pyserial's own write would spin on EAGAIN
                try:
                    sent += os.write(self._line.fileno(), block[sent:])
                except BlockingIOError:
                    continue
        except (OSError, ValueError, TypeError, termios.error) as error:
            raise TransportError("device.gone", str(error)) from error
        return sent

    def receive(self, timeout_s: float) -> bytes:
        try:
            if not select.select([self._line.fileno()], [], [], max(0.0, timeout_s))[0]:
                return b""
            return bytes(self._line.read(_READ_BYTES))
        except (OSError, ValueError, TypeError, termios.error) as error:
            raise TransportError("device.gone", str(error)) from error

    def unacknowledged(self) -> int:
        try:
            return int(self._line.out_waiting)
        except (OSError, ValueError, TypeError, termios.error) as error:
            raise TransportError("device.gone", str(error)) from error

    def close(self) -> None:
        # what is still queued belongs to a line we give up; closing would wait for it
        for release in (self._line.reset_output_buffer, self._line.close):
            with contextlib.suppress(OSError, ValueError, TypeError, termios.error):
                release()
