"""One HTTP exchange under watch: was anything sent, and is it taking too long?

No HTTP library can say either. A connection that reports its first byte tells "surely not processed"
from "may have been processed", and a guard thread shuts the socket down at a total deadline, which
no read time-out can do against a peer that sends one byte now and then.
"""

from __future__ import annotations

import heapq
import itertools
import socket
import threading
import time


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
