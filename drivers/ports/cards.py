"""Readers of identity cards and of chip cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.ports.adapter import Adapter
from drivers.results import Result


class IdDocumentKind(StrEnum):
    """The four text layouts of the SAM module; told apart by the record itself, never by the number."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmtPermit"
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"


@dataclass(frozen=True, slots=True)
class IdDocument:
    """What an ID-card reader returned. Personal: lives in memory only; ``repr`` shows no content.

    ``sex`` and ``nation`` are the codes on the card as text (GB/T 2261.1, GB/T 3304), unknown codes
    kept. ``valid_to`` None means 长期 (no expiry). ``photo`` is the opaque WLT stream, ``b""`` if none.
    ``appended_address``: the newest address noted on the card later, ``fingerprint``: its opaque
    features; both only if the reader is set to ask for them.
    """

    kind: IdDocumentKind
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(repr=False)
    birth: date | None = field(repr=False)
    valid_from: date | None = field(repr=False)
    valid_to: date | None = field(repr=False)
    long_term: bool = field(default=False, repr=False)
    nation: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)
    name_latin: str = field(default="", repr=False)
    country: str = field(default="", repr=False)
    pass_number: str = field(default="", repr=False)
    issue_count: str = field(default="", repr=False)
    related_number: str = field(default="", repr=False)
    photo: bytes = field(default=b"", repr=False)
    appended_address: str = field(default="", repr=False)
    fingerprint: bytes = field(default=b"", repr=False)


@runtime_checkable
class IdCardReader(Adapter, Protocol):
    """A reader of resident ID cards and the permits of the same family."""

    def read_card(self, timeout_s: float) -> Result[IdDocument]:
        """Wait for a card and read it. Emits ``card_found`` when a card is seen.

        Failures: ``idcard.none`` (no card in time), ``idcard.removed``, ``idcard.unreadable``,
        ``idcard.unknown_type``, ``idcard.not_lifted``, ``idcard.sam_fault``, ``device.*``.
        """
        ...


@dataclass(frozen=True, slots=True)
class SocialSecurityCard:
    """The free records of a social-security card (SSSE); what a card does not give stays empty.

    Read, not verified: whether the card is genuine takes a PSAM or a key server. Personal.
    ``number`` is the social-security number (the resident's ID number), ``sex`` and ``nation`` are
    the card's codes as text.
    """

    card_number: str = field(repr=False)
    number: str = field(repr=False)
    name: str = field(repr=False)
    sex: str = field(default="", repr=False)
    nation: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    issued: date | None = field(default=None, repr=False)
    expires: date | None = field(default=None, repr=False)
    card_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BankCard:
    """A bank card's number, masked where it was read (``620000******0005``): neither identity nor
    proof of payment. ``application``: the identifier (AID) it was read from, in hex."""

    masked_number: str
    application: str = ""


@runtime_checkable
class SmartCardReader(Adapter, Protocol):
    """A reader of contact or contactless chip cards. The status shows a card as media ``present``.

    Both operations wait for a card, emit ``card_found`` when one is seen, and fail with
    ``smartcard.none`` (no card in time), ``smartcard.removed``, ``smartcard.mute`` (the chip does
    not answer), ``smartcard.unsupported`` (no such application on it), ``smartcard.unreadable``
    (an answer that is none), ``device.*``.
    """

    def read_social_card(self, timeout_s: float) -> Result[SocialSecurityCard]:
        """Read the free records. Also ``smartcard.needs_authentication``: the card demands a PSAM."""
        ...

    def read_bank_card(self, timeout_s: float) -> Result[BankCard]:
        """Read the number of a payment card (PBOC/EMV) and mask it at once."""
        ...
