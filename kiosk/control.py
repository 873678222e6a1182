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
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

MAX_LINE = 64 * 1024
ANSWER_TIMEOUT_S = 10.0
PATH_LIMIT = 107
"""Bytes of a Unix socket's address on Linux, without the NUL (unix(7))."""

Operation = Callable[[Mapping[str, Any]], Any]


class NotRunningError(Exception):
    """No terminal listens at this socket."""


class RefusedError(Exception):
    """The terminal runs but gave no answer to this; the message says why."""


class ControlServer:
    """Answers operations by name on ``path``; each connection is served by its own thread."""

    def __init__(self, path: Path, operations: Mapping[str, Operation]) -> None:
        self._path = path
        self._operations = dict(operations)
        self._server: _Server | None = None

    def start(self) -> None:
        """Listen. A socket left by a terminal that was killed is replaced. :class:`OSError` if the
        folder can't hold one."""
        operations = self._operations

        class Handler(socketserver.StreamRequestHandler):
            timeout = ANSWER_TIMEOUT_S

            def handle(self) -> None:
                try:
                    self.wfile.write(_answer(operations, self.rfile.readline(MAX_LINE)))
                except OSError:  # the asker fell silent or went away
                    log.debug("control.asker_gone")

        self._path.unlink(missing_ok=True)
        with _address(self._path) as address:
            self._server = _Server(address, Handler)
        threading.Thread(target=self._server.serve_forever, name="control", daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
            self._path.unlink(missing_ok=True)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64  # a full queue refuses askers at once, as if no terminal ran

    def server_bind(self) -> None:
        # The socket file takes the mode of the socket: private from its first moment, without
        # touching the umask of all other threads.
        os.fchmod(self.fileno(), 0o600)
        super().server_bind()


@contextmanager
def _address(path: Path) -> Iterator[str]:
    """The address of ``path``: by way of an open folder where it is too long for one."""
    if len(os.fsencode(path)) <= PATH_LIMIT:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _answer(operations: Mapping[str, Operation], line: bytes) -> bytes:
    try:
        request = json.loads(line)
        name = request["op"]
        operation = operations[name]
    except (ValueError, KeyError, TypeError, RecursionError):
        return _line({"error": "unknown operation"})
    try:
        return _line({"ok": operation(request)})
    except Exception as error:
        log.error("control.failed op=%s error=%s", name, type(error).__name__)
        return _line({"error": type(error).__name__})


def _line(answer: Mapping[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode() + b"\n"


def ask(path: Path, op: str, **arguments: Any) -> Any:
    """Ask the running terminal.

    :class:`NotRunningError` if there is none, :class:`RefusedError` if there is one that does not
    know the operation, failed at it, or gave no answer in time.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_TIMEOUT_S)
        try:
            with _address(path) as address:
                line.connect(address)
        except OSError as error:
            raise NotRunningError(str(path)) from error
        try:
            line.sendall(json.dumps({"op": op, **arguments}).encode() + b"\n")
            with line.makefile("rb") as answers:
                answer = json.loads(answers.readline())
        except (OSError, ValueError) as error:
            raise RefusedError(
                f"no answer from the running terminal ({type(error).__name__})"
            ) from error
    if "error" in answer:
        raise RefusedError(str(answer["error"]))
    return answer["ok"]
