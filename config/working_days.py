"""The working-day calendar: promised dates are counted in 工作日 from the day after acceptance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from config import tables
from config.tables import table

_SATURDAY = 5


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
    """Holidays and make-up working days of the published years."""

    def __init__(self, years: Mapping[str, Mapping[str, Any]]) -> None:
        self._years = {int(year) for year in years}
        self._holidays: set[date] = set()
        self._workdays: set[date] = set()
        for data in years.values():
            for span in data.get("holidays", ()):
                self._holidays |= _days(span)
            self._workdays |= {date.fromisoformat(day) for day in data.get("workdays", ())}

    def is_working_day(self, day: date) -> bool:
        """True for Monday to Friday without holidays, and for make-up days."""
        if day in self._workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self._holidays

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


def _days(span: str) -> set[date]:
    first, _, last = span.partition("/")
    start = date.fromisoformat(first)
    end = date.fromisoformat(last or first)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@table
def load_working_days() -> WorkingDays:
    """The shipped calendar."""
    return WorkingDays(tomllib.loads(tables.read("working_days.toml")))
