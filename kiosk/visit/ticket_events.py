"""Breaking off and going on elsewhere: the person's touches, and what became of draft and ticket."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.personal import Personal
from kiosk.visit.tickets import Claimed, Kept


@dataclass(frozen=True, slots=True)
class ElsewhereWanted:
    """ "Keep it and go on elsewhere", in a trouble or when leaving."""


@dataclass(frozen=True, slots=True)
class ResumeWanted:
    """ "Go on with a ticket" on the home screen."""


@dataclass(frozen=True, slots=True)
class TicketTyped:
    """The ticket as it was typed."""

    ticket: Personal


@dataclass(frozen=True, slots=True)
class DraftKept:
    """Durable in the outbox, sealed."""

    effect: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class DraftNotKept:
    """Nothing was kept; everything is still on the screen."""

    effect: int
    code: str


@dataclass(frozen=True, slots=True)
class TicketChecked:
    """The ticket as it is written; with a ``code``, why the portal need not be asked."""

    effect: int
    ticket: Personal
    code: str = ""


@dataclass(frozen=True, slots=True)
class DraftClaimed:
    """The portal gave the draft back, and has it no more."""

    effect: int
    claimed: Claimed


@dataclass(frozen=True, slots=True)
class ClaimFailed:
    """Another person's, unknown, used, too old, or nobody to ask."""

    effect: int
    code: str


TicketTouch = ElsewhereWanted | ResumeWanted | TicketTyped
TicketOutcome = DraftKept | DraftNotKept | TicketChecked | DraftClaimed | ClaimFailed
