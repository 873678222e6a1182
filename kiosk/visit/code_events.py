"""A code shown instead of a card: typed by a keyboard scanner, or read by the scanner waited for."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.personal import Holder, Personal


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """A scanner in keyboard mode delivered a code."""

    code: Personal


@dataclass(frozen=True, slots=True)
class CodeAwaited:
    """A scanner is there and waits: showing a code is offered."""

    effect: int


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """A code was read; the portal is asked whose it is."""

    effect: int


@dataclass(frozen=True, slots=True)
class CodeRead:
    """The portal knows the person."""

    effect: int
    holder: Holder = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeFailed:
    effect: int
    code: str


CodeOutcome = CodeAwaited | CodeSeen | CodeRead | CodeFailed
