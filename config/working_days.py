"""The working-day calendar: promised dates are counted in 工作日 from the day after acceptance."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config import tables
from config.tables import table

_SATURDAY = 5
BY_LAW = "by_law"
"""Name of the table of holidays that stand in the law, whatever a year's notice makes of them."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised date; ``estimated`` if a year without a published calendar had to be guessed at.

    ``open_ended``: the clock stands still in a pause without an end; ``on`` is its first day, and the
    date can only be told when the pause is over.
    """

    on: date
    estimated: bool
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that don't count: from the day a supplement is asked for (补正) to the day it is in, or
    special procedures. ``until`` None: still waiting."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Is this day within the pause, its last day included?"""
        return self.since <= day and (self.until is None or day <= self.until)


class WorkingDays:
    """Holidays and make-up working days of the published years; of other years what the law fixes."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        by_law = tables.get(BY_LAW, {})
        self._tables = {int(year): data for year, data in tables.items() if year != BY_LAW}
        self._years = frozenset(self._tables)
        self._holidays: set[date] = set()
        self._workdays: set[date] = set()
        for data in self._tables.values():
            for span in data.get("holidays", ()):
                self._holidays |= _days(span)
            self._workdays |= {date.fromisoformat(day) for day in data.get("workdays", ())}
        self._every_year = frozenset(by_law.get("every_year", ()))
        self._by_law = {day for span in by_law.get("holidays", ()) for day in _days(span)}

    def is_working_day(self, day: date) -> bool:
        """True for Monday to Friday without holidays, and for make-up days."""
        if day in self._workdays:
            return True
        return day.weekday() < _SATURDAY and not self._is_holiday(day)

    def _is_holiday(self, day: date) -> bool:
        if day in self._holidays:
            return True
        if day.year in self._years:
            return False
        return day in self._by_law or f"{day:%m-%d}" in self._every_year

    def mistakes(self) -> Iterator[str]:
        """What no yearly notice says: it would shift every promise of that time unnoticed."""
        for year, data in sorted(self._tables.items()):
            for span in data.get("holidays", ()):
                days = _days(span)
                if not days:
                    yield f"working_days.toml: {year}: {span} ends before it begins"
                yield from _of_another_year(year, days)
            for day in (date.fromisoformat(text) for text in data.get("workdays", ())):
                yield from _of_another_year(year, {day})
                if day.weekday() < _SATURDAY:
                    yield f"working_days.toml: {year}: make-up day {day} is no weekend"
                if day in self._holidays:
                    yield f"working_days.toml: {year}: {day} is both a holiday and a make-up day"

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose calendar is published, in order."""
        return tuple(sorted(self._years))

    def promise(
        self, accepted: date, days: int, pauses: Sequence[Pause] = (), *, working: bool = True
    ) -> Promise:
        """The last day of a promise of ``days`` counted from the day after ``accepted``.

        Days of a pause don't count. ``working`` False: calendar days (自然日) are counted.
        """
        day, left = accepted, days
        estimated = False
        while left > 0:
            day += timedelta(days=1)
            estimated = estimated or (working and day.year not in self._years)
            if any(pause.covers(day) for pause in pauses):
                if all(pause.until is None for pause in pauses if pause.covers(day)):
                    return Promise(day, estimated, open_ended=True)
                continue
            if not working or self.is_working_day(day):
                left -= 1
        return Promise(day, estimated)


def _of_another_year(year: int, days: set[date]) -> Iterator[str]:
    """A notice may reach into the last days of the year before, never further."""
    for day in sorted(days):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            yield f"working_days.toml: {year}: {day} is not of this year"


def _days(span: str) -> set[date]:
    first, _, last = span.partition("/")
    start = date.fromisoformat(first)
    end = date.fromisoformat(last or first)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@table
def load_working_days() -> WorkingDays:
    """The shipped calendar."""
    return WorkingDays(tomllib.loads(tables.read("working_days.toml")))
