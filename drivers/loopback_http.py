"""An HTTP server on the loopback interface that can be switched off and on like a device.

The ground under the printer and camera simulators: the address stays the same while the device is
off (connections are then refused), and switching off ends every open connection at once.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from http.server import ThreadingHTTPServer
from socketserver import BaseRequestHandler
from typing import Any

HOST = "127.0.0.1"


class _Server(ThreadingHTTPServer):
    """Remembers its connections, so that they can be cut from outside."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 32

    def __init__(self, port: int, handler: type[BaseRequestHandler]) -> None:
        self._connections: set[socket.socket] = set()
        self._connections_lock = threading.Lock()
        super().__init__((HOST, port), handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._connections_lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._connections_lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def cut_connections(self) -> None:
        with self._connections_lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is everyday life here, not worth a traceback."""


class LoopbackHttpServer:
    """Serves ``handler`` on a port of 127.0.0.1 chosen at :meth:`start` and kept until :meth:`stop`.

    Not to be switched from several threads at once: its owner holds a lock.
    """

    def __init__(self, handler: type[BaseRequestHandler]) -> None:
        self._handler = handler
        self._reservation: socket.socket | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        """Choose the port and begin to listen."""
        if self._reservation is None:
            # A bound socket that never listens keeps the port ours while the device is off.
            reservation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            reservation.bind((HOST, 0))
            self._reservation = reservation
            self.port = reservation.getsockname()[1]
        self.switch_on()

    def switch_on(self) -> None:
        """Listen again on the same port; nothing happens if already on."""
        if self._reservation is None or self._server is not None:
            return
        self._server = _Server(self.port, self._handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.1},
            name=f"loopback-http-{self.port}",
            daemon=True,
        )
        self._thread.start()

    def switch_off(self) -> None:
        """Refuse connections and end the open ones; returns when every handler has ended."""
        server, thread = self._server, self._thread
        if server is None or thread is None:
            return
        self._server = self._thread = None
        server.shutdown()
        server.cut_connections()
        server.server_close()
        thread.join()

    def cut_connections(self) -> None:
        """End the open connections, go on listening."""
        if self._server is not None:
            self._server.cut_connections()

    @property
    def is_on(self) -> bool:
        """True while it listens."""
        return self._server is not None

    def stop(self) -> None:
        """Switch off and give the port back; safe to call twice."""
        self.switch_off()
        if self._reservation is not None:
            self._reservation.close()
            self._reservation = None
