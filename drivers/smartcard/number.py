"""Bank card numbers: masked where they are read, so that the whole number goes no further."""

from __future__ import annotations


def masked_number(packed: bytes) -> str | None:
    """First six and last four digits of tag 5A (packed BCD, filled with F): ``620000******0005``.

    None if it is no number of 12 to 19 digits whose Luhn check digit (ISO/IEC 7812-1) holds.
    """
    if not 6 <= len(packed) <= 10:
        return None
    digits = packed.hex().rstrip("f")
    if not 12 <= len(digits) <= 19 or not digits.isdecimal() or not _luhn_holds(digits):
        return None
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]


def masked_track(track: bytes) -> str | None:
    """The masked number at the head of tag 57 (number, ``D``, and what is nobody's business here)."""
    digits, separator, _ = track.hex().partition("d")
    if not separator:
        return None
    return masked_number(bytes.fromhex(digits + "f" * (len(digits) % 2)))


def _luhn_holds(digits: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
