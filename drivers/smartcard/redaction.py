"""What the flight recorder may keep of a talk with a card: heads of commands, and status words.

Of a command its first five bytes are kept, all of it when it selects; of an answer the status word,
if it is one that is known, and the number of bytes before it. Data of the card are never kept.
"""

from __future__ import annotations

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept

_HEAD = 5
_SELECT = 0xA4
_LONGEST_SELECT = 5 + 16 + 1
_STATUS = 2
_LEADING = (b"\x61", b"\x6c")
_KNOWN = frozenset(
    (0x9000, 0x6282, 0x6283, 0x6285, 0x6300, 0x6400, 0x6581, 0x6700, 0x6881, 0x6882, 0x6900,
     0x6981, 0x6982, 0x6983, 0x6984, 0x6985, 0x6986, 0x6987, 0x6988, 0x6A80, 0x6A81, 0x6A82,
     0x6A83, 0x6A84, 0x6A86, 0x6A88, 0x6B00, 0x6D00, 0x6E00, 0x6F00, 0x9303)
)  # fmt: skip


class ApduRedactor:
    """Implements :class:`drivers.flight.Redactor`. Each piece is one whole command or answer."""

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        if direction == "out":
            selects = data[1:2] == bytes([_SELECT]) and len(data) <= _LONGEST_SELECT
            kept = len(data) if selects else _HEAD
            return [Entry(at, direction, data[:kept], max(0, len(data) - kept))]
        status = data[-_STATUS:]
        known = int.from_bytes(status, "big") in _KNOWN or status[:1] in _LEADING
        if len(status) < _STATUS or not known:
            return [Entry(at, direction, b"", len(data))]
        before = len(data) - _STATUS
        head = [Entry(at, direction, b"", before)] if before else []
        return [*head, Entry(at, direction, status)]

    def settle(self) -> Kept:
        """See the protocol; nothing is held back."""
        return []
