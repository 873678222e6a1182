"""What the outbox's items of this program are, and what is said of them beside their sealed bodies."""

from __future__ import annotations

CASE = "case"
EVALUATION = "evaluation"
SUPPLEMENT = "supplement"
WITHDRAWAL = "withdrawal"
DRAFT = "draft"

FAULTS = "faults"
"""In the receipt of what was rejected: the fields of its form that were."""

CLOCK = "clock"
UNSURE = "unsure"
"""The attribute :data:`CLOCK` of what was taken in while the terminal's clock could not be believed."""
