"""Connections to the portal, kept open, as a transport of ``requests``.

urllib3 connects and does TLS, the standard library reads the answer; the request itself is written here,
with a small body in one piece. What stands between them in ``requests`` and urllib3 (redirects, cookies,
proxies and logins from the environment, tries of their own, decoding) is what this client must not do, and
takes more of a processor than all the rest of an exchange.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
import weakref
from collections import deque
from collections.abc import Mapping
from http.client import HTTPResponse, IncompleteRead
from pathlib import Path
from typing import Any

import certifi
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url

from portal.exchange import current_exchange
from portal.identity import IdentityFiles

BLOCK = 64 * 1024
"""Bytes handed to the socket at once, each within the time-out of a read."""
_KEPT = 32
"""Connections kept open when nobody uses them; the courier's workers and the rest are fewer."""
_IDLE_S = 30.0
"""After that long without use a connection is not trusted: routers forget it without a word."""
_TARGET = re.compile(r"[!-~]+")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110, 5.6.2."""
_NO_VALUE = re.compile(r"[\r\n\0]")


class _Watched(HTTPConnection):
    """Tells the thread's exchange of its socket and its first byte; old when it has been idle long."""

    used = 0.0

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        exchange = current_exchange()
        if exchange is not None:
            # a duplicate, because TLS detaches the original from its descriptor
            exchange.hold(sock.dup(), owned=True)
        return sock

    def ask(self, request: PreparedRequest, connect_s: float, read_s: float) -> Answering:
        """Send ``request``; its answer, of which the body is still to be read. Raises OSError, what
        urllib3 raises when it cannot connect, and what ``http.client`` raises of an answer."""
        head, body = _head(request, self._host_header()), request.body or b""
        if self.sock is None:
            self.timeout = connect_s
            self.connect()
        self.sock.settimeout(read_s)
        exchange = current_exchange()
        if exchange is not None:
            if not exchange.holds_socket():
                exchange.hold(self.sock, owned=False)
            exchange.sent = True
        self._hand_over(head, body if isinstance(body, bytes) else body.encode())
        answer = HTTPResponse(self.sock, method=request.method)
        try:
            answer.begin()
            return Answering(self, answer)
        except BaseException:
            answer.close()
            raise
        finally:
            self.used = time.monotonic()

    def _hand_over(self, head: bytes, body: bytes) -> None:
        if len(head) + len(body) <= BLOCK:
            self.sock.sendall(head + body)
            return
        self.sock.sendall(head)
        whole = memoryview(body)
        for start in range(0, len(whole), BLOCK):
            self.sock.sendall(whole[start : start + BLOCK])

    def _host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == self.default_port else f"{host}:{self.port}"

    @property
    def is_connected(self) -> bool:
        """Whether it may serve another exchange."""
        return time.monotonic() - self.used < _IDLE_S and super().is_connected


class _WatchedTLS(_Watched, HTTPSConnection):
    """Over TLS."""


class Answering:
    """The answer on ``connection``, its body still to be read; then the connection serves another, or is
    closed."""

    def __init__(self, connection: _Watched, answer: HTTPResponse) -> None:
        self.connection = connection
        self._answer = answer
        self.status = answer.status
        self.headers: Mapping[str, str] = CaseInsensitiveDict(answer.headers.items())
        lengths = answer.headers.get_all("Content-Length", [])
        if len(set(lengths)) > 1:
            raise ValueError("lengths that contradict each other")

    def read(self, most: int) -> bytes | None:
        """The whole body, as it was sent; ``None`` if it is longer than ``most`` bytes. Raises
        IncompleteRead for one that ends too early, OSError."""
        length = self._answer.length
        if length is not None and length > most:
            return None
        received = self._answer.read(BLOCK)
        if len(received) == length:
            return received
        parts, size = [received], len(received)
        while size <= most and (part := self._answer.read(BLOCK)):
            parts.append(part)
            size += len(part)
        if size > most:
            return None
        if self._answer.length:
            raise IncompleteRead(b"", self._answer.length)
        return b"".join(parts)

    @property
    def spent(self) -> bool:
        """Whether the connection is at the beginning of a next answer."""
        return self._answer.isclosed() and not self._answer.will_close

    def close(self) -> None:
        """Read no more of it."""
        self._answer.close()


