"""The terminal's wall clock: legal time of the country, injected so that tests own it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from kiosk.documents.slips import CHINA

Now = Callable[[], datetime]


def china_now() -> datetime:
    """The present moment with its offset (+08:00)."""
    return datetime.now(CHINA)


def china_today(now: Now = china_now) -> date:
    """Today's date where the terminal stands."""
    return now().astimezone(CHINA).date()
