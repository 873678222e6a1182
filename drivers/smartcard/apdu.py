"""Questions to a card and its answers (ISO/IEC 7816-4), whatever carries them.

A reader's own wire shows only in :data:`Transmit`: PC/SC and XFS4IoT each bring one. What the card
or the wire does wrong ends a reading through :class:`Trouble`, which carries the failure; it never
quotes data of the card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.results import Failure, Result

Transmit = Callable[[bytes], Result[bytes]]
"""Sends one command APDU and gives the response APDU, status word included; or why there is none."""

DONE = 0x9000
_MORE, _OTHER_LENGTH = 0x61, 0x6C
_MOST_EXCHANGES = 80
_MOST_DATA = 0x10000

_ABSENT = frozenset({0x6A81, 0x6A82, 0x6A83, 0x6A86, 0x6A88, 0x6D00, 0x6E00})
_REFUSED = frozenset({0x6982, 0x6983, 0x6984, 0x6985, 0x6986, 0x6987, 0x6988})
_LOCKED = frozenset({0x6283, 0x6285, 0x9303})


class Trouble(Exception):  # noqa: N818 - an outcome on its way out of a reading, not an error
    """A reading cannot go on."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Answer:
    """Data of a response, and its status word."""

    data: bytes = field(repr=False)
    status: int

    @property
    def done(self) -> bool:
        """The command was carried out."""
        return self.status == DONE

    @property
    def absent(self) -> bool:
        """There is no such file, record, application or command on the card."""
        return self.status in _ABSENT

    @property
    def locked(self) -> bool:
        """The file or application is there, and was put out of use."""
        return self.status in _LOCKED

    @property
    def needs_authentication(self) -> bool:
        """The card wants a key first: security status, conditions of use, secure messaging."""
        return self.status in _REFUSED

    @property
    def status_text(self) -> str:
        """The status word in hex, for a failure's detail."""
        return f"{self.status:04X}"


def command(
    ins: int, p1: int, p2: int, data: bytes = b"", le: int | None = None, cla: int = 0
) -> bytes:
    """A short command APDU. ``le``: bytes expected, 0 for as many as there are; None for none.

    :class:`ValueError` for more than 255 bytes of data.
    """
    head = bytes([cla, ins, p1, p2])
    if data:
        head += bytes([len(data)]) + data
    return head if le is None else head + bytes([le])


def select_name(name: bytes, le: int | None = 0) -> bytes:
    """SELECT by name or application identifier; the first one that fits."""
    return command(0xA4, 0x04, 0x00, name, le)


def read_record(sfi: int, number: int, le: int = 0) -> bytes:
    """READ RECORD of one record by its number; ``sfi`` 0 is the file selected."""
    return command(0xB2, number, sfi << 3 | (0x04 if sfi else 0x00), b"", le)


def with_length(apdu: bytes, le: int) -> bytes:
    """The same command with another expected length, after the card's ``6Cxx``."""
    return apdu_without_length(apdu) + bytes([le])


def apdu_without_length(apdu: bytes) -> bytes:
    """A short command without its expected length."""
    if len(apdu) <= 5:
        return apdu[:4]
    return apdu[: 5 + apdu[4]]


class Dialogue:
    """A talk with the card: takes care of ``61xx`` (more data waits) and ``6Cxx`` (another length),
    which a card speaking T=0 needs, and other readers pass on."""

    def __init__(self, transmit: Transmit) -> None:
        self._transmit = transmit

    def ask(self, apdu: bytes) -> Answer:
        """The card's answer, its parts joined. Raises :class:`Trouble`: the transport's failure, or
        ``smartcard.unreadable`` for an answer that is none, or that never ends."""
        data = b""
        for _ in range(_MOST_EXCHANGES):
            part = self._exchange(apdu)
            high, low = part.status >> 8, part.status & 0xFF
            if high == _OTHER_LENGTH and not part.data:
                apdu = with_length(apdu, low)
                continue
            data += part.data
            if high != _MORE:
                return Answer(data, part.status)
            if len(data) > _MOST_DATA:
                break
            apdu = command(0xC0, 0, 0, b"", low)
        raise Trouble(Failure("smartcard.unreadable", "an answer without end"))

    def _exchange(self, apdu: bytes) -> Answer:
        response = self._transmit(apdu)
        if isinstance(response, Failure):
            raise Trouble(response)
        if not 2 <= len(response.value) <= _MOST_DATA + 2:
            raise Trouble(
                Failure("smartcard.unreadable", f"an answer of {len(response.value)} bytes")
            )
        return Answer(response.value[:-2], int.from_bytes(response.value[-2:], "big"))


def unreadable(what: str, answer: Answer) -> Trouble:
    """An answer that makes no sense where it came."""
    return Trouble(Failure("smartcard.unreadable", f"{what}: SW {answer.status_text}"))
