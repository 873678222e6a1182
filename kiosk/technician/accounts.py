"""Technicians of one terminal: a number, a PIN, a secret for one-time codes, and a role.

They lie in one file of the data folder (mode 0600), made by ``kiosk technician add``: sign-in works
without a line. A one-time code is that of RFC 6238 (SHA-1, six digits, 30 s), as authenticator
programs on phones make it.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from config.replacing import replace_file

log = logging.getLogger(__name__)

STEP_S = 30
DIGITS = 6
ISSUER = "Citizen Window"


class Role(StrEnum):
    """What an account may do, each more than the one before."""

    LOOK = "look"
    REPAIR = "repair"
    MANAGE = "manage"

    def covers(self, needed: Role) -> bool:
        """Does it suffice?"""
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Account:
    """``pin``: as :func:`kiosk.terminal.staff.hash_pin` makes it; ``secret``: base32."""

    number: str
    role: Role
    pin: str = field(repr=False)
    secret: str = field(repr=False)

    def accepts(self, code: str, at: float, after: int) -> int | None:
        """The time step whose code this is, near ``at`` (seconds since 1970) and later than ``after``
        (a code is good once); None if it is none."""
        totp = one_time(self.secret)
        now = int(at // STEP_S)
        for step in (now, now - 1, now + 1):
            if step > after and secrets.compare_digest(
                totp.generate(step * STEP_S), code.encode("utf-8", "replace")
            ):
                return step
        return None

    def code(self, at: float) -> str:
        """The one-time code of a moment (seconds since 1970)."""
        return one_time(self.secret).generate(int(at)).decode("ascii")

    def uri(self, terminal: str) -> str:
        """What an authenticator program takes, as text or QR code."""
        label = quote(f"{ISSUER}:{terminal}/{self.number}")
        return f"otpauth://totp/{label}?" + urlencode({"secret": self.secret, "issuer": ISSUER})


def one_time(secret: str) -> TOTP:
    """The generator of an account's codes."""
    padded = secret + "=" * (-len(secret) % 8)
    sha1 = SHA1()  # noqa: S303 - in an HMAC; the only one that every authenticator program knows
    return TOTP(base64.b32decode(padded), DIGITS, sha1, STEP_S, enforce_key_length=False)


def new_secret() -> str:
    """160 bits, as RFC 4226 recommends, in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


class Accounts:
    """The accounts of one terminal, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> dict[str, Account]:
        """By number. A file that can't be read or was spoilt admits nobody, and is logged."""
        try:
            kept = json.loads(self._path.read_bytes())
            return {
                str(number): Account(str(number), Role(one["role"]), one["pin"], one["secret"])
                for number, one in kept["accounts"].items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("technician.accounts_unreadable error=%s", type(error).__name__)
            return {}

    def put(self, account: Account) -> None:
        """Add or replace one. OSError where nothing can be written."""
        self._write({**self.all(), account.number: account})

    def remove(self, number: str) -> bool:
        """False if there is none of this number."""
        accounts = self.all()
        if accounts.pop(number, None) is None:
            return False
        self._write(accounts)
        return True

    def _write(self, accounts: dict[str, Account]) -> None:
        kept = {number: asdict(account) for number, account in accounts.items()}
        replace_file(self._path, json.dumps({"accounts": kept}).encode())
