"""The panel protocol, version 1: lines, check bytes, requests, answers and events. Pure.

Published in docs/devices/indicator.md, from which a board can be built.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 1
MAX_LINE = 80
"""Bytes of a line, its check and end included."""

REQUEST, ANSWER, EVENT = b"$", b"=", b"!"
MAX_FLASH_DHZ = 30
"""The fastest flashing, in tenths of a hertz (WCAG 2.3.1)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sound line: what it is, its number (0 to 99) and its words."""

    kind: bytes
    number: int
    words: tuple[str, ...]


def crc8(data: bytes) -> int:
    """CRC-8, polynomial x^8+x^2+x+1 (0x07), start 0, not reflected (CRC-8/SMBUS)."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1) ^ 0x07 if crc & 0x80 else crc << 1
        crc &= 0xFF
    return crc


def encode(line: Line) -> bytes:
    """The bytes of a line. Raises ValueError for one that the protocol cannot carry."""
    if line.kind not in (REQUEST, ANSWER, EVENT) or not 0 <= line.number <= 99:
        raise ValueError("no such kind or number")
    if not line.words or not all(map(_sound, line.words)):
        raise ValueError("words are made of capitals, digits, '.', ',', '-' and '='")
    body = line.kind + f"{line.number:02d} {' '.join(line.words)}".encode("ascii")
    data = body + f"*{crc8(body):02X}\r\n".encode("ascii")
    if len(data) > MAX_LINE:
        raise ValueError("too long")
    return data


def decode(data: bytes) -> Line | None:
    """The line in ``data`` (its end stripped or not); None if anything about it is wrong."""
    data = data.rstrip(b"\r\n")
    body, star, check = data.rpartition(b"*")
    if not star or len(data) + 2 > MAX_LINE or check != f"{crc8(body):02X}".encode("ascii"):
        return None
    head, number, rest = body[:1], body[1:3], body[3:]
    if head not in (REQUEST, ANSWER, EVENT) or not number.isdigit() or rest[:1] != b" ":
        return None
    try:
        words = tuple(rest[1:].decode("ascii").split(" "))
    except UnicodeDecodeError:
        return None
    return Line(head, int(number), words) if all(map(_sound, words)) else None


def _sound(word: str) -> bool:
    return bool(word) and all(c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-=" for c in word)


class LineReader:
    """Cuts a byte stream into lines; unsound ones are dropped and counted in ``damaged``."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._skipping = False
        self.damaged = 0

    def reset(self) -> None:
        """Forget a begun line."""
        self._buffer.clear()
        self._skipping = False

    def feed(self, data: bytes) -> list[Line]:
        """Take bytes; returns the sound lines they complete, in order."""
        lines: list[Line] = []
        self._buffer += data
        while (at := self._buffer.find(b"\n")) >= 0:
            raw = bytes(self._buffer[: at + 1])
            del self._buffer[: at + 1]
            skipped, self._skipping = self._skipping, False
            line = None if skipped else decode(raw)
            if line is not None:
                lines.append(line)
            elif not skipped and raw.strip(b"\r\n"):
                self.damaged += 1
        if len(self._buffer) > MAX_LINE:
            self.damaged += 1
            self._buffer.clear()
            self._skipping = True
        return lines


@dataclass(frozen=True, slots=True)
class Board:
    """What a board says of itself in its answer to HELLO."""

    lights: frozenset[str]
    sensor: bool


def parse_board(words: tuple[str, ...]) -> Board | None:
    """From the words after ``OK 1``: ``LIGHTS=CARD,STAFF SENSOR=YES``; unknown ones are passed
    over, so that later boards can say more."""
    facts = dict(word.partition("=")[::2] for word in words)
    if "LIGHTS" not in facts or facts.get("SENSOR") not in ("YES", "NO"):
        return None
    lights = frozenset(light for light in facts["LIGHTS"].split(",") if light not in ("", "-"))
    return Board(lights, facts["SENSOR"] == "YES")


@dataclass(frozen=True, slots=True)
class BoardState:
    """The answer to STATE. ``near``: None without a working sensor. ``uptime_s``: seconds since
    the board started, by which a restart is noticed."""

    near: bool | None
    sensor_fault: bool
    bad_lamps: frozenset[str]
    uptime_s: int


def parse_state(words: tuple[str, ...]) -> BoardState | None:
    """From the words after ``OK``: ``PERSON=NEAR LAMPS=- UP=123``."""
    facts = dict(word.partition("=")[::2] for word in words)
    person, lamps, up = facts.get("PERSON"), facts.get("LAMPS"), facts.get("UP", "")
    if person not in ("NEAR", "AWAY", "NONE", "FAULT") or lamps is None:
        return None
    if not (up.isascii() and up.isdecimal() and len(up) <= 10):
        return None
    return BoardState(
        near={"NEAR": True, "AWAY": False}.get(person),
        sensor_fault=person == "FAULT",
        bad_lamps=frozenset(lamp for lamp in lamps.split(",") if lamp not in ("", "-")),
        uptime_s=int(up),
    )
