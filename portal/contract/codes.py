"""Look-up codes: short, typeable, derived from a case's key."""

from __future__ import annotations

import hashlib

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(data: bytes, characters: int) -> str:
    """The first ``5 * characters`` bits of ``data`` in Crockford's base 32 (no I, L, O, U)."""
    value = int.from_bytes(data, "big") >> (len(data) * 8 - characters * 5)
    return "".join(CROCKFORD[value >> (5 * place) & 31] for place in reversed(range(characters)))


def lookup_code(key: str) -> str:
    """The eight-character look-up code of a case: 40 bits of SHA-256 over its key."""
    return crockford(hashlib.sha256(f"cw-lookup:{key}".encode()).digest(), 8)


def shown_lookup_code(code: str) -> str:
    """The code as printed and read aloud: ``ST·7K4M·92QF``."""
    return f"ST·{code[:4]}·{code[4:]}"
