"""The date wheel's sums: columns of year, month and day that turn one step at a time.

A step carries over (31 December + 1 day is 1 January), a day that a month has not becomes its last,
and nothing leaves the span that a form allows. A month is its first day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.catalogue import FormField
from screens import wording

_PARTS = {"date": ("year", "month", "day"), "month": ("year", "month")}
WIDGETS = frozenset(_PARTS)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day that may be chosen."""

    earliest: date
    latest: date

    def nearest(self, day: date) -> date:
        """The day itself, or the end of the span on its side."""
        return max(self.earliest, min(self.latest, day))


def span(field: FormField, schema: Mapping[str, Any], today: date) -> Span:
    """What ``formatMinimum``, ``formatMaximum`` and ``when`` leave; a century without them."""
    first = _day(schema.get("formatMinimum")) or date(today.year - 120, 1, 1)
    last = _day(schema.get("formatMaximum")) or date(today.year + 50, 12, 31)
    now = today.replace(day=1) if field.widget == "month" else today
    if field.when == "past":
        last = min(last, now)
    if field.when == "future":
        first = max(first, now)
    return Span(first, max(first, last))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01"[:10]) if text else None
    except ValueError:
        return None


def shown_day(text: str, widget: str, within: Span, today: date) -> date:
    """Where the wheel stands: at the text's day, or at today while it is none."""
    now = today.replace(day=1) if widget == "month" else today
    return within.nearest(_day(text) or now)


def written(day: date, widget: str) -> str:
    """The day as a form keeps it."""
    return day.isoformat()[:7] if widget == "month" else day.isoformat()


def turned(day: date, part: str, by: int, within: Span) -> date:
    """``by`` steps of a column further, at most to the end of the span; the day itself where that
    is no step of this column."""
    if part == "day":
        ordinal = max(1, min(day.toordinal() + by, date.max.toordinal()))
        return within.nearest(date.fromordinal(ordinal))
    months = day.year * 12 + day.month - 1 + by * (12 if part == "year" else 1)
    year, month = max(1, min(months // 12, date.max.year)), months % 12 + 1
    there = within.nearest(date(year, month, min(day.day, monthrange(year, month)[1])))
    same = there.year == day.year and (part == "year" or there.month == day.month)
    return day if same else there


def columns(day: date, widget: str, within: Span, language: str) -> list[dict[str, Any]]:
    """Each column's key, its text, and the texts a step before and after ("": no way on)."""
    parts = _PARTS[widget]
    ordered = parts if wording.is_chinese(language) else tuple(reversed(parts))
    rows = []
    for part in ordered:
        before, after = (turned(day, part, by, within) for by in (-1, 1))
        rows.append(
            {
                "key": part,
                "text": _text(day, part, language),
                "before": _text(before, part, language) if before < day else "",
                "after": _text(after, part, language) if after > day else "",
            }
        )
    return rows


def _text(day: date, part: str, language: str) -> str:
    if wording.is_chinese(language):
        return f"{getattr(day, part)}{'年月日'[('year', 'month', 'day').index(part)]}"
    return wording.month_name(day.month) if part == "month" else str(getattr(day, part))


def worded(day: date, widget: str, language: str) -> str:
    """For people; a day with its weekday."""
    if widget == "month":
        return wording.month(written(day, widget), language)
    name, week = wording.day(day.isoformat(), language), wording.weekday(day.isoformat(), language)
    return f"{name} {week}" if wording.is_chinese(language) else f"{week}, {name}"
