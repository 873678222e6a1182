"""Legal time of the whole country; it has no daylight saving."""

from __future__ import annotations

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8))
