"""What a claim ticket stands for: a journey broken off here, or one given back by the portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.personal import Personal


@dataclass(frozen=True, slots=True)
class Kept:
    """A journey that was broken off. ``ticket`` is on the screen and on paper only; whoever holds it
    still has to be the same person. ``until``: it is good on this day at least (ISO date)."""

    ticket: Personal
    until: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A journey given back: the item's code and version, the place, and what was filled in."""

    item: str
    item_version: int
    place: str
    form: Mapping[str, Personal] = field(repr=False)
    broken_off_at: str
    whose: Personal | None = None
    """Number of the document it was claimed with; nobody else is shown it."""
    missing: Mapping[str, str] | None = None
    """Field → error code, until the person came to the form; None afterwards."""
