"""The running terminal's ear: a Unix socket for the commands of a technician on the same machine.

The outbox has one owner, so `kiosk queue …` asks the terminal instead of opening the file beside
it. One JSON object a line, both ways; the socket is readable by the terminal's own user only.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import socketserver
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

MAX_LINE = 64 * 1024
ANSWER_TIMEOUT_S = 10.0

Operation = Callable[[Mapping[str, Any]], Any]


class NotRunningError(Exception):
    """No terminal listens at this socket."""


class ControlServer:
    """Answers operations by name on ``path``; each connection is served by its own thread."""

    def __init__(self, path: Path, operations: Mapping[str, Operation]) -> None:
        self._path = path
        self._operations = dict(operations)
        self._server: socketserver.ThreadingUnixStreamServer | None = None

    def start(self) -> None:
        """Listen. A socket left by a terminal that was killed is replaced."""
        operations = self._operations

        class Handler(socketserver.StreamRequestHandler):
            timeout = ANSWER_TIMEOUT_S

            def handle(self) -> None:
                answer = _answer(operations, self.rfile.readline(MAX_LINE))
                self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")

        self._path.unlink(missing_ok=True)
        previous = os.umask(0o177)
        try:
            self._server = socketserver.ThreadingUnixStreamServer(str(self._path), Handler)
        finally:
            os.umask(previous)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="control", daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._path.unlink(missing_ok=True)


def _answer(operations: Mapping[str, Operation], line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
        operation = operations[request["op"]]
    except (ValueError, KeyError, TypeError):
        return {"error": "unknown operation"}
    try:
        return {"ok": operation(request)}
    except Exception as error:
        log.error("control.failed op=%s error=%s", request["op"], type(error).__name__)
        return {"error": type(error).__name__}


def ask(path: Path, op: str, **arguments: Any) -> Any:
    """Ask the running terminal. :class:`NotRunningError` if there is none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_TIMEOUT_S)
        try:
            line.connect(str(path))
        except OSError as error:
            raise NotRunningError(str(path)) from error
        line.sendall(json.dumps({"op": op, **arguments}).encode() + b"\n")
        answer = json.loads(line.makefile("rb").readline())
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["ok"]
