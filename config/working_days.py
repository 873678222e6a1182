"""The working-day calendar: promised dates are counted in 工作日 from the day after acceptance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised date; ``estimated`` if a year without a published calendar had to be guessed at."""

    on: date
    estimated: bool


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

    def promise(self, accepted: date, working_days: int) -> Promise:
        """The last day of a promise of ``working_days`` counted from the day after ``accepted``."""
        day, left = accepted, working_days
        estimated = False
        while left > 0:
            day += timedelta(days=1)
            estimated = estimated or day.year not in self._years
            if self.is_working_day(day):
                left -= 1
        return Promise(day, estimated)


def _days(span: str) -> set[date]:
    first, _, last = span.partition("/")
    start = date.fromisoformat(first)
    end = date.fromisoformat(last or first)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@cache
def load_working_days() -> WorkingDays:
    """The shipped calendar."""
    text = resources.files("config").joinpath("data/working_days.toml").read_text("utf-8")
    return WorkingDays(tomllib.loads(text))
