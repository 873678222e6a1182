"""A reader that answers as one in a flight recording did: to see a fault again, at a desk.

Records are fillers (see :mod:`drivers.sdt.redaction`), so what is read is an invented card; when and
what of it arrived, and what the adapter made of it, is what was recorded.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from drivers.flight.entry import Recording
from drivers.sdt.cable import PtyCable
from drivers.sdt.frames import FrameDecoder
from drivers.sdt.simulated_sam import Chunk


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """One request, by its frame's body, and what came after it, with the pauses it came at."""

    request: bytes
    answer: tuple[Chunk, ...]


def exchanges(recording: Recording) -> list[RecordedExchange]:
    """The exchanges of an SDT recording; incoming bytes before the first request are left out."""
    found: list[RecordedExchange] = []
    request, chunks, last = b"", list[Chunk](), 0.0
    for entry in recording.entries:
        if entry.direction == "out":
            if request:
                found.append(RecordedExchange(request, tuple(chunks)))
            bodies = [item for item in FrameDecoder().feed(entry.data) if isinstance(item, bytes)]
            request, chunks, last = bodies[0] if bodies else b"", [], entry.at
        elif entry.direction == "in" and request and entry.data:
            chunks.append(Chunk(max(0.0, entry.at - last), entry.data))
            last = entry.at
    if request:
        found.append(RecordedExchange(request, tuple(chunks)))
    return found


class SdtReplay:
    """Plays a recording at the far end of a pseudo-terminal. ``address``: for the ``port`` option.

    Each request takes the next recorded exchange with the same request; those in between are passed
    over, since how often a waiting adapter asks depends on the clock. Once there is none left it is
    silent.
    """

    def __init__(self, recording: Recording) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sdt-replay-"))
        self._left = exchanges(recording)
        self._cable: PtyCable | None = None

    @property
    def address(self) -> str:
        """Path of the pseudo-terminal."""
        return str(self._folder / "reader")

    def start(self) -> None:
        """Open the line and serve it."""
        self._cable = PtyCable(Path(self.address), None, self._respond)

    def turn(self) -> None:
        """The next recorded operation begins; the requests themselves tell where the replay is."""

    def stop(self) -> None:
        """Close the line; safe to call twice."""
        cable, self._cable = self._cable, None
        if cable is not None:
            cable.pull()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _respond(self, body: bytes | None, _baud: int | None) -> list[Chunk]:
        for at, exchange in enumerate(self._left):
            if exchange.request == body:
                del self._left[: at + 1]
                return list(exchange.answer)
        return []
