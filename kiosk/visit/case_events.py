"""The person's own cases: touches, and what the portal says."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.own import OpenCase, OwnCase


@dataclass(frozen=True, slots=True)
class CasesWanted:
    """ "My cases": on the home screen, and after something was done to one of them."""


@dataclass(frozen=True, slots=True)
class OlderCasesWanted:
    """The next page of the list."""


@dataclass(frozen=True, slots=True)
class CaseChosen:
    """One of those listed, by its place from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class SupplementWanted:
    """Hand in what the opened case lacks."""


@dataclass(frozen=True, slots=True)
class WithdrawalWanted:
    """Withdraw the opened case; what that means is said before it is done."""


@dataclass(frozen=True, slots=True)
class CasesListed:
    """Newest first; ``more``: the portal has older ones."""

    effect: int
    cases: tuple[OwnCase, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """One case, with its steps and what it asks for."""

    effect: int
    opened: OpenCase


@dataclass(frozen=True, slots=True)
class CasesFailed:
    """The list, or one case, can't be shown."""

    effect: int
    code: str


CaseTouch = CasesWanted | OlderCasesWanted | CaseChosen | SupplementWanted | WithdrawalWanted
CaseOutcome = CasesListed | CaseOpened | CasesFailed
