"""Frames of the SDT/SAM_V serial protocol, both directions; pure, no I/O.

A frame is ``AA AA AA 96 69 | length | body | check``. The length (2 bytes, big-endian) counts body
and check byte; the check byte is the XOR of everything between preamble and itself, the length
included. The body of a request is ``command parameter data``, of an answer ``SW1 SW2 SW3 data``.

Sources: docs/devices/sdt.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"

FRAME_BYTES = len(PREAMBLE) + 2 + 1
"""What a frame adds to its body: preamble, length, check byte."""

# The longest answer is a read with fingerprint: 3 status + 6 lengths + 256 + 1024 + 1024, + check.
# A longer length field is noise; believing it would make the decoder wait for bytes never sent.
MAX_LENGTH = 3 + 6 + 256 + 1024 + 1024 + 1
MIN_LENGTH = 3  # a request without data: command, parameter, check


class Command(Enum):
    """Requests by meaning; the value is ``(command, parameter)``."""

    RESET_SAM = (0x10, 0xFF)
    SAM_STATUS = (0x11, 0xFF)
    SAM_NUMBER = (0x12, 0xFF)
    FIND_CARD = (0x20, 0x01)
    SELECT_CARD = (0x20, 0x02)
    READ_TEXT_PHOTO = (0x30, 0x01)
    READ_APPENDED_ADDRESS = (0x30, 0x03)
    READ_CHIP_NUMBER = (0x30, 0x05)
    READ_TEXT_PHOTO_FINGERPRINT = (0x30, 0x10)
    SET_BAUD_115200 = (0x60, 0x00)
    SET_BAUD_57600 = (0x60, 0x01)
    SET_BAUD_38400 = (0x60, 0x02)
    SET_BAUD_19200 = (0x60, 0x03)
    SET_BAUD_9600 = (0x60, 0x04)


SET_BAUD: dict[int, Command] = {
    115200: Command.SET_BAUD_115200,
    57600: Command.SET_BAUD_57600,
    38400: Command.SET_BAUD_38400,
    19200: Command.SET_BAUD_19200,
    9600: Command.SET_BAUD_9600,
}
"""The request that sets a line speed; its keys are the speeds there are, fastest first."""


class StatusWord(IntEnum):
    """The third status byte (SW3) as it travels on the wire."""

    REQUEST_CHECKSUM = 0x10
    REQUEST_LENGTH = 0x11
    COMMAND_ERROR = 0x21
    NOT_PERMITTED = 0x23
    UNRECOGNISED = 0x24
    CARD_REJECTS_SAM = 0x31
    SAM_REJECTS_CARD = 0x32
    VERIFICATION_FAILED = 0x33
    FINGERPRINT_WRONG = 0x37
    INFORMATION_LENGTH = 0x3F
    UNKNOWN_CARD_TYPE = 0x40
    READING_FAILED = 0x41
    RANDOM_NUMBER_FAILED = 0x47
    SAM_SELF_TEST_FAILED = 0x60
    SAM_NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    OK = 0x90
    ITEM_ABSENT = 0x91
    CARD_FOUND = 0x9F


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader said. ``data`` may hold a person's record: ``repr`` shows only its length."""

    sw1: int
    sw2: int
    sw3: int
    data: bytes = field(default=b"", repr=False)

    @property
    def status(self) -> StatusWord | None:
        """SW3 by name, None for a code the published tables do not list."""
        try:
            return StatusWord(self.sw3)
        except ValueError:
            return None

    @property
    def status_text(self) -> str:
        """The three status bytes for a log, for example ``000080 NO_CARD``."""
        known = self.status
        return f"{self.sw1:02X}{self.sw2:02X}{self.sw3:02X} {known.name if known else 'UNLISTED'}"


@dataclass(frozen=True, slots=True)
class Request:
    """What the host asked; ``command`` is None for a pair of bytes we have no name for."""

    code: int
    parameter: int
    data: bytes = field(default=b"", repr=False)

    @property
    def command(self) -> Command | None:
        """The request by name."""
        try:
            return Command((self.code, self.parameter))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class BadFrame:
    """A frame that began and did not hold: ``checksum``, ``length`` or ``cut``."""

    reason: str


def checksum(content: bytes) -> int:
    """XOR of length bytes and body."""
    return reduce(xor, content, 0)


