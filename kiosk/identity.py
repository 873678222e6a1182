"""Checks on identity documents: the citizen number (GB 11643) and validity dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drivers.ports import IdDocument, IdDocumentKind

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CENTURIES = ("18", "19", "20")
"""Of a birth: the numbers are given out since 1984."""


def check_digit(first17: str) -> str:
    """Check character of GB 11643 (ISO 7064 MOD 11-2) for the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def is_citizen_number(number: str) -> bool:
    """Length, century, date and check digit; not today's date, which a terminal may not know.

    Prefixes are not compared with today's divisions: numbers of divisions abolished long ago stay
    valid for life.
    """
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        return False
    if number[6:8] not in _CENTURIES:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return check_digit(number[:17]) == number[17].upper()


def same_number(number: str) -> str:
    """A citizen's number as it is compared: readers and codes write its X in either case, and a person
    who comes with a code is the one who came with a card. Other documents' numbers stay as they are."""
    return number.upper() if is_citizen_number(number) else number


def document_fault(document: IdDocument, today: date) -> str:
    """Failure code for a document that was read but can't be used; empty if it can."""
    return identity_fault(document.kind, document.number, document.valid_to, today)


def identity_fault(kind: IdDocumentKind, number: str, valid_to: date | None, today: date) -> str:
    """As :func:`document_fault`, of what is known of a document that was not itself read.

    The foreigners' 2017 number has its own form and no public check digit: only dates are checked.
    """
    from drivers.ports import IdDocumentKind

    if kind is not IdDocumentKind.FOREIGNER_2017 and not is_citizen_number(number):
        return "idcard.number_invalid"
    if valid_to is not None and valid_to < today:
        return "idcard.expired"
    return ""


_COMPANY_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_COMPANY_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def company_check_character(first17: str) -> str:
    """Check character of GB 32100 for the first 17 characters of a 统一社会信用代码.

    Raises ValueError for a character that the standard does not use (I, O, S, V, Z, lower case).
    """
    total = sum(
        _COMPANY_ALPHABET.index(char) * weight
        for char, weight in zip(first17, _COMPANY_WEIGHTS, strict=True)
    )
    return _COMPANY_ALPHABET[-total % 31]


def is_company_code(code: str) -> bool:
    """Length, characters, six digits of a division, and check character. As with citizens' numbers
    the division is not compared with today's: it is where the company was first registered."""
    code = code.upper() if code.isascii() else code
    if len(code) != 18 or any(char not in _COMPANY_ALPHABET for char in code):
        return False
    return code[2:8].isdigit() and company_check_character(code[:17]) == code[17]
