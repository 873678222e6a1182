"""One connection to an XFS4IoT service: commands and their answers, over a WebSocket."""

from __future__ import annotations

import ssl
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from drivers.ports import Tap
from drivers.results import Failure, Ok, Result
from drivers.xfs.messages import (
    MAX_FRAME_BYTES,
    Message,
    XfsProtocolError,
    decode,
    encode,
    version_of,
)

_SLICE_S = 0.05  # bounds the delay of a cancellation
_CANCEL_S = 2.0
_EVENTS_KEPT = 256
_CLOSE_S = 0.5


class Connection:
    """A client of one service. Not for several threads; the WebSocket reads in one of its own."""

    def __init__(
        self, stack: ExitStack, socket: ClientConnection, tap: Tap, cancelled: Callable[[], bool]
    ) -> None:
        self._stack = stack
        self._socket = socket
        self._tap = tap
        self._cancelled = cancelled
        self._last_id = 0
        self.events: deque[Message] = deque(maxlen=_EVENTS_KEPT)
        self.command_sent = False

    @classmethod
    def open(
        cls,
        uri: str,
        tap: Tap,
        cancelled: Callable[[], bool],
        *,
        ca_file: str = "",
        timeout_s: float = 3.0,
    ) -> Result[Connection]:
        """Connect. Failures: ``device.gone`` (nobody there), ``device.offline`` (no WebSocket
        answer), ``device.misconfigured`` (the CA file, or a certificate it does not vouch for)."""
        try:
            context = None
            if urlsplit(uri).scheme == "wss":
                context = ssl.create_default_context(cafile=ca_file or None)
            opening = connect(
                uri,
                ssl=context,
                open_timeout=timeout_s,
                close_timeout=_CLOSE_S,
                max_size=MAX_FRAME_BYTES,
                proxy=None,
            )
            stack = ExitStack()
            socket = stack.enter_context(opening)
        except ssl.SSLError:
            return Failure("device.misconfigured", "the service's certificate is not accepted")
        except TimeoutError:
            return Failure("device.offline", "no answer to the WebSocket opening")
        except OSError as error:
            if ca_file and error.filename == ca_file:
                return Failure("device.misconfigured", "ca_file cannot be read")
            return Failure("device.gone", "nobody listens at the service's address")
        except (WebSocketException, ValueError):
            return Failure("device.protocol", "the address answers, but is no such service")
        return Ok(cls(stack, socket, tap, cancelled))

    def close(self) -> None:
        """Leave; never raises."""
        self._stack.close()

    def call(self, name: str, payload: Mapping[str, Any], timeout_s: float) -> Result[Message]:
        """Send a command and wait for its completion, whatever its code.

        When the time is over, or the caller gives up, the command is cancelled at the service; a
        completion that comes nevertheless counts. ``command_sent`` tells whether the service may
        have begun. Failures: ``device.timeout``, ``device.cancelled``, ``device.offline`` (not
        acknowledged), ``device.gone``, ``device.protocol``.
        """
        self.command_sent = False
        deadline = time.monotonic() + timeout_s
        try:
            request = self._send(name, payload, timeout_s)
            self.command_sent = True
            return self._await(request, name, deadline)
        except ConnectionClosed:
            return Failure("device.gone", f"{name}: the service closed the connection")
        except XfsProtocolError as error:
            # what follows bad data on this connection is not to be believed either
            self.close()
            return Failure("device.protocol", str(error))

    def poll(self) -> Result[None]:
        """Take in the events that have arrived."""
        try:
            while (message := self._receive(0)) is not None:
                self._note(message)
        except ConnectionClosed:
            return Failure("device.gone", "the service closed the connection")
        except XfsProtocolError as error:
            self.close()
            return Failure("device.protocol", str(error))
        return Ok(None)

    def _send(self, name: str, payload: Mapping[str, Any], timeout_s: float) -> int:
        self._last_id += 1
        text = encode(
            Message(
                "command",
                name,
                self._last_id,
                version_of(name),
                timeout_ms=max(1, int(timeout_s * 1000)),
                payload=dict(payload),
            )
        )
        self._socket.send(text)
        self._tap("out", text.encode())
        return self._last_id

    def _receive(self, timeout_s: float) -> Message | None:
        try:
            data = self._socket.recv(timeout=timeout_s)
        except TimeoutError:
            return None
        self._tap("in", data.encode() if isinstance(data, str) else data)
        return decode(data)

    def _note(self, message: Message) -> None:
        if message.type in ("unsolicited", "event"):
            self.events.append(message)

    def _await(self, request: int, name: str, deadline: float) -> Result[Message]:
        acknowledged = False
        given_up: Failure | None = None
        while True:
            now = time.monotonic()
            if given_up is None and (self._cancelled() or now >= deadline):
                given_up = self._why(acknowledged, name)
                self._send("Common.Cancel", {"requestIds": [request]}, _CANCEL_S)
                deadline = now + _CANCEL_S
            elif given_up is not None and now >= deadline:
                return given_up
            message = self._receive(min(_SLICE_S, max(0.0, deadline - now)))
            if message is None or message.request_id != request:
                if message is not None:
                    self._note(message)
                continue
            if message.type == "acknowledge":
                if message.refusal:
                    self.command_sent = False
                    return Failure("device.protocol", f"{name}: {message.refusal}")
                acknowledged = True
            elif message.type == "completion":
                if message.name != name:
                    raise XfsProtocolError("completion of another command")
                if given_up is not None and message.code in ("canceled", "timeOut"):
                    return given_up
                return Ok(message)

    def _why(self, acknowledged: bool, name: str) -> Failure:
        if self._cancelled():
            return Failure("device.cancelled")
        if not acknowledged:
            return Failure("device.offline", f"{name}: not acknowledged")
        return Failure("device.timeout", f"{name}: acknowledged, but not completed")
