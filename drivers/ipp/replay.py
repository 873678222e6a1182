"""An IPP printer that answers as one in a flight recording did: to see a fault again, at a desk."""

from __future__ import annotations

import threading

from drivers.flight.entry import Recording
from drivers.flight.script import Script, acts
from drivers.ipp.http_printer import handler
from drivers.loopback_http import LoopbackHttpServer

PATH = "/ipp/print"
_ID = slice(4, 8)
"""Where a message has its request ID (RFC 8010 section 3.1.1)."""


def _questions(sent: bytes) -> list[tuple[bytes, bytes]]:
    """Operations are told apart by their code; what was no sound message is elided to nothing."""
    return [(sent[2:4], sent)] if sent else []


class IppReplay:
    """Answers each operation with what followed the next like operation in the recording, after the
    recorded time; where nothing followed, or nothing is left, it hangs up without an answer."""

    def __init__(self, recording: Recording) -> None:
        self.script = Script(acts(recording, _questions))
        self._stopping = threading.Event()
        self._http = LoopbackHttpServer(handler(PATH, self._answer))

    @property
    def address(self) -> str:
        """``ipp://127.0.0.1:port/ipp/print``."""
        return f"ipp://127.0.0.1:{self._http.port}{PATH}"

    def start(self) -> None:
        """Listen."""
        self._http.start()

    def turn(self) -> None:
        """The next recorded operation begins."""
        self.script.turn()

    def stop(self) -> None:
        """Stop listening; safe to call twice."""
        self._stopping.set()
        self._http.stop()

    def _answer(self, request: bytes) -> bytes | None:
        recorded = self.script.next(request[2:4])
        if recorded is None or not recorded.answer:
            return None
        if self._stopping.wait(sum(piece.pause_s for piece in recorded.answer)):
            return None
        answer = bytearray(b"".join(piece.data for piece in recorded.answer))
        answer[_ID] = request[_ID]
        return bytes(answer)
