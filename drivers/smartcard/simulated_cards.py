"""Chips for the simulator: what a card answers to a command, free of any wire.

Nobody's: the numbers are of areas never issued, the bank card is the published test number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from drivers.ports import IdDocument
from drivers.sdt.cards import demo_card
from drivers.sdt.frames import CardContent, pack_content
from drivers.sdt.record import encode_record
from drivers.smartcard.bank import CONTACT_DIRECTORY, CONTACTLESS_DIRECTORY
from drivers.smartcard.resident import PIECE
from drivers.smartcard.social import CARD_FILE, LENGTHS, PERSON_FILE, SELECT_SSSE
from drivers.smartcard.tlv import encode

OK, NOT_FOUND, NO_RECORD = b"\x90\x00", b"\x6a\x82", b"\x6a\x83"
NEEDS_KEY, NO_COMMAND, WRONG_CLASS = b"\x69\x82", b"\x6d\x00", b"\x6e\x00"
CONDITIONS = b"\x69\x85"

ATR_T0 = bytes.fromhex("3B6500009C11010103")
ATR_T1 = bytes.fromhex("3B80800101")
OVERLONG_ATR = bytes([0x3B]) * 34
"""One byte more than an ATR can have: the reader's driver gives up on the chip, which is then mute."""


class SimulatedCard(Protocol):
    """A chip. ``atr``: its answer to reset."""

    atr: bytes

    def reset(self) -> None:
        """Power on: every selection is lost."""
        ...

    def respond(self, apdu: bytes) -> bytes:
        """The response APDU to a command APDU."""
        ...


class SocialSecurityChip:
    """SSSE with EF05 and EF06. ``locked``: files that want a key first."""

    atr = ATR_T0

    def __init__(
        self, records: Mapping[int, bytes] | None = None, locked: frozenset[int] = frozenset()
    ) -> None:
        self.records = dict(SOCIAL_RECORDS if records is None else records)
        self._locked = locked
        self.reset()

    def reset(self) -> None:
        """See the protocol."""
        self._application = False
        self._file = 0

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        if apdu[:4] == SELECT_SSSE[:4]:
            self._application, self._file = apdu[: len(SELECT_SSSE)] == SELECT_SSSE, 0
            return b"\x6f\x00" + OK if self._application else NOT_FOUND
        if not self._application:
            return CONDITIONS if apdu[0] == 0 else WRONG_CLASS
        match apdu[1]:
            case 0xA4:
                self._file = int.from_bytes(apdu[5:7], "big")
                return OK if self._file in (CARD_FILE, PERSON_FILE) else NOT_FOUND
            case 0xB2:
                return self._record(apdu[2])
        return NO_COMMAND

    def _record(self, tag: int) -> bytes:
        if self._file in self._locked:
            return NEEDS_KEY
        of_file = range(0x01, 0x08) if self._file == CARD_FILE else range(0x08, 0x0E)
        if tag not in of_file or tag not in self.records:
            return NO_RECORD
        value = self.records[tag]
        return bytes([tag, len(value)]) + value + OK


class BankChip:
    """A UnionPay debit card by contact (1PAY) or without (2PAY). ``digits``: of its number."""

    aid = bytes.fromhex("A000000333010101")

    def __init__(self, digits: str = "6200000000000005", *, contactless: bool = False) -> None:
        self.atr = ATR_T1 if contactless else ATR_T0
        self._contactless = contactless
        packed = bytes.fromhex(digits + "F" * (len(digits) % 2))
        text = digits + "D3012201" + "0" * 8
        track = bytes.fromhex(text + "F" * (len(text) % 2))
        self._answers = {
            True: encode(0x77, encode(0x82, b"\x20\x00") + encode(0x57, track)),
            False: encode(0x80, b"\x7c\x00" + bytes.fromhex("10010100")),
        }
        self._records = {
            (1, 1): encode(0x70, encode(0x61, encode(0x4F, self.aid) + encode(0x87, b"\x01"))),
            (2, 1): encode(0x70, encode(0x5F24, b"\x30\x12\x31") + encode(0x5A, packed)),
        }
        self.reset()

    def reset(self) -> None:
        """See the protocol."""
        self._selected = b""
        self._started = False

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        match apdu[0], apdu[1]:
            case 0x00, 0xA4 if apdu[2] == 0x04:
                return self._select(apdu[5 : 5 + apdu[4]])
            case 0x80, 0xA8:
                return self._options(apdu[5 : 5 + apdu[4]])
            case 0x00, 0xB2:
                return self._record(apdu[3] >> 3, apdu[2])
        return NO_COMMAND

    def _select(self, name: bytes) -> bytes:
        entry = encode(0x61, encode(0x4F, self.aid) + encode(0x87, b"\x01"))
        if name == CONTACTLESS_DIRECTORY and self._contactless:
            inner = encode(0x84, name) + encode(0xA5, encode(0xBF0C, entry))
        elif name == CONTACT_DIRECTORY and not self._contactless:
            inner = encode(0x84, name) + encode(0xA5, encode(0x88, b"\x01"))
        elif name == self.aid:
            pdol = bytes.fromhex("9F66049F02065F2A029A03" if self._contactless else "9F1A02")
            inner = encode(0x84, name) + encode(0xA5, encode(0x9F38, pdol))
        else:
            return NOT_FOUND
        self._selected, self._started = name, False
        return encode(0x6F, inner) + OK

    def _options(self, data: bytes) -> bytes:
        wanted = 15 if self._contactless else 2
        if self._selected != self.aid:
            return CONDITIONS
        if data[:1] != b"\x83" or len(data) != wanted + 2:
            return b"\x67\x00"
        self._started = True
        return self._answers[self._contactless] + OK

    def _record(self, sfi: int, number: int) -> bytes:
        if sfi != 1 and not self._started:
            return CONDITIONS
        record = self._records.get((sfi, number))
        return NO_RECORD if record is None else record + OK


