"""One IPP exchange at a time over HTTP (RFC 8010 section 4) or HTTPS, with a deadline on each.

Blocking and single-threaded: the adapter lives alone in its process, so an event loop would buy
nothing. Every exchange uses its own connection; a printer that was switched off in between is then
noticed at once, and no half-read answer can be taken for the next.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Sequence
from itertools import count
from urllib.parse import urlsplit

from drivers.ipp.codec import Group, IppFormatError, Message, decode, encode
from drivers.ipp.constants import GroupTag, Operation, ValueTag
from drivers.ports import Tap, no_tap

MAX_ANSWER = 4 * 1024 * 1024
REQUESTING_USER = "kiosk"


class IppUnreachableError(Exception):
    """No answer. ``sent``: the whole request may have reached the printer."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class IppAnswerError(Exception):
    """Something answered, but not with IPP. ``http_status``: 0 if the body was at fault."""

    def __init__(self, message: str, *, http_status: int = 0) -> None:
        super().__init__(message)
        self.http_status = http_status


class IppClient:
    """Talks to the printer at ``uri`` (``ipp://host:port/path`` or ``ipps://``; port 631 if none).

    ``ca_file``: certificates to trust for ``ipps`` besides the system's. ``tap``: is shown
    every message. ``socket_path``: a Unix domain socket to speak through instead of TCP. ``path``:
    the HTTP path if it is not the URI's. ``user``: whose jobs these are. Raises ValueError for a
    URI that is neither.
    """

    def __init__(
        self,
        uri: str,
        ca_file: str | None = None,
        tap: Tap = no_tap,
        *,
        socket_path: str | None = None,
        path: str | None = None,
        user: str = REQUESTING_USER,
    ) -> None:
        parts = urlsplit(uri)
        if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
            raise ValueError(f"not an ipp:// or ipps:// address: {uri!r}")
        self.uri = uri
        self.user = user
        self._tap = tap
        self._host = parts.hostname
        self._port = parts.port or 631
        self._path = path or parts.path or "/"
        self._socket_path = socket_path
        self._tls: ssl.SSLContext | None = None
        if parts.scheme == "ipps":
            self._tls = ssl.create_default_context(cafile=ca_file)
        self._ids = count(1)

    def request(self, operation: Operation, job_id: int | None = None) -> Message:
        """A request addressed to the printer or one of its jobs; attributes in the order RFC 8011
        section 4.1.4 prescribes."""
        group = Group(GroupTag.OPERATION)
        group.add("attributes-charset", ValueTag.CHARSET, "utf-8")
        group.add("attributes-natural-language", ValueTag.LANGUAGE, "en")
        group.add("printer-uri", ValueTag.URI, self.uri)
        if job_id is not None:
            group.add("job-id", ValueTag.INTEGER, job_id)
        group.add("requesting-user-name", ValueTag.NAME, self.user)
        return Message(operation, next(self._ids), [group])

    def attributes_request(
        self, operation: Operation, names: Sequence[str], job_id: int | None = None
    ) -> Message:
        """A Get-…-Attributes request for ``names``."""
        message = self.request(operation, job_id)
        message.groups[0].add("requested-attributes", ValueTag.KEYWORD, *names)
        return message

    def exchange(self, message: Message, timeout_s: float) -> Message:
        """Send ``message``, return the answer whatever its status.

        ``timeout_s`` bounds the whole exchange, not each read. Raises :class:`IppUnreachableError`
        and :class:`IppAnswerError`.
        """
        body = encode(message)
        deadline = time.monotonic() + timeout_s
        connection = self._connection(timeout_s)
        sent = False
        try:
            connection.connect()
            self._remaining(connection, deadline)
            # From the first byte on the printer may act on what it has.
            sent = True
            self._tap("out", body)
            connection.request("POST", self._path, body, {"Content-Type": "application/ipp"})
            self._remaining(connection, deadline)
            response = connection.getresponse()
            raw = self._read(connection, response, deadline)
            self._tap("in", raw)
        except (OSError, http.client.HTTPException) as error:
            raise IppUnreachableError(_describe(error), sent=sent) from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            text = f"HTTP status {response.status}"
            raise IppAnswerError(text, http_status=response.status)
        return self._answer(message, raw)

    def _connection(self, timeout_s: float) -> http.client.HTTPConnection:
        if self._socket_path is not None:
            return _DomainSocketConnection(self._socket_path, timeout_s)
        if self._tls is not None:
            return http.client.HTTPSConnection(
                self._host, self._port, timeout=timeout_s, context=self._tls
            )
        return http.client.HTTPConnection(self._host, self._port, timeout=timeout_s)

    @staticmethod
    def _remaining(connection: http.client.HTTPConnection, deadline: float) -> None:
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("deadline passed")
        if connection.sock is not None:
            connection.sock.settimeout(remaining)

    def _read(
        self,
        connection: http.client.HTTPConnection,
        response: http.client.HTTPResponse,
        deadline: float,
    ) -> bytes:
        parts: list[bytes] = []
        size = 0
        while chunk := response.read1(65536):
            parts.append(chunk)
            size += len(chunk)
            if size > MAX_ANSWER:
                raise IppAnswerError("answer too large")
            self._remaining(connection, deadline)
        return b"".join(parts)

    @staticmethod
    def _answer(request: Message, raw: bytes) -> Message:
        try:
            answer = decode(raw)
        except IppFormatError as error:
            raise IppAnswerError(str(error)) from error
        if answer.request_id != request.request_id:
            raise IppAnswerError("answer to another request")
        return answer


class _DomainSocketConnection(http.client.HTTPConnection):
    """HTTP through a Unix domain socket."""

    def __init__(self, socket_path: str, timeout_s: float) -> None:
        # cupsd refuses a Host header that names neither it nor localhost.
        super().__init__("localhost", timeout=timeout_s)
        self._socket_path = socket_path
        self._limit_s = timeout_s

    def connect(self) -> None:
        """See the base class."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self._limit_s)
        self.sock.connect(self._socket_path)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
