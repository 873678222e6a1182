"""What must be done to break a journey off and to go on with it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.personal import Holder, Personal


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Seal what was filled in and store it durably under a new ticket → DraftKept | DraftNotKept.
    Consent, signature and pictures are never part of it."""

    effect: int
    item: str
    item_version: int
    holder: Holder
    place: str
    form: Mapping[str, Personal] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckTicket:
    """Can it be a ticket, and does it wait here still? → TicketChecked"""

    effect: int
    ticket: Personal


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """Ask the portal for the draft → DraftClaimed | ClaimFailed. ``assurance``: level and methods."""

    effect: int
    ticket: Personal
    holder: Holder
    assurance: Mapping[str, Any]


TicketEffect = KeepDraft | CheckTicket | ClaimDraft