class ResidentCardReader:
    """A resident ID card as a combined reader shows it: the content in pieces, by pseudo-APDU."""

    atr = ATR_T1

    def __init__(self, content: bytes) -> None:
        self.content = content

    def reset(self) -> None:
        """See the protocol."""

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        if apdu[:2] != b"\xff\xb0":
            return WRONG_CLASS if apdu[0] != 0xFF else NO_COMMAND
        piece = self.content[apdu[2] * PIECE : (apdu[2] + 1) * PIECE]
        return piece + OK if piece else NO_RECORD


class GarbageChip:
    """Answers everything with success and nonsense; ``answer`` is all it says."""

    atr = ATR_T0

    def __init__(self, answer: bytes = bytes(range(0xC0, 0xE0)) + OK) -> None:
        self._answer = answer

    def reset(self) -> None:
        """See the protocol."""

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        return self._answer


class MuteChip:
    """A chip whose answer to reset is none, so that it never gets as far as a command."""

    atr = OVERLONG_ATR

    def reset(self) -> None:
        """See the protocol."""

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        return NO_COMMAND


class StrictT0:
    """A chip that speaks T=0 to the letter: data wait for GET RESPONSE (``61xx``), a wrong expected
    length is put right (``6Cxx``). ``chunk``: most bytes it gives at once."""

    def __init__(self, card: SimulatedCard, chunk: int = 0x100) -> None:
        self._card = card
        self.atr = card.atr
        self._chunk = chunk
        self._waiting = b""

    def reset(self) -> None:
        """See the protocol."""
        self._waiting = b""
        self._card.reset()

    def respond(self, apdu: bytes) -> bytes:
        """See the protocol."""
        if apdu[1:2] == b"\xc0":
            return self._next(apdu[4])
        self._waiting = b""
        response = self._card.respond(apdu)
        data, status = response[:-2], response[-2:]
        if not data:
            return status
        if len(apdu) > 5 or len(data) > self._chunk:
            self._waiting = response
            return bytes([0x61, len(data[: self._chunk]) & 0xFF])
        return (
            response if apdu[4:5] == bytes([len(data) & 0xFF]) else bytes([0x6C, len(data) & 0xFF])
        )

    def _next(self, wanted: int) -> bytes:
        data, status = self._waiting[:-2], self._waiting[-2:]
        if not data:
            return CONDITIONS
        ready = min(len(data), self._chunk)
        if wanted & 0xFF != ready & 0xFF:
            return bytes([0x6C, ready & 0xFF])
        part, rest = data[:ready], data[ready:]
        self._waiting = rest + status if rest else b""
        return part + (bytes([0x61, min(len(rest), self._chunk) & 0xFF]) if rest else status)


def _gbk(tag: int, text: str) -> bytes:
    return text.encode("gb18030").ljust(LENGTHS[tag], b"\0")


def _bcd(day: date) -> bytes:
    return bytes.fromhex(f"{day:%Y%m%d}")


_PERSON = demo_card("resident")

SOCIAL_RECORDS: Mapping[int, bytes] = {
    0x01: bytes.fromhex("440500D1560000050000000000000001"),
    0x05: _bcd(date(2019, 5, 6)),
    0x06: _bcd(date(2029, 5, 6)),
    0x07: b"S00000001",
    0x08: _PERSON.number.encode("ascii"),
    0x09: _gbk(0x09, _PERSON.name),
    0x0A: b"1",
    0x0B: b"\x01",
    0x0C: bytes.fromhex("440599"),
    0x0D: _bcd(date(1988, 2, 14)),
}


def social_chip(person: IdDocument) -> SocialSecurityChip:
    """A card of the person whose ID card this is, as long valid; what that does not say is left out."""
    texts = {
        0x08: person.number.encode("ascii").ljust(LENGTHS[0x08], b"\0"),
        0x0A: person.sex.encode("ascii"),
    }
    dates = {0x05: person.valid_from, 0x06: person.valid_to, 0x0D: person.birth}
    records = {tag: SOCIAL_RECORDS[tag] for tag in (0x01, 0x07, 0x0C)}
    records |= {tag: value for tag, value in texts.items() if value}
    records |= {tag: _bcd(day) for tag, day in dates.items() if day is not None}
    records |= {0x0B: bytes.fromhex(person.nation)} if person.nation else {}
    return SocialSecurityChip({**records, 0x09: _gbk(0x09, person.name)})


def _resident() -> ResidentCardReader:
    record = encode_record(demo_card("resident"))
    return ResidentCardReader(pack_content(CardContent(record, bytes(1024))))


CARDS: Mapping[str, Callable[[], SimulatedCard]] = {
    "social_security": SocialSecurityChip,
    "social_security_t0": lambda: StrictT0(SocialSecurityChip(), chunk=12),
    "social_security_psam": lambda: SocialSecurityChip(locked=frozenset({CARD_FILE, PERSON_FILE})),
    "bank": lambda: StrictT0(BankChip()),
    "bank_contactless": lambda: BankChip(contactless=True),
    "resident": _resident,
    "garbage": GarbageChip,
    "mute": MuteChip,
}
"""Cards by the names that the simulator's ``insert_card`` takes."""
