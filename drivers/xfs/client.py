"""One connection to an XFS4IoT service: commands and their answers, over a WebSocket."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from ssl import SSLCertVerificationError, SSLContext, SSLEOFError, SSLError, SSLZeroReturnError
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.frames import CloseCode
from websockets.sync.client import ClientConnection, connect

from drivers.failure_codes import FailureCode
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
from drivers.xfs.tls import Identity
from drivers.xfs.tls_socket import TlsSocket, connected

OnEvent = Callable[[Message], None]

_SLICE_S = 0.05  # bounds the delay of a cancellation
_CANCEL_S = 2.0
_GRACE_S = 0.7  # of what a device host grants beyond an operation's limit
_EVENTS_KEPT = 256
_CLOSE_S = 0.5
_TLS_PORT = 443
_OUR_REASONS: Mapping[int, str] = {  # RFC 6455, 7.4.1: why it was this side that closed
    CloseCode.PROTOCOL_ERROR: "no WebSocket frame",
    CloseCode.INVALID_DATA: "a message that is no UTF-8",
    CloseCode.MESSAGE_TOO_BIG: "a message larger than is taken",
}


class Connection:
    """A client of one service. Not for several threads; the WebSocket reads in one of its own.

    ``versions``: what was agreed upon, by command. ``events``: those not handed to a caller yet,
    the newest ones. ``command_sent``: whether the service may have begun the last command.
    """

    def __init__(
        self,
        stack: ExitStack,
        socket: ClientConnection,
        tap: Tap,
        cancelled: Callable[[], bool],
        most_bytes: int = MAX_FRAME_BYTES,
    ) -> None:
        self._stack = stack
        self._socket = socket
        self._tap = tap
        self._cancelled = cancelled
        self._most_bytes = most_bytes
        self._last_id = 0
        self.versions: dict[str, str] = {}
        self.events: deque[Message] = deque(maxlen=_EVENTS_KEPT)
        self.command_sent = False

    @classmethod
    def open(
        cls,
        uri: str,
        tap: Tap,
        cancelled: Callable[[], bool],
        *,
        identity: Identity | None = None,
        timeout_s: float = 3.0,
        most_bytes: int = MAX_FRAME_BYTES,
    ) -> Result[Connection]:
        """Connect. Failures: ``device.gone`` (nobody there), ``device.offline`` (no WebSocket
        answer), ``device.misconfigured`` (a certificate that is not accepted, on either side, or
        cannot be read)."""
        made = (identity or Identity()).context(uri)
        if isinstance(made, Failure):
            return made
        try:
            opening = _connected(uri, made.value, timeout_s, most_bytes)
            stack = ExitStack()
            socket = stack.enter_context(opening)
        except (OSError, WebSocketException, EOFError, ValueError) as error:
            return _not_opened(error, over_tls=made.value is not None)
        return Ok(cls(stack, socket, tap, cancelled, most_bytes))

    def close(self) -> None:
        """Leave; never raises."""
        self._stack.close()

    def call(
        self,
        name: str,
        payload: Mapping[str, Any],
        timeout_s: float,
        *,
        on_event: OnEvent | None = None,
        cancellable: bool = True,
    ) -> Result[Message]:
        """Send a command and wait for its completion, whatever its code.

        When the time is over, or the caller gives up, the command is cancelled at the service; a
        completion that comes nevertheless counts. ``on_event`` is handed the command's own events.
        ``cancellable`` False: what must be finished although the caller has given up. Failures:
        ``device.timeout``, ``device.cancelled``, ``device.offline`` (not acknowledged),
        ``device.gone``, ``device.protocol``.
        """
        self.command_sent = False
        if cancellable and self._cancelled():
            return Failure("device.cancelled")
        deadline = time.monotonic() + timeout_s
        try:
            request = self._send(name, payload, timeout_s)
            self.command_sent = True
            return self._await(request, name, deadline, on_event, cancellable)
        except (ConnectionClosed, XfsProtocolError) as error:
            return self._broken(error, f"{name}: ")

    def poll(self, timeout_s: float = 0.0) -> Result[None]:
        """Take in the events that have arrived; wait up to ``timeout_s`` for a first one."""
        try:
            message = self._receive(timeout_s)
            # not more than are kept: a service in a frenzy must not hold anybody up
            for _ in range(_EVENTS_KEPT):
                if message is None:
                    break
                self._note(message)
                message = self._receive(0)
        except (ConnectionClosed, XfsProtocolError) as error:
            return self._broken(error)
        return Ok(None)

    def _broken(self, error: ConnectionClosed | XfsProtocolError, during: str = "") -> Failure:
        if isinstance(error, XfsProtocolError):
            # what follows bad data on this connection is not to be believed either
            self.close()
            return Failure("device.protocol", str(error))
        if error.sent is not None and not error.rcvd_then_sent:
            why = _OUR_REASONS.get(error.sent.code)
            if why is not None:
                return Failure("device.protocol", f"{during}{why}")
        return Failure("device.gone", f"{during}the service closed the connection")

    def _send(self, name: str, payload: Mapping[str, Any], timeout_s: float) -> int:
        self._last_id += 1
        text = encode(
            Message(
                "command",
                name,
                self._last_id,
                self.versions.get(name) or version_of(name),
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
        return decode(data, self._most_bytes)

    def _note(self, message: Message) -> None:
        if message.type in ("unsolicited", "event"):
            self.events.append(message)

    def _await(
        self,
        request: int,
        name: str,
        deadline: float,
        on_event: OnEvent | None,
        cancellable: bool,
    ) -> Result[Message]:
        acknowledged = False
        given_up: Failure | None = None
        while True:
            now = time.monotonic()
            stopped = cancellable and self._cancelled()
            if given_up is None and (stopped or now >= deadline):
                given_up = _why(stopped, acknowledged, name)
                if name.startswith("Common."):
                    return given_up  # a question; there is nothing to be called off
                self._send("Common.Cancel", {"requestIds": [request]}, _CANCEL_S)
                deadline = now + (_CANCEL_S if stopped else _GRACE_S)
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
                    busy = message.refusal == "tooManyRequests"
                    code: FailureCode = "device.offline" if busy else "device.protocol"
                    return Failure(code, f"{name}: {message.refusal}")
                acknowledged = True
            elif message.type == "event":
                self._hand(message, on_event)
            elif message.type == "completion":
                if message.name != name:
                    raise XfsProtocolError("completion of another command")
                if given_up is not None and message.code in ("canceled", "timeOut"):
                    return given_up
                return Ok(message)

    def _hand(self, message: Message, on_event: OnEvent | None) -> None:
        if on_event is None:
            self._note(message)
        else:
            on_event(message)


def _connected(
    uri: str, context: SSLContext | None, timeout_s: float, most_bytes: int
) -> ClientConnection:
    """The WebSocket; over TLS it is one in the clear for ``websockets``, on a socket of ours."""
    deadline = time.monotonic() + timeout_s
    wire: TlsSocket | None = None
    if context is not None:
        parts = urlsplit(uri)
        port = parts.port or _TLS_PORT
        wire = connected(parts.hostname or "", port, context, timeout_s)
        netloc = parts.netloc if parts.port else f"{parts.netloc}:{port}"
        uri = urlunsplit(parts._replace(scheme="ws", netloc=netloc))
    try:
        return connect(
            uri,
            sock=wire,
            open_timeout=max(0.0, deadline - time.monotonic()),
            close_timeout=_CLOSE_S,
            max_size=most_bytes,
            proxy=None,
        )
    except BaseException:
        if wire is not None:
            wire.close()
        raise


def _not_opened(error: Exception, *, over_tls: bool) -> Failure:
    """Why no connection came about.

    A server that wants a certificate of ours and gets none says so, with TLS 1.3, only after our
    part of the TLS handshake is over, and hangs up. Its alert may be read; or be lost, because our
    WebSocket request reached a socket already closed; or the hang-up is seen before the request
    is sent, while it is sent, or instead of its answer. With TLS 1.2 it may cut the handshake short.
    """
    if isinstance(error, SSLCertVerificationError):
        return Failure("device.misconfigured", "the service's certificate is not accepted")
    hung_up = isinstance(error, SSLError) and "ALERT" in (error.reason or "")
    # which of the first two, is Python's affair: 3.11.2 takes a bare close for a farewell
    hung_up |= isinstance(error, SSLEOFError | SSLZeroReturnError)
    hung_up |= isinstance(error, ConnectionResetError | BrokenPipeError)
    hung_up |= isinstance(error, ConnectionClosed)
    hung_up |= isinstance(error.__cause__, OSError | EOFError)
    if over_tls and hung_up:
        return Failure("device.misconfigured", "the service does not accept us")
    if isinstance(error, SSLError):
        return Failure("device.misconfigured", "the service's TLS cannot be used")
    if isinstance(error, TimeoutError):
        return Failure("device.offline", "no answer to the WebSocket opening")
    if isinstance(error, OSError):
        return Failure("device.gone", "nobody listens at the service's address")
    return Failure("device.protocol", "the address answers, but is no such service")


def _why(stopped: bool, acknowledged: bool, name: str) -> Failure:
    if stopped:
        return Failure("device.cancelled")
    if not acknowledged:
        return Failure("device.offline", f"{name}: not acknowledged")
    return Failure("device.timeout", f"{name}: acknowledged, but not completed")
