"""From bytes on a serial line to whole codes: terminator, silence, length. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Flaw(Enum):
    """Why bytes made no code."""

    PARTIAL = "partial"
    TOO_LONG = "tooLong"


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one code, without its terminator."""

    data: bytes = field(repr=False)


class Assembler:
    """Cuts a byte stream at the terminator. A serial line has no other mark than time, so begun
    bytes are given up by :meth:`silence`, which the caller calls when the line has been quiet.

    ``terminator``: one or two bytes. ``max_length``: bytes; a longer code is thrown away up to its
    terminator and reported once.
    """

    def __init__(self, terminator: bytes, max_length: int) -> None:
        if not terminator or max_length < 1:
            raise ValueError("a terminator and a positive length are needed")
        self._terminator, self._max_length = terminator, max_length
        self._buffer = bytearray()
        self._overlong = False

    @property
    def begun(self) -> bool:
        """True while bytes wait for their terminator."""
        return bool(self._buffer) or self._overlong

    def reset(self) -> None:
        """Forget what was begun."""
        self._buffer.clear()
        self._overlong = False

    def feed(self, data: bytes) -> list[Piece | Flaw]:
        """Take bytes; returns what they complete, in order. Empty codes are passed over, so that a
        line feed after a carriage return, or a stray terminator, is nothing."""
        found: list[Piece | Flaw] = []
        self._buffer += data
        while (at := self._buffer.find(self._terminator)) >= 0:
            body = bytes(self._buffer[:at])
            del self._buffer[: at + len(self._terminator)]
            overlong, self._overlong = self._overlong, False
            # Of a code thrown away only the tail is left here.
            if overlong:
                continue
            body = body.strip(b"\r\n")
            if len(body) > self._max_length:
                found.append(Flaw.TOO_LONG)
            elif body:
                found.append(Piece(body))
        if len(self._buffer) > self._max_length + len(self._terminator):
            if not self._overlong:
                found.append(Flaw.TOO_LONG)
            self._overlong = True
        if self._overlong:
            # The last bytes may be the first of the terminator.
            keep = len(self._terminator) - 1
            del self._buffer[: len(self._buffer) - keep]
        return found

    def silence(self) -> list[Piece | Flaw]:
        """The line has been quiet: what was begun will not be finished."""
        partial = bool(bytes(self._buffer).strip(b"\r\n")) and not self._overlong
        self.reset()
        return [Flaw.PARTIAL] if partial else []
