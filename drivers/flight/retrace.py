"""Playing a recording's requests to a simulator, and telling where it answers otherwise.

What the adapter sent then is sent again, at the recorded pauses, and what both devices answered is
read as *observations* by one rule (each protocol has its own). Of each topic the history counts: how
often an adapter asks depends on the clock, so a value told twice in a row is told once.

Bytes that a recording does not keep go out as as many fillers; how many is told, because what a
printer made of the real ones is then not seen.
"""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from drivers.flight.entry import Direction, Entry, Recording
from drivers.flight.redaction import Redactor

NOTHING = "nothing"
CONNECTION = "connection"
_FIRST_LINE = 2  # of a recording's JSON lines, below the heading


@dataclass(frozen=True, slots=True)
class Observation:
    """What a device said of ``topic``. ``place``: the entry's number in its recording, from 0."""

    topic: str
    value: str
    place: int


@dataclass(frozen=True, slots=True)
class Deviation:
    """Where a topic's history first differs. ``line``: of the recording as JSON lines, where the
    expected value stands, or the last of that topic before (0: none). :data:`NOTHING`: no more of it.
    """

    topic: str
    line: int
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Retraced:
    """what came of it. ``filled``: bytes sent that the recording does not hold. ``unplayed``:
    lines of the recording that were not sent at all. ``answers``: the new traffic, redacted alike."""

    deviations: tuple[Deviation, ...]
    filled: int
    unplayed: tuple[int, ...]
    answers: Recording


Observer = Callable[[Iterable[Entry]], Iterator[Observation]]


def line_of(place: int) -> int:
    """The line of a recording's JSON lines on which its entry number ``place`` stands."""
    return place + _FIRST_LINE


def compare(expected: Iterable[Observation], got: Iterable[Observation]) -> tuple[Deviation, ...]:
    """The first difference of each topic, in the order of the recording."""
    ours, theirs = _histories(expected), _histories(got)
    found = []
    for topic in {**ours, **theirs}:
        before, after = ours.get(topic, []), theirs.get(topic, [])
        for at in range(max(len(before), len(after))):
            wanted = before[at].value if at < len(before) else NOTHING
            told = after[at].value if at < len(after) else NOTHING
            if wanted != told:
                near = before[min(at, len(before) - 1)] if before else None
                line = line_of(near.place) if near is not None else 0
                found.append(Deviation(topic, line, wanted, told))
                break
    return tuple(sorted(found, key=lambda each: each.line))


def _histories(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    for each in observations:
        history = found.setdefault(each.topic, [])
        if not history or history[-1].value != each.value:
            history.append(each)
    return found


class Pace:
    """The recorded pauses, none longer than ``longest_s``."""

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._recorded: float | None = None
        self._due = time.monotonic()

    def due(self, at: float) -> float:
        """When (monotonic) what was recorded ``at`` is to happen again."""
        if self._recorded is not None:
            self._due += min(self._longest_s, max(0.0, at - self._recorded))
        self._recorded = at
        return self._due


class FarEnd(Protocol):
    """A wire to what the recording is played to. Both raise :class:`OSError` when it is lost."""

    def send(self, data: bytes) -> None: ...

    def receive(self, within_s: float) -> bytes:
        """What came within that time; empty if nothing did."""
        ...

    def close(self) -> None: ...


class TcpEnd:
    """:class:`FarEnd` over TCP. :class:`OSError` if nobody listens there."""

    def __init__(self, host: str, port: int, within_s: float = 3.0) -> None:
        self._socket = socket.create_connection((host, port), within_s)

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def receive(self, within_s: float) -> bytes:
        if not select.select([self._socket], [], [], within_s)[0]:
            return b""
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionResetError("the far end closed")
        return data

    def close(self) -> None:
        self._socket.close()


class StreamRetrace:
    """Plays the requests of a recording over a stream of bytes.

    ``connect`` is called for each opening of the device. ``redactor``: the adapter's, so that the
    answers are kept as those of the recording are. ``filler``: the one byte sent for each that was
    not kept. ``pause_s``: the longest pause that is kept. ``patience_s``: how long, in all, answers
    may come later than they did then; when it is used up, what is missing shows in the comparison.
    """

    def __init__(
        self,
        connect: Callable[[], FarEnd],
        redactor: Callable[[], Redactor],
        *,
        filler: bytes = b"\x00",
        pause_s: float = 2.0,
        patience_s: float = 3.0,
    ) -> None:
        self._connect = connect
        self._make_redactor = redactor
        self._redactor = redactor()
        self._filler = filler
        self._pause_s, self._patience_s = pause_s, patience_s
        self._end: FarEnd | None = None
        self._entries: list[Entry] = []
        self._owed = 0
        self._place = 0

    def play(self, recording: Recording, observe: Observer) -> Retraced:
        """Play all of it; a connection refused or lost is a deviation too, and ends the playing."""
        filled = 0
        lost: list[Deviation] = []
        pace = Pace(self._pause_s)
        try:
            for self._place, entry in enumerate(recording.entries):
                if entry.direction == "note" and entry.note == "begin open":
                    self._hang_up()
                elif entry.direction == "in":
                    self._owed += len(entry.data) + entry.elided
                elif entry.direction == "out":
                    self._play(entry, pace.due(entry.at))
                    filled += entry.elided
            self._listen(time.monotonic())
        except OSError as error:
            lost = [Deviation(CONNECTION, line_of(self._place), "open", type(error).__name__)]
        finally:
            self._hang_up()
        answers = replace(recording, entries=tuple(self._entries), overwritten=0)
        deviations = compare(observe(recording.entries), observe(answers.entries))
        return Retraced((*deviations, *lost), filled, (), answers)

    def _play(self, entry: Entry, due: float) -> None:
        if self._end is None:
            self._redactor = self._make_redactor()
            self._end = self._connect()
        self._listen(due)
        data = entry.data + self._filler * entry.elided
        self._end.send(data)
        self._keep("out", data)

    def _listen(self, until: float) -> None:
        """Take in answers until ``until``, and beyond it while some are owed and patience lasts."""
        while self._end is not None:
            now = time.monotonic()
            late = now >= until
            if late and (self._owed <= 0 or self._patience_s <= 0):
                return
            data = self._end.receive(self._patience_s if late else until - now)
            if late:
                self._patience_s -= time.monotonic() - now
            if data:
                self._owed -= len(data)
                self._keep("in", data)

    def _keep(self, direction: Direction, data: bytes) -> None:
        self._entries += self._redactor.take(time.monotonic(), direction, data)

    def _hang_up(self) -> None:
        if self._end is not None:
            self._end.close()
            self._end = None
        self._owed = 0
