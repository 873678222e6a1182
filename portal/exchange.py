"""One HTTP exchange under watch: was anything sent, and is it taking too long?

``requests`` can say neither. A connection that reports its first byte tells "surely not processed"
from "may have been processed", and a guard thread shuts the socket down at a total deadline, which
no read time-out can do against a peer that sends one byte now and then.
"""

from __future__ import annotations

import heapq
import itertools
import socket
import ssl
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.retry import Retry

from portal.identity import IdentityFiles


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


class _WatchedHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        exchange = current_exchange()
        if exchange is not None:
            exchange.hold(sock.dup(), owned=True)
        return sock

    def send(self, data: Any) -> None:
        _connect_then_mark(self)
        super().send(data)


class _WatchedHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        exchange = current_exchange()
        if exchange is not None:
            # a duplicate, because TLS detaches the original from its descriptor
            exchange.hold(sock.dup(), owned=True)
        return sock

    def send(self, data: Any) -> None:
        _connect_then_mark(self)
        super().send(data)


def _connect_then_mark(connection: HTTPConnection) -> None:
    if connection.sock is None:
        connection.connect()
    exchange = current_exchange()
    if exchange is not None:
        if not exchange.holds_socket() and connection.sock is not None:
            exchange.hold(connection.sock, owned=False)
        exchange.sent = True


class _WatchedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTPConnection


class _WatchedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPSConnection


class WatchedAdapter(HTTPAdapter):
    """Transport of one session: watched connections, no retries, TLS 1.2 or better.

    ``identity``: files of the certificate and the key shown to servers.
    """

    def __init__(self, identity: IdentityFiles | None = None) -> None:
        self._identity = identity
        super().__init__(pool_connections=2, pool_maxsize=2, max_retries=Retry(0, read=False))

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        # our own context: urllib3's reads SSLKEYLOGFILE, which would write session keys to disk
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self._identity is not None:
            context.load_cert_chain(self._identity.certificate, self._identity.key, "")
        self.poolmanager = PoolManager(
            num_pools=connections, maxsize=maxsize, block=block, ssl_context=context, **pool_kwargs
        )
        self.poolmanager.pool_classes_by_scheme = {
            "http": _WatchedHTTPPool,
            "https": _WatchedHTTPSPool,
        }


def new_session(verify: str | bool, identity: IdentityFiles | None) -> requests.Session:
    """A session that takes nothing from the environment and keeps no cookies.

    OSError (ssl.SSLError among them) if the identity's files can't be used.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = verify
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.mount("http://", WatchedAdapter())
    session.mount("https://", WatchedAdapter(identity))
    return session


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
