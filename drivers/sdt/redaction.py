"""What the flight recorder may keep of an SDT line.

Kept are requests (ours, never personal) and, of answers, preamble, length, status bytes, the lengths
of the parts, and whether the check byte held. Everything else is filled: all data, and all bytes
outside a sound frame, since a damaged preamble turns a whole record into noise. The number and
times of the pieces stay.

A record's filler says what the adapter made of it, so that a replay takes the same path: an
invented readable record, one of unknown type, or a blank one.
"""

from __future__ import annotations

from functools import cache

from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.results import Ok
from drivers.sdt.frames import (
    MAX_LENGTH,
    MIN_LENGTH,
    PREAMBLE,
    FrameDecoder,
    StatusWord,
    checksum,
    unpack_content,
)
from drivers.sdt.line import GAP_S
from drivers.sdt.record import RECORD_LENGTH, decode_record

FILLER = 0x00
_HEAD = len(PREAMBLE) + 2
_LONGEST_REQUEST = 32
_MOST_HELD = 2 * (_HEAD + MAX_LENGTH)  # a line that never stops beginning frames is judged too


@cache
def _stand_in(code: str) -> bytes:
    """A record nobody owns that decodes to ``code`` (``ok`` or a failure)."""
    from drivers.sdt.cards import demo_card
    from drivers.sdt.record import encode_record

    match code:
        case "ok":
            return encode_record(demo_card("resident"))
        case "idcard.unknown_type":
            return encode_record(demo_card("resident"), type_letter="?")
    return " ".encode("utf-16-le") * (RECORD_LENGTH // 2)


def _filled_content(data: bytes) -> bytes:
    """The data of an answer with everything but the lengths of its parts replaced."""
    for with_fingerprint in (False, True):
        content = unpack_content(data, with_fingerprint)
        if content is None:
            continue
        if len(content.text) == RECORD_LENGTH:
            decoded = decode_record(content.text)
            text = _stand_in("ok" if isinstance(decoded, Ok) else decoded.code)
        else:
            text = bytes(len(content.text))
        header = data[: 6 if with_fingerprint else 4]
        return header + text + bytes(len(data) - len(header) - len(text))
    return bytes(len(data))


def redacted_body(body: bytes) -> bytes:
    """The body of a sound answer, filled: same length, same status bytes."""
    return body[:3] + (_filled_content(body[3:]) if body[2:3] == _OK else bytes(len(body[3:])))


_OK = bytes([StatusWord.OK])


class SdtRedactor:
    """Implements :class:`drivers.flight.Redactor`. Holds back at most the frame still arriving."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._decoder = FrameDecoder()  # tells whether what is held ends inside a frame
        self._starts: list[int] = []
        self._times: list[float] = []

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol. A request settles what was held: its asker had given up the rest."""
        if direction == "out":
            kept = self.settle()
            return [*kept, _request(at, data)]
        kept = self.settle() if self._times and at - self._times[-1] >= GAP_S else []
        self._starts.append(len(self._held))
        self._times.append(at)
        self._held += data
        self._decoder.feed(data)
        waits = self._decoder.holds_something and len(self._held) <= _MOST_HELD
        return kept if waits else kept + self.settle()

    def settle(self) -> Kept:
        """See the protocol."""
        if not self._held:
            return []
        filled = fill_stream(bytes(self._held))
        ends = [*self._starts[1:], len(filled)]
        kept = [
            Entry(at, "in", filled[start:end])
            for at, start, end in zip(self._times, self._starts, ends, strict=True)
        ]
        self._held.clear()
        self._decoder.reset()
        self._starts.clear()
        self._times.clear()
        return kept


def _request(at: float, data: bytes) -> Entry:
    sound = len(data) <= _LONGEST_REQUEST and data.startswith(PREAMBLE)
    return Entry(at, "out", data) if sound else Entry(at, "out", b"", len(data))


def fill_stream(data: bytes) -> bytes:
    """A stretch of incoming bytes, filled as the module says; same length.

    Follows :class:`FrameDecoder`: behind a bad frame the search goes on one byte after its start,
    and at the end an open frame is given up the same way.
    """
    filled = bytearray([FILLER]) * len(data)
    claimed: list[tuple[int, int]] = []  # stretches that must stay as they are
    broken: list[int] = []
    at = 0
    while (start := data.find(PREAMBLE, at)) >= 0:
        head_end = min(start + _HEAD, len(data))
        filled[start:head_end] = data[start:head_end]
        claimed.append((start, head_end))
        length = int.from_bytes(data[start + 5 : head_end], "big")
        end = start + _HEAD + length
        at = start + 1
        if head_end - start < _HEAD or not MIN_LENGTH <= length <= MAX_LENGTH or end > len(data):
            continue
        if checksum(data[start + 5 : end]) != 0:
            broken.append(start)
            continue
        body = redacted_body(data[start + _HEAD : end - 1])
        filled[start + _HEAD : end - 1] = body
        filled[end - 1] = checksum(data[start + 5 : start + _HEAD] + body)
        claimed.append((start, end))
        at = end
    for start in broken:
        _keep_broken(filled, start, claimed)
    return bytes(filled)


def _keep_broken(filled: bytearray, start: int, claimed: list[tuple[int, int]]) -> None:
    """Make sure that a frame whose check byte was wrong does not become sound by its filler."""
    end = start + _HEAD + int.from_bytes(filled[start + 5 : start + _HEAD], "big")
    if checksum(bytes(filled[start + 5 : end])) != 0:
        return
    for place in range(end - 1, start + _HEAD - 1, -1):
        if not any(low <= place < high for low, high in claimed):
            filled[place] ^= 0xFF
            return
