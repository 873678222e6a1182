"""Codes that people show to be recognised: issued here for invented people, redeemed once.

In memory only: they live for a minute, and nobody's name is to be in the database.
"""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from dataclasses import dataclass

from portal.contract.answers import CredentialHolder
from portal.contract.base import ProblemCode
from portal.contract.requests import CredentialEnvelope, CredentialRequest
from portal.sandbox.problems import Refusal
from portal.sandbox.receivers import Receivers
from portal.sandbox.settings import SandboxSettings

_REMEMBERED = dt.timedelta(minutes=10)
"""How long a code that is used or too old is told from one that never was."""


@dataclass(slots=True)
class _Issued:
    holder: CredentialHolder
    until: dt.datetime
    used: bool = False


class Credentials:
    """Thread-safe."""

    def __init__(self, settings: SandboxSettings, receivers: Receivers) -> None:
        self._settings = settings
        self._receivers = receivers
        self._lock = threading.Lock()
        self._issued: dict[str, _Issued] = {}

    def issue(self, holder: CredentialHolder) -> str:
        """A code for ``holder``: 128 bits of chance, good for ``credential_valid_s`` seconds."""
        code = f"CWID1.{secrets.token_urlsafe(16)}"
        now = self._settings.clock()
        until = now + dt.timedelta(seconds=self._settings.credential_valid_s)
        with self._lock:
            self._issued = {
                known: one for known, one in self._issued.items() if one.until + _REMEMBERED > now
            }
            self._issued[code] = _Issued(holder, until)
        return code

    def redeem(self, envelope: CredentialEnvelope) -> CredentialHolder:
        """Whose code it is, once; raises :class:`Refusal`."""
        said = {"destination": envelope.destination}
        asked = self._receivers.open(envelope.sealed, envelope.destination, said, CredentialRequest)
        now = self._settings.clock()
        with self._lock:
            found = self._issued.get(asked.credential)
            if found is None:
                raise Refusal(ProblemCode.NOT_FOUND, title="This code was not issued")
            if found.used or found.until < now:
                raise Refusal(ProblemCode.EXPIRED, title="This code is used or too old")
            found.used = True
            return found.holder
