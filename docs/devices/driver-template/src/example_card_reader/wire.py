"""The reader's protocol: JSON lines over TCP, one question at a time."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

from drivers.results import Failure, Ok, Result

_LONGEST_ANSWER = 65536


class ReaderLine:
    """One connection. A method that fails leaves the connection to be closed by the adapter."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._received = b""

    @classmethod
    def open(cls, host: str, port: int, within_s: float) -> Result[ReaderLine]:
        """Connect. Failures: ``device.offline`` (no answer in time), ``device.gone`` (refused)."""
        try:
            return Ok(cls(socket.create_connection((host, port), within_s)))
        except TimeoutError:
            return Failure("device.offline", "no connection in time")
        except OSError as error:
            return Failure("device.gone", f"errno {error.errno}")

    def ask(self, question: str, within_s: float) -> Result[dict[str, Any]]:
        """Send a question and wait for its answer.

        Failures: ``device.gone`` (connection lost), ``device.offline`` (silence),
        ``device.protocol`` (no JSON object).
        """
        deadline = time.monotonic() + within_s
        try:
            self._socket.settimeout(within_s)
            self._socket.sendall(json.dumps({"do": question}).encode() + b"\n")
            while b"\n" not in self._received:
                left = deadline - time.monotonic()
                if left <= 0:
                    return Failure("device.offline", "no answer in time")
                self._socket.settimeout(left)
                data = self._socket.recv(4096)
                if not data:
                    return Failure("device.gone", "the connection ended")
                self._received += data
                if len(self._received) > _LONGEST_ANSWER:
                    return Failure("device.protocol", "an answer without an end")
        except TimeoutError:
            return Failure("device.offline", "no answer in time")
        except OSError as error:
            return Failure("device.gone", f"errno {error.errno}")
        line, _, self._received = self._received.partition(b"\n")
        return _answer(line)

    def close(self) -> None:
        """Let go of the connection; safe to call twice."""
        self._socket.close()


def _answer(line: bytes) -> Result[dict[str, Any]]:
    try:
        answer = json.loads(line)
    except ValueError:
        return Failure("device.protocol", "not JSON")
    if not isinstance(answer, dict):
        return Failure("device.protocol", "not an object")
    return Ok(answer)