def encode_body(body: bytes) -> bytes:
    """A whole frame around ``body``. :class:`ValueError` if the body cannot be a frame's."""
    length = len(body) + 1
    if not MIN_LENGTH <= length <= MAX_LENGTH:
        raise ValueError(f"a body of {len(body)} bytes is outside the protocol")
    content = length.to_bytes(2, "big") + body
    return PREAMBLE + content + bytes([checksum(content)])


def encode_request(command: Command, data: bytes = b"") -> bytes:
    """The frame a host sends."""
    return encode_body(bytes(command.value) + data)


def encode_answer(answer: Answer) -> bytes:
    """The frame a reader sends."""
    return encode_body(bytes([answer.sw1, answer.sw2, answer.sw3]) + answer.data)


def parse_request(body: bytes) -> Request:
    """A request from the body of a frame (at least 2 bytes, as the decoder guarantees)."""
    return Request(body[0], body[1], body[2:])


def parse_answer(body: bytes) -> Answer | None:
    """An answer from the body of a frame; None if it is too short to hold three status bytes."""
    return Answer(body[0], body[1], body[2], body[3:]) if len(body) >= 3 else None


class FrameDecoder:
    """Cuts a byte stream into frame bodies, whatever the fragments and the noise between them.

    After a bad frame the search goes on one byte behind the false preamble, not behind the claimed
    end: a true frame that began inside the false one is still found.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def inside_frame(self) -> bool:
        """True while a preamble was seen whose frame is not complete."""
        return self._buffer.startswith(PREAMBLE)

    @property
    def holds_something(self) -> bool:
        """True while bytes are kept that may belong to a frame."""
        return bool(self._buffer)

    def reset(self) -> None:
        """Forget everything received so far."""
        self._buffer.clear()

    def feed(self, chunk: bytes) -> list[bytes | BadFrame]:
        """Bodies completed by ``chunk`` and frames found broken, in order."""
        self._buffer += chunk
        return self._scan()

    def settle(self) -> list[bytes | BadFrame]:
        """The line has fallen silent: give up the open frame and look for others behind it."""
        found: list[bytes | BadFrame] = []
        while self.inside_frame:
            del self._buffer[0]
            found.append(BadFrame("cut"))
            found += self._scan()
        self._buffer.clear()
        return found

    def _scan(self) -> list[bytes | BadFrame]:
        found: list[bytes | BadFrame] = []
        while self._align():
            length = int.from_bytes(self._buffer[5:7], "big")
            if not MIN_LENGTH <= length <= MAX_LENGTH:
                found.append(self._broken("length"))
                continue
            end = 7 + length
            if len(self._buffer) < end:
                break
            if checksum(bytes(self._buffer[5:end])) != 0:
                found.append(self._broken("checksum"))
                continue
            found.append(bytes(self._buffer[7 : end - 1]))
            del self._buffer[:end]
        return found

    def _broken(self, reason: str) -> BadFrame:
        del self._buffer[0]
        return BadFrame(reason)

    def _align(self) -> bool:
        """Drop noise before the next preamble; True if preamble and length field are there."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            # Keep what may be the beginning of a preamble split over two reads.
            keep = next(
                (n for n in range(len(PREAMBLE) - 1, 0, -1) if self._buffer.endswith(PREAMBLE[:n])),
                0,
            )
            del self._buffer[: len(self._buffer) - keep]
            return False
        del self._buffer[:start]
        return len(self._buffer) >= 7


@dataclass(frozen=True, slots=True)
class CardContent:
    """The parts of a read answer: text record, photo (WLT) and fingerprint features."""

    text: bytes = field(repr=False)
    photo: bytes = field(default=b"", repr=False)
    fingerprint: bytes = field(default=b"", repr=False)


def pack_content(content: CardContent, with_fingerprint: bool = False) -> bytes:
    """The data of a read answer: two or three big-endian lengths, then the parts."""
    parts = [content.text, content.photo]
    if with_fingerprint:
        parts.append(content.fingerprint)
    return b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)


def unpack_content(data: bytes, with_fingerprint: bool = False) -> CardContent | None:
    """The parts of the data of a ``30 01`` answer (``with_fingerprint``: of a ``30 10`` answer).

    None if the lengths do not add up.
    """
    count = 3 if with_fingerprint else 2
    at = 2 * count
    if len(data) < at:
        return None
    parts = []
    for place in range(0, 2 * count, 2):
        length = int.from_bytes(data[place : place + 2], "big")
        parts.append(data[at : at + length])
        at += length
    return CardContent(*parts) if at == len(data) else None
