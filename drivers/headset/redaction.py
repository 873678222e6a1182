"""What the flight recorder may keep of an input device: its switches."""

from __future__ import annotations

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.headset.events import EV_SW, EV_SYN, EVENT


class EventRedactor:
    """Implements :class:`drivers.flight.Redactor`. Keeps switches and ends of reports, in the order
    they came. Should the settings name a keyboard, no key of it is kept."""

    def __init__(self) -> None:
        self._begun = b""

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        data = self._begun + data
        whole = len(data) // EVENT.size * EVENT.size
        self._begun = data[whole:]
        kept: Kept = []
        for place in range(0, whole, EVENT.size):
            one = data[place : place + EVENT.size]
            known = EVENT.unpack(one)[2] in (EV_SYN, EV_SW)
            kept.append(Entry(at, direction, one) if known else Entry(at, direction, b"", len(one)))
        return kept

    def settle(self) -> Kept:
        """A begun event is not judged before it is whole; it stays held."""
        return []
