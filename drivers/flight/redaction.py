"""What a redactor has to do; and the one for traffic nobody knows how to redact."""

from __future__ import annotations

from typing import Protocol

from drivers.flight.entry import Direction, Entry

Kept = list[Entry]


class Redactor(Protocol):
    """Takes a device's bytes and gives back what may be kept of them.

    The rule is to keep only what is known to be free of personal data, and to fill or elide
    everything else: traffic can be damaged anywhere. Bytes that cannot be judged yet may be held
    back, in memory only; they come with a later call, under their own time.
    """

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """``data`` passed at ``at`` (monotonic); entries that may be kept now, oldest first."""
        ...

    def settle(self) -> Kept:
        """Judge what was held back with what is known now: nothing more belongs to it."""
        ...


class ElideAll:
    """Keeps times, directions and numbers of bytes, and no byte."""

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        return [Entry(at, direction, b"", len(data))]

    def settle(self) -> Kept:
        return []
