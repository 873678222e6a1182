"""What makes it easier: language, the assistance sheet, a person called, and what became of the call."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.assistance import Assistance


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class AssistChanged:
    assist: Assistance


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """呼叫工作人员."""


@dataclass(frozen=True, slots=True)
class HelpWithdrawn:
    """Nobody needs to come any more."""


@dataclass(frozen=True, slots=True)
class StaffTold:
    """``told``: the portal took the call, so that staff see it."""

    effect: int
    told: bool
