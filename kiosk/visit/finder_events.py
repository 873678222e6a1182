"""Touches of somebody who looks for policies that fit an enterprise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PolicyOpened:
    """Look at the policy of this code; "" is the list again."""

    code: str


@dataclass(frozen=True, slots=True)
class QuestionReopened:
    """Answer this question of the opened policy after all: a field of the form."""

    name: str


@dataclass(frozen=True, slots=True)
class PolicyApplied:
    """Apply under the opened policy."""


@dataclass(frozen=True, slots=True)
class RemindersWanted:
    """Leave a number to be told of new policies, and of last days."""


PolicyTouch = PolicyOpened | QuestionReopened | PolicyApplied | RemindersWanted
