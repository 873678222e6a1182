"""What a simulated reader answers: card, SAM and injected faults. Pure: bytes and delays, no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.ports import IdDocument
from drivers.sdt.frames import (
    PREAMBLE,
    SET_BAUD,
    Answer,
    CardContent,
    Command,
    Request,
    StatusWord,
    encode_answer,
    pack_content,
)
from drivers.sdt.record import encode_appended_address, encode_record

FAULTS: dict[str, str] = {
    "fragment": "answer in pieces of 7 bytes with pauses between",
    "noise": "random-looking bytes with false preambles before the answer",
    "wrong_checksum": "one bit of the answer flipped",
    "cut_frame": "only the first two thirds of the answer",
    "silence": "no answer",
    "slow": "answer spread over half a second",
    "power_cycle": "the reader restarts instead of answering, and knows of no card any more",
    "remove_during_read": "the card is taken away while it is read",
    "remove_before_select": "the card is taken away between find and select",
    "sam_fault": "SAM self-test failed (SW 60), until cleared unless a count is given",
    "unknown_type": "unknown card type (SW 40)",
    "read_failed": "reading failed (SW 41), the card stays",
    "status_word": "any status byte: give sw",
}
_STEPS: dict[str, frozenset[Command] | None] = {
    "any": None,
    "status": frozenset({Command.SAM_STATUS}),
    "find": frozenset({Command.FIND_CARD}),
    "select": frozenset({Command.SELECT_CARD}),
    "read": frozenset({Command.READ_TEXT_PHOTO, Command.READ_TEXT_PHOTO_FINGERPRINT}),
    "fingerprint": frozenset({Command.READ_TEXT_PHOTO_FINGERPRINT}),
    "address": frozenset({Command.READ_APPENDED_ADDRESS}),
    "baud": frozenset(SET_BAUD.values()),
}
_DEFAULT_STEP = {"silence": "any", "sam_fault": "any", "remove_before_select": "select"}
# A frame that claims more than is sent, one with an impossible length, and stray preamble starts.
_NOISE = b"\xaa\xaa\x00" + PREAMBLE + b"\xff\xff\x17" + PREAMBLE + b"\x00\x05\x01\xaa\xaa\xaa\xaa"
# Belongs to no SAM: the customary reading of it has the year 0.
_SAM_NUMBER = bytes.fromhex("0500 0100 00000000 00000000 00000000")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes to put on the line after a pause of ``delay_s`` seconds."""

    delay_s: float
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Fault:
    """A fault waiting to strike; ``left`` None means until cleared."""

    kind: str
    step: str
    left: int | None
    sw: int


