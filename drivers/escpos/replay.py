"""A receipt printer that answers as one in a flight recording did: to see a fault again, at a desk.

What was printed is not in a recording; the receipt of a replay is a stand-in of as many lines.
"""

from __future__ import annotations

import threading
import time
from collections import deque

from drivers.escpos.redaction import EscposRedactor, commands
from drivers.escpos.wires import Wire
from drivers.flight.entry import Recording
from drivers.flight.script import Answered, Script, acts

_ROOM = 8192
_PROCESS_ID = b"\x1d(H"
_QUESTIONS = (b"\x10\x04", b"\x1dr", b"\x1da", _PROCESS_ID)
_PROCESS_ID_ANSWER = b"\x37\x22"
_IDENTITY_BYTES = 4


def recorded_rows(recording: Recording) -> int:
    """Dot lines of the longest receipt in a recording, as its raster headers say."""
    longest = rows = 0
    for entry in recording.entries:
        if entry.direction == "note" and entry.note.startswith("begin"):
            rows = 0
        elif entry.direction == "out":
            rows += sum(_rows(command) for command in commands(entry.data))
            longest = max(longest, rows)
    return longest


def _rows(command: bytes) -> int:
    if command.startswith(b"\x1dv0"):
        return int.from_bytes(command[6:8], "little")
    if command.startswith(b"\x1d8L"):
        return int.from_bytes(command[15:17], "little")
    return 0


def _questions(sent: bytes) -> list[tuple[bytes, bytes]]:
    """A process ID is counted on by each job: the question is the same whatever it is."""
    return [
        (command[:3] if command.startswith(_PROCESS_ID) else command, command)
        for command in commands(sent)
        if command.startswith(_QUESTIONS)
    ]


class EscposReplay:
    """Plays a recording at the far end of a wire. ``address``: of the wire.

    The buffer is never full: how the recorded printer held data back is not played.
    """

    def __init__(self, recording: Recording, wire: Wire) -> None:
        self.script = Script(acts(recording, _questions))
        self._wire = wire
        self._reader = EscposRedactor()
        self._changed = threading.Condition()
        self._waiting: deque[Answered] = deque()
        self._stopping = False
        self._identity = (b"", b"")
        """Of the job: as recorded, and as asked for now."""
        self._thread = threading.Thread(target=self._speak, name="escpos-replay", daemon=True)

    @property
    def address(self) -> str:
        """``host:port`` or the terminal's path."""
        return self._wire.address

    def start(self) -> None:
        """Open the wire and serve it."""
        self._thread.start()
        self._wire.start(lambda: _ROOM, self._receive)

    def turn(self) -> None:
        """The next recorded operation begins."""
        self.script.turn()

    def stop(self) -> None:
        """Close the wire; safe to call twice."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._wire.stop()
        self._thread.join()

    def _receive(self, data: bytes) -> None:
        for entry in self._reader.take(0.0, "out", data):
            for key, sent in _questions(entry.data):
                recorded = self.script.next(key)
                if recorded is None:
                    continue
                if key == _PROCESS_ID:
                    self._identity = recorded.data[-_IDENTITY_BYTES:], sent[-_IDENTITY_BYTES:]
                for piece in recorded.answer:
                    self._say(Answered(piece.pause_s, self._renamed(piece.data)))

    def _renamed(self, answer: bytes) -> bytes:
        """The job's number as it is now; it may come behind a later question than its own."""
        then, now = self._identity
        return answer.replace(then, now) if answer.startswith(_PROCESS_ID_ANSWER) else answer

    def _say(self, piece: Answered) -> None:
        with self._changed:
            self._waiting.append(piece)
            self._changed.notify()

    def _speak(self) -> None:
        last = 0.0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    return
                piece = self._waiting.popleft()
                due = max(last, time.monotonic()) + piece.pause_s
                if self._changed.wait_for(lambda: self._stopping, due - time.monotonic()):
                    return
            last = time.monotonic()
            self._wire.write(piece.data)
