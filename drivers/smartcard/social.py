"""Free records of the social-security card (SSSE): EF05 and EF06, each record tag, length, value.

Nothing here verifies a card: that takes a PSAM or a key server. Tags and forms as published by
integrators' drivers; which card generations still give them without a key is unverified.
"""

from __future__ import annotations

from datetime import date

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