@dataclass(slots=True)
class SimulatedSam:
    """The reader's inside. Not thread-safe; its owner holds a lock.

    ``lift_before_next_read``: a card that was read is not found again until lifted. ``baud``: the
    line speed it listens at, None if that is not modelled.
    """

    lift_before_next_read: bool = True
    card: IdDocument | None = None
    type_letter: str | None = None
    baud: int | None = None
    faults: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _found: bool = False
    _selected: bool = False
    _was_read: bool = False

    def lay(self, card: IdDocument | None, type_letter: str | None = None) -> None:
        """Put a card on the reader (None: take it away)."""
        self.card, self.type_letter = card, type_letter
        self._found = self._selected = self._was_read = False

    def arm(self, kind: str, count: int | None, step: str | None, sw: int) -> None:
        """Let ``kind`` strike the next ``count`` answers of ``step``. :class:`ValueError`: no such."""
        if kind not in FAULTS:
            raise ValueError(f"no fault {kind}; there are: {', '.join(FAULTS)}")
        where = step or _DEFAULT_STEP.get(kind, "read")
        if where not in _STEPS:
            raise ValueError(f"no step {where}; there are: {', '.join(_STEPS)}")
        if count is not None and count < 1:
            raise ValueError("count must be at least 1, or left out for: until cleared")
        self.faults.append(Fault(kind, where, count, sw))

    def answer(self, request: Request) -> list[Chunk]:
        """What goes onto the line for one request."""
        command = request.command
        name = command.name if command else "UNKNOWN"
        self.counts[name] = self.counts.get(name, 0) + 1
        kinds = [fault for fault in self.faults if self._strikes(fault, command)]
        for fault in kinds:
            if fault.left is not None:
                fault.left -= 1
        self.faults = [fault for fault in self.faults if fault.left != 0]
        status = self._forced_status(kinds)
        # A reader that was silent did not hear; whatever else strikes, strikes its answer.
        silent = any(fault.kind in ("silence", "power_cycle") for fault in kinds)
        if any(fault.kind == "power_cycle" for fault in kinds):
            self._found = self._selected = self._was_read = False
        if status is not None or silent:
            plain = Answer(0, 0, StatusWord.UNRECOGNISED if status is None else status)
        else:
            plain = self._plain(command)
        chunks = [Chunk(0.0, encode_answer(plain))]
        for fault in kinds:
            if fault.kind in _ON_THE_LINE:
                chunks = _ON_THE_LINE[fault.kind](chunks)
        return chunks

    def damaged_request(self) -> list[Chunk]:
        """The answer to a request whose check byte was wrong."""
        return [Chunk(0.0, encode_answer(Answer(0, 0, StatusWord.REQUEST_CHECKSUM)))]

    def _strikes(self, fault: Fault, command: Command | None) -> bool:
        if fault.kind == "remove_before_select" and not self._found:
            return False  # a select that only asks whether the last card still lies there
        commands = _STEPS[fault.step]
        return commands is None or command in commands

    def _forced_status(self, faults: list[Fault]) -> int | None:
        """The status byte a fault puts in place of the answer, if one does."""
        for fault in faults:
            match fault.kind:
                case "sam_fault":
                    return StatusWord.SAM_SELF_TEST_FAILED
                case "unknown_type":
                    return StatusWord.UNKNOWN_CARD_TYPE
                case "read_failed":
                    return StatusWord.READING_FAILED
                case "status_word":
                    return fault.sw
                case "remove_during_read":
                    self.lay(None)
                    return StatusWord.READING_FAILED
                case "remove_before_select":
                    self.lay(None)
                    return StatusWord.SELECT_FAILED
        return None

    def _plain(self, command: Command | None) -> Answer:
        match command:
            case Command.SAM_STATUS | Command.RESET_SAM:
                return Answer(0, 0, StatusWord.OK)
            case Command.SAM_NUMBER:
                return Answer(0, 0, StatusWord.OK, _SAM_NUMBER)
            case Command.FIND_CARD:
                return self._find()
            case Command.SELECT_CARD:
                return self._select()
            case Command.READ_TEXT_PHOTO:
                return self._read(with_fingerprint=False)
            case Command.READ_TEXT_PHOTO_FINGERPRINT:
                return self._read(with_fingerprint=True)
            case Command.READ_APPENDED_ADDRESS:
                return self._appended_address()
        for baud, setting in SET_BAUD.items():
            if command is setting:
                self.baud = baud
                return Answer(0, 0, StatusWord.OK)
        return Answer(0, 0, StatusWord.COMMAND_ERROR)

    def _find(self) -> Answer:
        self._selected = False
        if self.card is None or (self._was_read and self.lift_before_next_read):
            return Answer(0, 0, StatusWord.NO_CARD)
        self._found = True
        return Answer(0, 0, StatusWord.CARD_FOUND, bytes(4))

    def _select(self) -> Answer:
        if self.card is None or not (self._found or self._was_read):
            return Answer(0, 0, StatusWord.SELECT_FAILED)
        self._selected = True
        return Answer(0, 0, StatusWord.OK, bytes(8))

    def _read(self, with_fingerprint: bool) -> Answer:
        if self.card is None or not self._selected:
            return Answer(0, 0, StatusWord.READING_FAILED)
        self._was_read = True
        content = CardContent(
            encode_record(self.card, self.type_letter), self.card.photo, self.card.fingerprint
        )
        return Answer(0, 0, StatusWord.OK, pack_content(content, with_fingerprint))

    def _appended_address(self) -> Answer:
        if self.card is None or not self.card.appended_address:
            return Answer(0, 0, StatusWord.ITEM_ABSENT)
        if not self._selected:
            return Answer(0, 0, StatusWord.READING_FAILED)
        data = encode_appended_address(self.card.appended_address)
        return Answer(0, 0, StatusWord.OK, data)


def _whole(chunks: list[Chunk]) -> bytes:
    return b"".join(chunk.data for chunk in chunks)


def _pieces(data: bytes, size: int, delay_s: float) -> list[Chunk]:
    return [Chunk(delay_s, data[at : at + size]) for at in range(0, len(data), size)]


def _wrong_checksum(chunks: list[Chunk]) -> list[Chunk]:
    data = bytearray(_whole(chunks))
    data[-1] ^= 0x20
    return [Chunk(0.0, bytes(data))]


def _cut(chunks: list[Chunk]) -> list[Chunk]:
    data = _whole(chunks)
    return [Chunk(0.0, data[: len(data) * 2 // 3])]


def _slow(chunks: list[Chunk]) -> list[Chunk]:
    data = _whole(chunks)
    return _pieces(data, max(1, len(data) // 20), 0.025)


_ON_THE_LINE: dict[str, Callable[[list[Chunk]], list[Chunk]]] = {
    "fragment": lambda chunks: _pieces(_whole(chunks), 7, 0.0005),
    "noise": lambda chunks: [Chunk(0.0, _NOISE), *chunks],
    "wrong_checksum": _wrong_checksum,
    "cut_frame": _cut,
    "silence": lambda _chunks: [],
    "power_cycle": lambda _chunks: [],
    "slow": _slow,
}