class WatchedAdapter(BaseAdapter):
    """A transport of ``requests`` to one server, over connections that all threads share: watched, kept
    open, TLS 1.2 or better.

    ``authorities``: PEM file of those trusted, the public ones if ``None``; ``identity``: files of the
    certificate and the key shown to the server. OSError (ssl.SSLError among them) if the files can't be used.
    """

    def __init__(
        self, base_url: str, authorities: Path | None, identity: IdentityFiles | None
    ) -> None:
        super().__init__()
        url = parse_url(base_url)
        if url.host is None:
            raise ValueError("no host")
        # as a socket is to be told it: an address of IPv6 without its brackets
        self._host, self._port = url.host.strip("[]"), url.port
        self._context = None if url.scheme == "http" else _context(authorities, identity)
        self._idle: deque[_Watched] = deque()
        self._closed = False
        # who lets go of a client without closing it leaves no sockets behind
        weakref.finalize(self, _close_all, self._idle)

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """One exchange; ``raw`` of the response is an :class:`Answering`, to be given to :meth:`release`.
        ``timeout``: seconds to connect and to read; the context decides what is trusted, and there are
        no proxies. Raises as :meth:`_Watched.ask` does."""
        connect_s, read_s = timeout
        connection = self._connection()
        try:
            answering = connection.ask(request, connect_s, read_s)
        except BaseException:
            connection.close()
            raise
        response = Response()
        response.raw, response.request = answering, request
        response.status_code = answering.status
        return response

    def release(self, answering: Answering) -> None:
        """An exchange is over: its connection is kept for the next, unless something of the answer is
        left on it, which must not be taken for the beginning of that."""
        if answering.spent and len(self._idle) < _KEPT and not self._closed:
            self._idle.append(answering.connection)
            if self._closed:  # in between
                _close_all(self._idle)
        else:
            answering.close()
            answering.connection.close()

    def close(self) -> None:
        """Close all connections; what is under way closes its own."""
        self._closed = True
        _close_all(self._idle)

    def _connection(self) -> _Watched:
        """The one used last, if it is still good, else a new one."""
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if connection.is_connected:
                return connection
            connection.close()
        if self._context is None:
            return _Watched(self._host, self._port, blocksize=BLOCK)
        return _WatchedTLS(self._host, self._port, blocksize=BLOCK, ssl_context=self._context)


def _close_all(connections: deque[_Watched]) -> None:
    while True:
        try:
            connections.pop().close()
        except IndexError:
            return


def prepared(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> PreparedRequest:
    """A request to ``url``, which is quoted already, with ``headers`` and no others."""
    request = PreparedRequest()
    request.method, request.url, request.body = method, url, body
    request.headers = CaseInsensitiveDict(headers)
    return request


def _head(request: PreparedRequest, host: str) -> bytes:
    """Request line and headers (RFC 9112, 3 and 5). Raises ValueError for what would say something else."""
    method, target = request.method or "GET", request.path_url
    if not _NAME.fullmatch(method) or not _TARGET.fullmatch(target):
        raise ValueError("no request line")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}"]
    for name, value in request.headers.items():
        if not _NAME.fullmatch(name) or _NO_VALUE.search(value):
            raise ValueError("no header")
        lines.append(f"{name}: {value}")
    if request.body is not None or method not in ("GET", "HEAD"):
        lines.append(f"Content-Length: {len(request.body or b'')}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _context(authorities: Path | None, identity: IdentityFiles | None) -> ssl.SSLContext:
    # our own: urllib3's reads SSLKEYLOGFILE, which would write session keys to disk
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certifi.where() if authorities is None else str(authorities))
    if identity is not None:
        context.load_cert_chain(identity.certificate, identity.key, "")
    return context
