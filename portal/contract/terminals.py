"""A terminal's own affairs with the portal: enrolment, renewal of its certificate, its standing."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from portal.contract.base import AnswerModel, RequestModel, Terminal, Timestamp

CONTRACT_VERSION = "1.4.0"
"""Version of the document that this client was written for. Portal and terminal fit when the first
number is the same."""

EnrolmentCode = Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{16}$")]
"""80 bits of chance in Crockford's base 32; shown as four groups of four."""

SigningRequest = Annotated[str, Field(min_length=1, max_length=8192)]
"""PKCS #10 (RFC 2986) in PEM: common name is the terminal's id, key on P-256."""


class TerminalState(StrEnum):
    """Whether a terminal is to serve; an unknown state is read as suspended."""

    ACTIVE = "active"
    SUSPENDED = "suspended"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("suspended") if isinstance(value, str) else None


class EnrolmentRequest(RequestModel):
    """A one-time code and what is to be certified. The private key stays in the terminal."""

    terminal: Terminal
    code: EnrolmentCode
    csr: SigningRequest


class RenewalRequest(RequestModel):
    """What is to be certified next, asked with the certificate still held."""

    terminal: Terminal
    csr: SigningRequest


class TerminalCertificate(AnswerModel):
    """The certificate, in PEM, followed by intermediate ones if there are any."""

    terminal: str
    certificate: str
    not_after: Timestamp


class TokenRequest(RequestModel):
    """A token for the certificate that is shown."""

    terminal: Terminal


class TokenAnswer(AnswerModel):
    """A token bound to the certificate it was asked with (RFC 8705, cnf x5t#S256); ``expires_in``
    seconds. A terminal shows it as Authorization: Bearer and looks at nothing inside."""

    access_token: Annotated[str, Field(min_length=1, max_length=4096, pattern=r"^[\x21-\x7e]+$")]
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Field(ge=1)]


class TerminalConfig(AnswerModel):
    """Settings for one terminal, as the operators signed them (Ed25519, base64, over the document's
    UTF-8 bytes). ``document`` is JSON: terminal, revision, not_after, settings."""

    document: Annotated[str, Field(max_length=65536)]
    signature: Annotated[str, Field(max_length=200)]


class TerminalSelf(AnswerModel):
    """How the portal knows this terminal. ``ring``: the group it gets changes with. ``contract``:
    version of the contract the portal fulfils."""

    terminal: str
    state: TerminalState
    site: str
    ring: str
    contract: str


def config_tag(document: str) -> str:
    """The ETag of a :class:`TerminalConfig`: its document's SHA-256."""
    return f'"{hashlib.sha256(document.encode()).hexdigest()}"'
