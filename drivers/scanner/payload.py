"""What is in a code: text within limits, and GS1 element strings. Pure functions.

Source: GS1 General Specifications, sections 3 (application identifiers), 7.8 (processing), 7.9
(check digits) and 7.11 (character set 82). What a code holds may be a credential: no failure's
detail quotes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from drivers.results import Failure, Ok, Result

MAX_CODE_BYTES = 7089
"""The most a QR code can hold (version 40-L, digits)."""

SEPARATOR = "\x1d"
"""FNC1 between elements, as every scanner transmits it."""

_MAX_ELEMENTS = 40
# Text that is shown otherwise than it is stored: a way to make a code look like another.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CSET_82 = frozenset(
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
)


@dataclass(frozen=True, slots=True)
class Ai:
    """An application identifier: value of ``shortest`` to ``longest`` characters, digits only or
    character set 82; ``checked`` by a check digit at the end; ``date`` as YYMMDD."""

    shortest: int
    longest: int
    numeric: bool = True
    checked: bool = False
    date: bool = False


def _n(length: int, longest: int = 0, *, checked: bool = False) -> Ai:
    return Ai(length if not longest else 1, longest or length, checked=checked)


def _x(longest: int) -> Ai:
    return Ai(1, longest, numeric=False)


def _table() -> dict[str, Ai]:
    table = {
        "00": _n(18, checked=True),
        "01": _n(14, checked=True),
        "02": _n(14, checked=True),
        "10": _x(20),
        "20": _n(2),
        "21": _x(20),
        "22": _x(20),
        "30": _n(1, 8),
        "37": _n(1, 8),
        "240": _x(30),
        "241": _x(30),
        "242": _n(1, 6),
        "250": _x(30),
        "251": _x(30),
        "254": _x(20),
        "400": _x(30),
        "401": _x(30),
        "402": _n(17, checked=True),
        "403": _x(30),
        "420": _x(20),
        "421": Ai(4, 12, numeric=False),
        "422": _n(3),
        "8005": _n(6),
        "8008": Ai(8, 12),
        "8018": _n(18, checked=True),
        "8020": _x(25),
        "8200": _x(70),
        "90": _x(30),
    }
    table |= {ai: Ai(6, 6, date=True) for ai in ("11", "12", "13", "15", "16", "17")}
    table |= {f"41{last}": _n(13, checked=True) for last in range(8)}
    table |= {str(own): _x(90) for own in range(91, 100)}
    # Measures: the fourth digit says how many of the six are decimals.
    table |= {
        f"{first}{decimals}": _n(6)
        for first in (*range(310, 317), *range(320, 338), *range(340, 358), *range(360, 370))
        for decimals in range(6)
    }
    return table


KNOWN_AIS: Mapping[str, Ai] = MappingProxyType(_table())

# First two digits of an AI to the length of its element without separator, AI included.
_PREDEFINED: Mapping[str, int] = MappingProxyType(
    {"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "20": 4, "41": 16}
    | {str(first): 8 for first in range(11, 20)}
    | {str(first): 10 for first in range(31, 37)}
)


@dataclass(frozen=True, slots=True)
class Gs1Message:
    """Element strings in the order of the symbol; ``repr`` shows no values."""

    elements: tuple[tuple[str, str], ...] = field(repr=False)

    def get(self, ai: str) -> str | None:
        """The value of an application identifier, None if it is not there."""
        return dict(self.elements).get(ai)


def decode_text(data: bytes, encoding: str, *, gs1: bool = False) -> Result[str]:
    """``data`` as text. ``scanner.unreadable`` for nothing at all, bytes that are not in the
    encoding, control characters (but the GS1 separator, if ``gs1``) and hidden direction marks."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return Failure("scanner.unreadable", f"not {encoding}")
    if not text.strip():
        return Failure("scanner.unreadable", "empty")
    allowed = SEPARATOR if gs1 else ""
    for character in text:
        point = ord(character)
        control = point < 0x20 or 0x7F <= point < 0xA0 or point in (0x2028, 0x2029)
        noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
        if (control and character not in allowed) or noncharacter or character in _BIDI:
            return Failure("scanner.unreadable", f"character U+{point:04X}")
    return Ok(text)


def check_digit(digits: str) -> str:
    """The GS1 check digit of ``digits`` (weights 3 and 1 from the right)."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def parse_gs1(text: str) -> Result[Gs1Message]:
    """The element strings of ``text`` (without symbology identifier; a leading separator is
    passed over). ``scanner.unknown_code`` for an unknown identifier, a value of the wrong length or
    characters, a wrong check digit or date, or the same identifier twice with different values;
    ``scanner.too_long`` beyond what any symbol holds."""
    if len(text) > MAX_CODE_BYTES:
        return Failure("scanner.too_long", f"{len(text)} characters")
    rest = text.removeprefix(SEPARATOR)
    elements: dict[str, str] = {}
    while rest:
        if len(elements) >= _MAX_ELEMENTS:
            return Failure("scanner.unknown_code", "too many elements")
        ai = next((rest[:n] for n in (2, 3, 4) if rest[:n] in KNOWN_AIS), None)
        if ai is None:
            return Failure("scanner.unknown_code", "no known application identifier")
        value, rest = _take(ai, rest)
        trouble = _trouble(KNOWN_AIS[ai], value)
        if trouble or elements.setdefault(ai, value) != value:
            return Failure("scanner.unknown_code", f"({ai}): {trouble or 'twice'}")
    if not elements:
        return Failure("scanner.unknown_code", "empty")
    return Ok(Gs1Message(tuple(elements.items())))


def _take(ai: str, rest: str) -> tuple[str, str]:
    """The value after ``ai``, and what follows it and its separator."""
    predefined = _PREDEFINED.get(ai[:2])
    if predefined is None:
        value, _, rest = rest[len(ai) :].partition(SEPARATOR)
        return value, rest
    # A separator after such an element is superfluous but tolerated.
    return rest[len(ai) : predefined], rest[predefined:].removeprefix(SEPARATOR)


def _trouble(ai: Ai, value: str) -> str:
    if not ai.shortest <= len(value) <= ai.longest:
        return f"{len(value)} characters"
    if ai.numeric and not (value.isascii() and value.isdecimal()):
        return "not digits"
    if not ai.numeric and not _CSET_82.issuperset(value):
        return "characters outside set 82"
    if ai.checked and check_digit(value[:-1]) != value[-1]:
        return "check digit"
    # Day 00 means the month as a whole.
    if ai.date and not (1 <= int(value[2:4]) <= 12 and int(value[4:6]) <= 31):
        return "date"
    return ""
