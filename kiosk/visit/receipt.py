"""Parts of the portal's receipt of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.visit.model import Submission

_ID_OF = {"payment": "order_id", "document": "document_id"}


def part(submission: Submission | None, name: str) -> Mapping[str, Any] | None:
    """A part of the portal's receipt (``payment``, ``document``), None if absent or unusable."""
    found = submission.receipt.get(name) if submission is not None else None
    return found if isinstance(found, Mapping) and found.get(_ID_OF[name]) else None
