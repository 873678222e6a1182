"""Touches of somebody who signs."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.visit.signature import Signature


@dataclass(frozen=True, slots=True)
class SignatureDrawn:
    """The signature so far; None = cleared."""

    signature: Signature | None


@dataclass(frozen=True, slots=True)
class SignByConfirming:
    """ "Sign without drawing", or (not ``wanted``) draw after all."""

    wanted: bool = True


@dataclass(frozen=True, slots=True)
class StatementConfirmed:
    """The button under the statement of this version was pressed; only the second press signs."""

    statement: str


SigningTouch = SignatureDrawn | SignByConfirming | StatementConfirmed
