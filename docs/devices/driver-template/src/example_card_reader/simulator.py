"""The far end of the wire: an invented reader on a loopback port (:mod:`drivers.simulation`)."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Mapping
from typing import Any

HOST = "127.0.0.1"

# An invented person; the area code 440599 was never issued.
_CARD = {
    "kind": "resident",
    "name": "林示例",
    "number": "44059919930517301X",
    "sex": "1",
    "birth": "1993-05-17",
    "valid_from": "2020-02-02",
    "valid_to": "2040-02-02",
    "address": "广东省汕头市样例区演示街道三号",
}
_COMMANDS = {
    "lay_card": "Lay the invented card down.",
    "remove_card": "Take it away.",
    "snatch_next": "The card leaves in the middle of the next read.",
    "unplug": "Cut the connections and refuse new ones.",
    "replug": "Listen again, at the same address.",
}


class ExampleReaderSimulator:
    """Implements :class:`drivers.simulation.Simulator`. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._card: Mapping[str, Any] | None = None
        self._snatch = False
        self._port = 0
        self._server: _Server | None = None

    def start(self) -> None:
        """Listen."""
        self._plug(True)

    def stop(self) -> None:
        """Switch off; safe to call twice."""
        self._plug(False)

    @property
    def address(self) -> str:
        """``host:port``, the same after unplugging and plugging in again."""
        return f"{HOST}:{self._port}"

    def commands(self) -> Mapping[str, str]:
        """What can be done to it."""
        return dict(_COMMANDS)

    def command(self, name: str, /, **arguments: Any) -> Mapping[str, Any]:
        """Do one of :meth:`commands`. Unknown name: :class:`KeyError`."""
        if name not in _COMMANDS:
            raise KeyError(name)
        if name in ("unplug", "replug"):
            self._plug(name == "replug")
        else:
            with self._lock:
                self._card = None if name == "remove_card" else _CARD
                self._snatch = name == "snatch_next"
        return self.state()

    def state(self) -> Mapping[str, Any]:
        """Card and cable."""
        with self._lock:
            return {"card": self._card is not None, "plugged": self._server is not None}

    def answer(self, question: object) -> Mapping[str, Any]:
        """What the reader says to one question."""
        if question == "status":
            return {"ok": True}
        with self._lock:
            if question != "read" or self._card is None:
                return {"ok": False, "why": "none"}
            if self._snatch:
                self._card, self._snatch = None, False
                return {"ok": False, "why": "removed"}
            return {"ok": True, "card": self._card}

    def _plug(self, plugged: bool) -> None:
        with self._lock:
            server, self._server = self._server, None
            if plugged and server is None:
                self._server = _Server(self, self._port)
                self._port = int(self._server.server_address[1])
                self._server.begin()
            elif plugged:
                self._server = server
                return
        if server is not None:
            server.end()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, simulator: ExampleReaderSimulator, port: int) -> None:
        self.simulator = simulator
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        super().__init__((HOST, port), _Handler)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Stop listening and cut what is connected, as an unplugged device would."""
        self.shutdown()
        self._thread.join()
        with self._guard:
            for connection in self._connections:
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is everyday life here."""


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        for line in self.rfile:
            answer = self.server.simulator.answer(json.loads(line).get("do"))
            self.wfile.write(json.dumps(answer).encode() + b"\n")
