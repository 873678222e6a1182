"""What the flight recorder may keep of an ESC/POS printer's wire: commands, but nothing printed.

A receipt is raster, so its data are elided. Only the commands this adapter sends are known here;
whatever else goes out (text, above all) is elided too. Of answers only the known forms are kept:
an echoing line gives back what was printed.
"""

from __future__ import annotations

from drivers.escpos.status import Reply, ReplyKind, ReplyParser
from drivers.escpos.transport import Transport
from drivers.flight.entry import Direction, Entry
from drivers.flight.redaction import Kept
from drivers.ports import Tap

_LENGTHS = {
    b"\x1b@": 2,  # initialise
    b"\x1bJ": 3,  # feed dots
    b"\x1bd": 3,  # feed lines
    b"\x1b2": 2,  # line spacing
    b"\x1b3": 3,
    b"\x1b*": 5,  # columns: header, then the data
    b"\x1dP": 4,  # motion units
    b"\x1dV": 4,  # feed and cut
    b"\x1dr": 3,  # paper sensor, in order
    b"\x1da": 3,  # automatic status
    b"\x10\x04": 3,  # real-time status
    b"\x1d(": 11,  # process ID
    b"\x1dv": 8,  # raster: header, then the data
    b"\x1d8": 17,  # raster to the printer's buffer: header, then the data
}
_RASTER = b"\x1dv0"
_STORED_RASTER = b"\x1d8L"
_COLUMNS = b"\x1b*!"
_STORED_HEADER_BYTES = 10  # of the length that GS 8 L states
_MOST_ANSWERED = 16  # bytes of answers between two blocks sent; an echo is as long as the block
_PROCESS_ID = b"\x1d(H\x06\x00"


def commands(kept: bytes) -> list[bytes]:
    """The commands in what an :class:`EscposRedactor` kept of one piece sent, in order."""
    found = []
    while kept:
        length = _LENGTHS.get(kept[:2], len(kept))
        found.append(kept[:length])
        kept = kept[length:]
    return found


class EscposRedactor:
    """Implements :class:`drivers.flight.Redactor`; follows the commands through any pieces."""

    def __init__(self) -> None:
        self._command = bytearray()
        self._raster_left = 0
        self._replies = ReplyParser()
        self._may_answer = _MOST_ANSWERED
        self._held, self._at = 0, 0.0

    def take(self, at: float, direction: Direction, data: bytes) -> Kept:
        """See the protocol."""
        if direction == "in":
            return self._answers(at, data)
        self._may_answer = _MOST_ANSWERED
        entries: Kept = []
        kept, elided = bytearray(), 0
        at_byte = 0
        while at_byte < len(data):
            if self._raster_left:
                step = min(self._raster_left, len(data) - at_byte)
                self._raster_left -= step
                at_byte += step
                elided += step
                continue
            self._command.append(data[at_byte])
            at_byte += 1
            done = self._judge()
            if done is None:
                continue
            known, unknown = done
            if known and elided:
                entries.append(Entry(at, "out", bytes(kept), elided))
                kept, elided = bytearray(), 0
            kept += known
            elided += unknown
        if kept or elided:
            entries.append(Entry(at, "out", bytes(kept), elided))
        return entries

    def settle(self) -> Kept:
        """The bytes of a command begun are its own few and stay with it; those of an answer are elided."""
        held, self._held = self._held, 0
        self._replies.reset()
        return [Entry(self._at, "in", b"", held)] if held else []

    def _judge(self) -> tuple[bytes, int] | None:
        """The command if it is complete, or a count of bytes to elide; None if it goes on."""
        command = bytes(self._command)
        if len(command) == 1 and any(known.startswith(command) for known in _LENGTHS):
            return None
        length = _LENGTHS.get(command[:2])
        if length is None or not _plausible(command):
            self._command.clear()
            return b"", len(command)
        if len(command) < length:
            return None
        self._command.clear()
        if command.startswith(_RASTER):
            width, height = (int.from_bytes(command[i : i + 2], "little") for i in (4, 6))
            self._raster_left = width * height
        elif command.startswith(_STORED_RASTER):
            stated = int.from_bytes(command[3:7], "little")
            self._raster_left = max(0, stated - _STORED_HEADER_BYTES)
        elif command.startswith(_COLUMNS):
            self._raster_left = 3 * int.from_bytes(command[3:5], "little")
        return command, 0

    def _answers(self, at: float, data: bytes) -> Kept:
        entries: Kept = []
        kept = 0
        for reply in self._replies.feed(data):
            answer = _as_sent(reply)
            if _is_answer(reply) and len(answer) <= self._may_answer:
                entries.append(Entry(at, "in", answer))
                kept += len(answer)
                self._may_answer -= len(answer)
        # What may still become an answer is accounted for with it, in a later piece or in the end.
        held = self._replies.held
        if elided := self._held + len(data) - kept - held:
            entries.append(Entry(at, "in", b"", elided))
        self._held, self._at = held, at
        return entries


def _is_answer(reply: Reply) -> bool:
    """Whether this is one of the known answers, and not a letter that looks like one."""
    if reply.kind is ReplyKind.IN_ORDER:
        return reply.data[0] <= 0x0F
    return reply.kind is not ReplyKind.NOISE


def _as_sent(reply: Reply) -> bytes:
    """The bytes of an answer on the wire: a process ID has a head and an end."""
    return b"\x37\x22" + reply.data + b"\0" if reply.kind is ReplyKind.PROCESS_ID else reply.data


def _plausible(command: bytes) -> bool:
    """Whether this can still become one of ours: other functions share their first two bytes."""
    for whole in (_RASTER, _STORED_RASTER, _COLUMNS, _PROCESS_ID):
        if command[:2] == whole[:2] and not whole.startswith(command[: len(whole)]):
            return False
    return True


class TappedTransport:
    """A :class:`Transport` that shows what goes over it."""

    def __init__(self, transport: Transport, tap: Tap) -> None:
        self._transport = transport
        self._tap = tap

    def send(self, block: bytes, deadline: float) -> int:
        sent = self._transport.send(block, deadline)
        if sent:
            self._tap("out", block[:sent])
        return sent

    def receive(self, timeout_s: float) -> bytes:
        data = self._transport.receive(timeout_s)
        if data:
            self._tap("in", data)
        return data

    def unacknowledged(self) -> int:
        return self._transport.unacknowledged()

    def close(self) -> None:
        self._transport.close()
