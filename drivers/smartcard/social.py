"""Free records of the social-security card (SSSE): EF05 and EF06, each record tag, length, value.

Nothing here verifies a card: that takes a PSAM or a key server. Tags and forms as published by
integrators' drivers; which card generations still give them without a key is unverified. A card
that wants a key first is told as that, and never half read: name and number come, or nothing does.
"""

from __future__ import annotations

import re
from datetime import date

from drivers.ports import SocialSecurityCard
from drivers.results import Failure, Ok, Result
from drivers.smartcard.apdu import Dialogue, Transmit, Trouble, command, read_record, unreadable

SELECT_SSSE = bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
LENGTHS = {
    0x01: 0x10,
    0x05: 4,
    0x06: 4,
    0x07: 9,
    0x08: 0x12,
    0x09: 0x1E,
    0x0A: 1,
    0x0B: 1,
    0x0C: 3,
    0x0D: 4,
}
"""Length of each item's value by its tag."""


class RecordError(ValueError):
    """Not the record it should be; the message names the tag, never what it holds."""


def record_value(tag: int, record: bytes) -> bytes:
    """The value in the answer to READ RECORD for ``tag``. Raises :class:`RecordError`."""
    length = LENGTHS[tag]
    if len(record) != length + 2 or record[0] != tag or record[1] != length:
        raise RecordError(f"record {tag:02X}: tag or length")
    return record[2:]


def gbk_text(tag: int, value: bytes) -> str:
    """A text item, padding removed. Raises :class:`RecordError`."""
    try:
        text = value.rstrip(b"\0 \xff").decode("gb18030").strip()
    except UnicodeDecodeError:
        raise RecordError(f"record {tag:02X}: not GBK") from None
    if not text or not text.isprintable():
        raise RecordError(f"record {tag:02X}: blank or unprintable")
    return text


def bcd_date(tag: int, value: bytes) -> date:
    """A date of four BCD bytes, YYYYMMDD. Raises :class:`RecordError`."""
    digits = value.hex()
    if len(digits) != 8 or not digits.isdecimal():
        raise RecordError(f"record {tag:02X}: not a date")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise RecordError(f"record {tag:02X}: no such day") from None


CARD_FILE, PERSON_FILE = 0xEF05, 0xEF06
_NUMBER = re.compile(r"[0-9A-Z]{8,18}")
_CARD_ID, _ISSUED, _EXPIRES, _CARD_NUMBER = 0x01, 0x05, 0x06, 0x07
_PERSON_NUMBER, _NAME, _SEX, _NATION, _BIRTH = 0x08, 0x09, 0x0A, 0x0B, 0x0D


def read_social_card(transmit: Transmit) -> Result[SocialSecurityCard]:
    """The free records of the card that ``transmit`` talks to.

    Failures: those of ``transmit``; ``smartcard.unsupported`` (no social-security application),
    ``smartcard.needs_authentication`` (name or number are not free on this card),
    ``smartcard.unreadable``. No failure's detail quotes the card.
    """
    try:
        return Ok(_read(Dialogue(transmit)))
    except Trouble as trouble:
        return trouble.failure
    except RecordError as bad:
        return Failure("smartcard.unreadable", str(bad))


def _read(card: Dialogue) -> SocialSecurityCard:
    selected = card.ask(SELECT_SSSE)
    if selected.absent or selected.locked:
        raise Trouble(Failure("smartcard.unsupported", f"SSSE: SW {selected.status_text}"))
    if not selected.done:
        raise unreadable("SSSE", selected)
    of_card = _records(card, CARD_FILE, (_CARD_ID, _ISSUED, _EXPIRES, _CARD_NUMBER), ())
    wanted = (_PERSON_NUMBER, _NAME)
    person = _records(card, PERSON_FILE, (*wanted, _SEX, _NATION, _BIRTH), wanted)
    number = gbk_text(_PERSON_NUMBER, person[_PERSON_NUMBER])
    if not _NUMBER.fullmatch(number):
        raise RecordError(f"record {_PERSON_NUMBER:02X}: not a number")
    return SocialSecurityCard(
        card_number=_text(_CARD_NUMBER, of_card),
        number=number,
        name=gbk_text(_NAME, person[_NAME]),
        sex=_text(_SEX, person),
        nation=person.get(_NATION, b"").hex(),
        birth=_date(_BIRTH, person),
        issued=_date(_ISSUED, of_card),
        expires=_date(_EXPIRES, of_card),
        card_id=of_card.get(_CARD_ID, b"").hex().upper(),
    )


def _records(
    card: Dialogue, file: int, tags: tuple[int, ...], wanted: tuple[int, ...]
) -> dict[int, bytes]:
    """Values by tag of what the file gives; every one of ``wanted`` is in it, or the reading ends."""
    selected = card.ask(command(0xA4, 0x02, 0x00, file.to_bytes(2, "big")))
    if selected.needs_authentication or selected.absent:
        if not wanted:
            return {}
        detail = f"{file:04X}: SW {selected.status_text}"
        if selected.absent:
            raise Trouble(Failure("smartcard.unreadable", detail))
        raise Trouble(Failure("smartcard.needs_authentication", detail))
    if not selected.done:
        raise unreadable(f"{file:04X}", selected)
    found: dict[int, bytes] = {}
    for tag in tags:
        answer = card.ask(read_record(0, tag, LENGTHS[tag] + 2))
        if answer.done:
            value = record_value(tag, answer.data)
            if value.strip(b"\0 \xff"):
                found[tag] = value
        elif answer.needs_authentication and tag in wanted:
            raise Trouble(
                Failure("smartcard.needs_authentication", f"{tag:02X}: SW {answer.status_text}")
            )
        elif not (answer.absent or answer.needs_authentication):
            raise unreadable(f"record {tag:02X}", answer)
        if tag in wanted and tag not in found:
            raise RecordError(f"record {tag:02X}: not on the card")
    return found


def _text(tag: int, values: dict[int, bytes]) -> str:
    return gbk_text(tag, values[tag]) if tag in values else ""


def _date(tag: int, values: dict[int, bytes]) -> date | None:
    return bcd_date(tag, values[tag]) if tag in values else None
