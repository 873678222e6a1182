"""A connection to upsd: one question, one answer, a deadline."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from collections.abc import Callable

from drivers.ports import Tap, no_tap
from drivers.results import Failure, Ok, Result
from drivers.ups.protocol import (
    MAX_LINE,
    MAX_LINES,
    NutSyntaxError,
    error_of,
    split_words,
    variables_of,
)

_SLICE_S = 0.05  # bounds the delay of a cancellation


class _OverError(Exception):
    """The answer cannot be had; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class NutConnection:
    """Reading only: neither user nor password is ever sent. After a failure that begins with
    ``device.`` the connection is of no further use."""

    def __init__(self, connection: socket.socket, tap: Tap = no_tap) -> None:
        self._socket, self._tap = connection, tap
        self._buffer = bytearray()

    @classmethod
    def connect(
        cls, host: str, port: int, timeout_s: float, tap: Tap = no_tap
    ) -> Result[NutConnection]:
        """``tap`` is shown every byte. Failure ``device.offline``: nobody answers there."""
        try:
            connection = socket.create_connection((host, port), timeout_s)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(False)
        except OSError as error:
            return Failure("device.offline", f"{host}:{port}: {type(error).__name__}")
        return Ok(cls(connection, tap))

    def close(self) -> None:
        """Never raises."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def list_variables(
        self, ups: str, deadline: float, cancelled: Callable[[], bool]
    ) -> Result[dict[str, str]]:
        """All variables of ``ups``.

        Failures: ``ups.stale``, ``ups.driver_down``, ``device.misconfigured`` (no such UPS, or not
        allowed), ``device.offline`` (connection lost, or silence until ``deadline``, monotonic
        seconds), ``device.cancelled``, ``device.protocol``.
        """

        def next_words() -> list[str]:
            return split_words(self._line(deadline, cancelled))

        try:
            self._send(f"LIST VAR {ups}\n".encode("ascii"), deadline)
            words = next_words()
            if (failure := error_of(words)) is not None:
                return failure
            if words != ["BEGIN", "LIST", "VAR", ups]:
                raise NutSyntaxError("answer to something else")
            lines: list[list[str]] = []
            while (words := next_words()) != ["END", "LIST", "VAR", ups]:
                # A driver that goes away in the middle ends the list with an error.
                if (failure := error_of(words)) is not None:
                    return failure
                lines.append(words)
                if len(lines) > MAX_LINES:
                    raise NutSyntaxError("too many lines")
            return Ok(variables_of(ups, lines))
        except _OverError as over:
            return over.failure
        except NutSyntaxError as error:
            return Failure("device.protocol", str(error))
        except OSError as error:
            return Failure("device.offline", type(error).__name__)

    def _send(self, data: bytes, deadline: float) -> None:
        if not self._buffer and select.select([self._socket], [], [], 0)[0]:
            self._receive()  # nothing is owed to us: most likely the server hung up
        if self._buffer:
            raise NutSyntaxError("the server spoke unasked")
        left = max(0.0, deadline - time.monotonic())
        if not select.select([], [self._socket], [], left)[1]:
            raise _OverError(Failure("device.offline", "takes no bytes"))
        self._socket.sendall(data)
        self._tap("out", data)

    def _line(self, deadline: float, cancelled: Callable[[], bool]) -> str:
        while (at := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > MAX_LINE:
                raise NutSyntaxError("endless line")
            if cancelled():
                raise _OverError(Failure("device.cancelled"))
            left = deadline - time.monotonic()
            if left <= 0:
                raise _OverError(Failure("device.offline", "no answer"))
            if select.select([self._socket], [], [], min(_SLICE_S, left))[0]:
                self._receive()
        line = bytes(self._buffer[:at])
        del self._buffer[: at + 1]
        if len(line) > MAX_LINE:
            raise NutSyntaxError("line too long")
        # Texts of a UPS (its serial number, its maker) may hold anything; no line is lost by it.
        return line.removesuffix(b"\r").decode("utf-8", "replace")

    def _receive(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            raise _OverError(Failure("device.offline", "the server closed the connection"))
        self._tap("in", data)
        self._buffer += data
