"""TLS for a connection that one thread reads while another writes.

OpenSSL wants every call on a connection kept apart from every other, and Python 3.11's ``SSLSocket``
does not see to that: where a TLS 1.3 server's session tickets were read while the WebSocket request
was written, the request was lost, on a busy machine once in a hundred openings. Here TLS works on
memory under a lock, and nothing waits for the network while it holds that lock.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from typing import Any

_READ_BYTES = 65536


class TlsSocket(socket.socket):
    """A client's TCP connection under TLS; to its user a socket that is read when it is readable.

    :meth:`recv` gives everything that has been decrypted, so that nothing waits here unseen while
    the descriptor is quiet. The server must not speak first (a WebSocket's does not).
    """

    def __init__(self, wire: socket.socket, context: ssl.SSLContext, host: str) -> None:
        super().__init__(wire.family, wire.type, wire.proto, fileno=wire.detach())
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self._lock = threading.Lock()
        # taken before the other one: what was encrypted first is sent first
        self._sending = threading.Lock()

    def shake_hands(self, deadline: float) -> None:
        """Agree with the server by ``deadline`` (monotonic). Raises as ``SSLSocket`` does, and
        :class:`TimeoutError`."""
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("no end of the TLS handshake")
            self.settimeout(left)
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                self._flush()
                self._take()
            except ssl.SSLError:
                with contextlib.suppress(OSError):
                    self._flush()  # the alert that says why
                raise
            else:
                self._flush()
                self.settimeout(None)
                return

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        """What has arrived, at least a byte of it, and more than ``bufsize`` where there is more;
        empty at the end of the connection, however it ended."""
        while True:
            with self._lock:
                clear, ended = self._decrypted()
                answers = self._outgoing.pending > 0
            if answers:  # to a change of keys
                self._flush()
            if clear or ended:
                return clear
            self._take()

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Encrypt and send all of it."""
        with self._sending:
            with self._lock:
                self._tls.write(data)
            self._send_out()

    def close(self) -> None:
        """Close at once; also ends a :meth:`recv` that waits in another thread."""
        with contextlib.suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)
        super().close()

    def _decrypted(self) -> tuple[bytes, bool]:
        clear = bytearray()
        try:
            while piece := self._tls.read(_READ_BYTES):
                clear += piece
        except ssl.SSLWantReadError:
            return bytes(clear), False
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            pass
        except ssl.SSLError:
            if not clear:  # else told next time, when what came before it has been taken
                raise
        return bytes(clear), True

    def _take(self) -> None:
        data = super().recv(_READ_BYTES)
        with self._lock:
            if data:
                self._incoming.write(data)
            else:
                self._incoming.write_eof()

    def _flush(self) -> None:
        with self._sending:
            self._send_out()

    def _send_out(self) -> None:
        with self._lock:
            encrypted = self._outgoing.read()
        if encrypted:
            super().sendall(encrypted)


def connected(host: str, port: int, context: ssl.SSLContext, timeout_s: float) -> TlsSocket:
    """A connection to ``host``, who has proved to be it. Raises :class:`OSError` and its kinds, among
    them :class:`TimeoutError` and ``ssl``'s."""
    deadline = time.monotonic() + timeout_s
    wire = socket.create_connection((host, port), timeout_s)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made = TlsSocket(wire, context, host)
    try:
        made.shake_hands(deadline)
    except OSError:
        made.close()
        raise
    return made
