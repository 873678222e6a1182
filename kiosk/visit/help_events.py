"""Calling a person, and what became of the call."""

from __future__ import annotations

from dataclasses import dataclass


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
