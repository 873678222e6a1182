"""upsd on a loopback port, with a UPS whose mains can fail."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from drivers.simulation import Commanded
from drivers.ups.protocol import NutSyntaxError, quote, split_words

_FAULTS = {
    "silence": "no answer",
    "garbage": "a line that is not of the protocol",
    "endless": "a line without end",
    "cut": "half the answer, and the connection stays",
    "hang_up": "the connection ends instead of an answer",
    "foreign": "the answer is about another UPS",
    "talk": "a word too many behind the answer",
    "pieces": "the answer comes byte by byte",
    "slow": "the answer is spread over a second",
    "killed": "half the answer, then upsd ends; command on starts it again",
}
_SPREAD_S = 1.0
_PIECES = 40
_ERRORS = ("DATA-STALE", "DRIVER-NOT-CONNECTED", "ACCESS-DENIED", "UNKNOWN-COMMAND")
_COMMANDS = {
    "mains_fail": "the mains fail: on battery",
    "mains_return": "the mains are back",
    "set": "set variables: values (name to text; None takes one away)",
    "error": f"answer every question with code={'|'.join(_ERRORS)} (None: no longer)",
    "fault": f"kind={'|'.join(_FAULTS)} (None: no longer)",
    "off": "switch upsd off",
    "on": "switch it on again, at the same address",
}


class NutSimulator(Commanded):
    """Implements :class:`drivers.simulation.Simulator`; speaks LIST VAR, GET VAR, LIST UPS, VER,
    NETVER and LOGOUT."""

    COMMANDS = _COMMANDS

    def __init__(self, ups: str = "ups") -> None:
        self._ups = ups
        self._lock = threading.Lock()
        self._switch = threading.Lock()
        self._variables = {
            "battery.charge": "100",
            "battery.runtime": "1800",
            "device.mfr": 'Maker "A" \\ B',
            "device.type": "ups",
            "ups.status": "OL",
        }
        self._error: str | None = None
        self._fault: str | None = None
        self._questions = 0
        self._reservation: socket.socket | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self._ended = threading.Event()

    @property
    def address(self) -> str:
        """``127.0.0.1:port``."""
        return f"127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """For the adapter's ``port`` option."""
        return self._port

    def start(self) -> None:
        """Choose a port and listen."""
        if self._reservation is None:
            # A bound socket that never listens keeps the port ours while switched off.
            self._reservation = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._reservation.bind(("127.0.0.1", 0))
            self._port = self._reservation.getsockname()[1]
        self._do_on()

    def stop(self) -> None:
        """Switch off for good; safe to call twice."""
        self._ended.set()
        self._do_off()
        if self._reservation is not None:
            self._reservation.close()
            self._reservation = None

    def state(self) -> Mapping[str, Any]:
        """Whether it listens, variables, error and fault in force, questions so far."""
        with self._lock:
            return {
                "on": self._server is not None,
                "address": self.address,
                "variables": dict(self._variables),
                "error": self._error,
                "fault": self._fault,
                "questions": self._questions,
            }

    # --- commands -----------------------------------------------------------------------------

    def _do_mains_fail(self, charge: float = 100, runtime: int = 1800, low: bool = False) -> None:
        status = "OB DISCHRG LB" if low else "OB DISCHRG"
        self._do_set({"ups.status": status, "battery.charge": f"{charge:g}",
                      "battery.runtime": str(runtime)})  # fmt: skip

    def _do_mains_return(self) -> None:
        self._do_set({"ups.status": "OL CHRG"})

    def _do_set(self, values: Mapping[str, str | None]) -> None:
        with self._lock:
            for name, value in values.items():
                if value is None:
                    self._variables.pop(name, None)
                else:
                    self._variables[name] = value

    def _do_error(self, code: str | None) -> None:
        with self._lock:
            self._error = code

    def _do_fault(self, kind: str | None) -> None:
        if kind is not None and kind not in _FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(_FAULTS)}")
        with self._lock:
            self._fault = kind

    def _do_off(self) -> None:
        with self._switch:
            server, self._server = self._server, None
            if server is not None and self._thread is not None:
                server.shutdown()
                server.cut()
                server.server_close()
                self._thread.join()

    def _do_on(self) -> None:
        with self._switch:
            if self._server is None and self._reservation is not None:
                self._server = _Server(self._port, self)
                self._thread = threading.Thread(
                    target=self._server.serve_forever, args=(0.05,), name="upsd", daemon=True
                )
                self._thread.start()

    # --- the protocol -------------------------------------------------------------------------

    def answer(self, line: str) -> Iterator[bytes]:
        """The answer to a line, piece by piece; :class:`ConnectionAbortedError` to hang up. Called
        by the server's threads."""
        with self._lock:
            self._questions += 1
            fault, error = self._fault, self._error
            text = f"ERR {error}\n" if error is not None else self._plain_answer(line)
        if text is None or fault == "hang_up":
            raise ConnectionAbortedError
        data = text.encode("utf-8")
        match fault:
            case "silence":
                data = b""
            case "garbage":
                data = b'\x00\xfe VAR "open\n'
            case "endless":
                data = b"x" * 5000
            case "cut" | "killed":
                data = data[: len(data) // 2]
            case "foreign":
                data = data.replace(self._ups.encode("ascii"), b"other")
            case "talk":
                data += b"OK unasked\n"
        size = {"pieces": 1, "slow": len(data) // _PIECES + 1}.get(fault or "", len(data) + 1)
        for at in range(0, len(data), size):
            yield data[at : at + size]
            if fault == "slow":
                self._ended.wait(_SPREAD_S / _PIECES)
        if fault == "killed":
            # By another thread: upsd's end waits for this one.
            threading.Thread(target=self._do_off, name="upsd-killed").start()

    def _plain_answer(self, line: str) -> str | None:
        try:
            words = split_words(line)
        except NutSyntaxError:
            return "ERR INVALID-ARGUMENT\n"
        ups = self._ups
        match words:
            case ["LOGOUT"]:
                return None
            case ["VER"]:
                return "Network UPS Tools upsd simulator\n"
            case ["NETVER"]:
                return "1.3\n"
            case ["LIST", "UPS"]:
                return f'BEGIN LIST UPS\nUPS {ups} "simulated"\nEND LIST UPS\n'
            case ["LIST", "VAR", name] | ["GET", "VAR", name, _] if name != ups:
                return "ERR UNKNOWN-UPS\n"
            case ["LIST", "VAR", _]:
                body = "".join(self._variable(name) for name in sorted(self._variables))
                return f"BEGIN LIST VAR {ups}\n{body}END LIST VAR {ups}\n"
            case ["GET", "VAR", _, name]:
                known = name in self._variables
                return self._variable(name) if known else "ERR VAR-NOT-SUPPORTED\n"
            case _:
                return "ERR UNKNOWN-COMMAND\n"

    def _variable(self, name: str) -> str:
        return f"VAR {self._ups} {name} {quote(self._variables[name])}\n"


class _Handler(socketserver.StreamRequestHandler):
    """One client."""

    server: _Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            while line := self.rfile.readline(4096):
                text = line.decode("utf-8", "replace").rstrip("\n")
                for piece in self.server.simulator.answer(text):
                    self.wfile.write(piece)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, port: int, simulator: NutSimulator) -> None:
        self.simulator = simulator
        self._clients: set[socket.socket] = set()
        self._clients_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._clients_lock:
            self._clients.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._clients_lock:
            self._clients.discard(request)
        super().shutdown_request(request)

    def cut(self) -> None:
        """End every connection."""
        with self._clients_lock:
            for client in self._clients:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)
