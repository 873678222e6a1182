"""The terminal's own workshop: what a technician sees and does at its screen, signed in by two factors."""

from __future__ import annotations

NOT_ALLOWED = "technician.not_allowed"


class NotAllowedError(Exception):
    """Nobody is signed in, or the role does not reach that far."""
