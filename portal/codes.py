"""Look-up codes: short, typeable, derived from a case's key, with a character that shows a slip.

Twelve characters of Crockford's base 32 (no I, L, O, U): eleven are 55 bits of SHA-256 over the
key, whose 74 random bits nobody else knows; the twelfth checks the others. A million cases make one
guess in 3.6e10 a hit, and two of them share a code with a chance of about 1 in 70,000.
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s·.\-_—–]+")
_CHARACTERS = 11
LENGTH = _CHARACTERS + 1
"""Characters of a look-up code, the check character included."""


def crockford(data: bytes, characters: int) -> str:
    """The first ``5 * characters`` bits of ``data`` in Crockford's base 32 (no I, L, O, U)."""
    value = int.from_bytes(data, "big") >> (len(data) * 8 - characters * 5)
    return "".join(CROCKFORD[value >> (5 * place) & 31] for place in reversed(range(characters)))


def coded(label: str, secret: str) -> str:
    """A code of :data:`LENGTH` characters derived from ``secret``; ``label`` keeps kinds apart."""
    body = crockford(hashlib.sha256(f"{label}:{secret}".encode()).digest(), _CHARACTERS)
    return body + check_character(body)


def lookup_code(key: str) -> str:
    """The look-up code of a case."""
    return coded("cw-lookup", key)


def claim_ticket(secret: str) -> str:
    """The claim ticket of a journey that was broken off, from a secret of 16 random bytes or more."""
    return coded("cw-ticket", secret)


def check_character(body: str) -> str:
    """The last character: any one character mistyped, and any two exchanged, no longer fit.

    A weighted sum in the field of 32 elements (x^5 + x^2 + 1), each place with a weight of its own.
    """
    total = 0
    for char in reversed(body):
        total = _doubled(total ^ CROCKFORD.index(char))
    return CROCKFORD[total]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def typed_code(text: str) -> str | None:
    """The code somebody typed or scanned, as it is kept; None if it can't be one.

    Forgiven: small letters, separators, O for 0, I and L for 1, and the address around it that the
    printed QR code holds.
    """
    last = text.strip().rsplit("/", 1)[-1]
    code = _SEPARATORS.sub("", last).upper().translate(_MISREAD)
    if len(code) != LENGTH or not set(code) <= set(CROCKFORD):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def shown_lookup_code(code: str) -> str:
    """The code as printed and read aloud: ``7K4M·92QF·3TXM``."""
    cuts = [*range(0, len(code), 4), len(code)]
    return "·".join(code[start:end] for start, end in pairwise(cuts))
