"""What the flight recorder may keep of a protocol made of text lines."""

from __future__ import annotations

from collections.abc import Callable

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept

_MOST_HELD = 4096


class LineRedactor:
    """Implements :class:`drivers.flight.Redactor`: keeps the lines that ``known`` says are free of
    personal data, end included, and elides everything else.

    ``known(direction, line)`` is given a line without its end. A begun line is held back until its
    end has come, or until so much came without one that it is no line of the protocol.
    """

    def __init__(self, known: Callable[[Direction, bytes], bool]) -> None:
        self._known = known
        self._begun: dict[Direction, bytes] = {"in": b"", "out": b""}

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        *lines, rest = (self._begun[direction] + data).split(b"\n")
        if len(rest) > _MOST_HELD:
            lines, rest = [*lines, rest], b""
            whole = [line + b"\n" for line in lines[:-1]] + [lines[-1]]
        else:
            whole = [line + b"\n" for line in lines]
        self._begun[direction] = rest
        return [self._judged(at, direction, line) for line in whole]

    def settle(self) -> Kept:
        """A begun line is not judged before it is whole; it stays held."""
        return []

    def _judged(self, at: float, direction: Direction, line: bytes) -> Entry:
        if line.endswith(b"\n") and self._known(direction, line.rstrip(b"\r\n")):
            return Entry(at, direction, line)
        return Entry(at, direction, b"", len(line))
