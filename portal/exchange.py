"""One HTTP exchange under watch: was anything sent, and is it taking too long?

No HTTP library can say either. A connection that reports its first byte tells "surely not processed"
from "may have been processed", and a guard thread shuts the socket down at a total deadline, which
no read time-out can do against a peer that sends one byte now and then.
"""

from __future__ import annotations

import heapq
import io
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import certifi
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url

from portal.identity import IdentityFiles

BLOCK = 64 * 1024
"""Bytes handed to the socket at once, each within the time-out of a read."""
_KEPT = 32
"""Connections kept open when nobody uses them; the courier's workers and the rest are fewer."""
_IDLE_S = 30.0
"""After that long without use a connection is not trusted: routers forget it without a word."""


class Exchange:
    """State of the request that the current thread is making."""

    def __init__(self) -> None:
        self.sent = False
        self.expired = False
        self._done = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._owned = False

    def hold(self, sock: socket.socket, *, owned: bool) -> None:
        """Watch ``sock`` from now on; an ``owned`` one is a duplicate, closed at the end."""
        with self._lock:
            self._release()
            self._socket, self._owned = sock, owned
            if self.expired:
                self._shut()

    def holds_socket(self) -> bool:
        """Whether a socket is watched already."""
        return self._socket is not None

    def expire(self) -> None:
        """Deadline: wake whoever waits on the socket. Harmless after :meth:`finish`."""
        with self._lock:
            if not self._done:
                self.expired = True
                self._shut()

    def finish(self) -> None:
        """The exchange is over; the connection may now serve another."""
        with self._lock:
            self._done = True
            self._release()

    def _shut(self) -> None:
        if self._socket is not None:
            try:
                # the plain socket's method: SSLSocket.shutdown would drop the TLS state under
                # the feet of the thread that is reading
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:
                return

    def _release(self) -> None:
        if self._socket is not None and self._owned:
            self._socket.close()
        self._socket = None


_current = threading.local()


def current_exchange() -> Exchange | None:
    """The exchange that this thread is making, if any."""
    exchange: Exchange | None = getattr(_current, "exchange", None)
    return exchange


def set_current_exchange(exchange: Exchange | None) -> None:
    """Declare what this thread is about to do."""
    _current.exchange = exchange


class _Watched(HTTPConnection):
    """Tells the thread's exchange of its socket and its first byte; old when it has been idle long."""

    _used = 0.0

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        exchange = current_exchange()
        if exchange is not None:
            # a duplicate, because TLS detaches the original from its descriptor
            exchange.hold(sock.dup(), owned=True)
        return sock

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        exchange = current_exchange()
        if exchange is not None:
            if not exchange.holds_socket() and self.sock is not None:
                exchange.hold(self.sock, owned=False)
            exchange.sent = True
        super().send(data)
        self._used = time.monotonic()

    @property
    def is_connected(self) -> bool:
        """Whether it may serve another exchange."""
        return time.monotonic() - self._used < _IDLE_S and super().is_connected


class _WatchedHTTPConnection(_Watched):
    """In clear."""


class _WatchedHTTPSConnection(_Watched, HTTPSConnection):
    """Over TLS."""


class _WatchedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTPConnection


class _WatchedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPSConnection


class WatchedAdapter(BaseAdapter):
    """A transport of ``requests`` to one server, over connections that all threads share: watched, kept
    open, TLS 1.2 or better.

    Used without a ``requests.Session``, and without the rest of its HTTPAdapter: what they add (redirects,
    cookies, proxies and logins from the environment) is what this client must not do, and takes as long
    again as the exchange itself. ``authorities``: PEM file of those trusted, the public ones if ``None``;
    ``identity``: files of the certificate and the key shown to the server. OSError (ssl.SSLError among
    them) if the files can't be used.
    """

    def __init__(
        self, base_url: str, authorities: Path | None, identity: IdentityFiles | None
    ) -> None:
        super().__init__()
        self._pool = _new_pool(base_url, authorities, identity)

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> Response:
        """One exchange, its body still to be read. ``timeout``: seconds to connect and to read; the
        context decides what is trusted, and there are no proxies. Raises what urllib3 raises."""
        connect, read = timeout
        response = Response()
        response.raw = self._pool.urlopen(
            request.method or "GET",
            request.path_url,
            request.body,
            request.headers,
            retries=False,
            redirect=False,
            timeout=Timeout(connect=connect, read=read),
            preload_content=False,
            decode_content=False,
        )
        response.status_code, response.request = response.raw.status, request
        return response

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def prepared(
    method: str, url: str, headers: Mapping[str, str], body: bytes | io.BytesIO | None
) -> PreparedRequest:
    """A request to ``url``, which is quoted already, with ``headers`` and no others."""
    request = PreparedRequest()
    request.method, request.url = method, url
    request.prepare_headers(headers)
    request.prepare_body(body, None)
    return request


def _new_pool(
    base_url: str, authorities: Path | None, identity: IdentityFiles | None
) -> HTTPConnectionPool:
    url = parse_url(base_url)
    if url.host is None:
        raise ValueError("no host")
    if url.scheme == "http":
        return _WatchedHTTPPool(url.host, url.port, maxsize=_KEPT, blocksize=BLOCK)
    # our own context: urllib3's reads SSLKEYLOGFILE, which would write session keys to disk
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(certifi.where() if authorities is None else str(authorities))
    if identity is not None:
        context.load_cert_chain(identity.certificate, identity.key, "")
    return _WatchedHTTPSPool(
        url.host, url.port, maxsize=_KEPT, blocksize=BLOCK, ssl_context=context
    )


class DeadlineGuard:
    """One thread that expires exchanges at their deadline (monotonic seconds)."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[tuple[float, int, Exchange]] = []
        self._serial = itertools.count()
        self._thread: threading.Thread | None = None
        self._closed = False

    def watch(self, exchange: Exchange, deadline: float) -> None:
        """Expire ``exchange`` at ``deadline`` unless it finishes before."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the client is closed")
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="portal-deadlines", daemon=True
                )
                self._thread.start()
            heapq.heappush(self._due, (deadline, next(self._serial), exchange))
            if self._due[0][2] is exchange:
                self._changed.notify()

    def close(self) -> None:
        """Stop the thread and wait for it."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                exchange = heapq.heappop(self._due)[2]
            exchange.expire()
