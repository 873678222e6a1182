"""Looking up a case by the code of its slip."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.model import Found


@dataclass(frozen=True, slots=True)
class LookUpWanted:
    """ "Where is my case?" on the home screen."""


@dataclass(frozen=True, slots=True)
class LookUpCodeTyped:
    """The code as it was typed; "" to look up another one."""

    lookup_code: str


@dataclass(frozen=True, slots=True)
class LookUpScanned:
    """A code was shown to the scanner; "" if the scanner gave up waiting, with ``code`` saying why."""

    effect: int
    lookup_code: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the code shows."""

    effect: int
    found: Found


@dataclass(frozen=True, slots=True)
class LookUpFailed:
    """Nothing can be shown: mistyped, not known, too many tries, or nobody to ask."""

    effect: int
    code: str


LookUpOutcome = LookUpScanned | LookedUp | LookUpFailed
