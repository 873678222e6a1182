"""Delegated powers: a district, town or village that decides a matter in place of a higher authority.

``data/delegations.csv``: matter, to, level, since, until, basis. ``to`` is a division; ``level`` the
level that acts: ``440507,town`` are all towns of Longhu, ``440507008,town`` is one. ``basis`` names
the document. A matter is an item's code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from config import tables
from config.catalogue import Level
from config.divisions import Division, Divisions, load_divisions
from config.tables import table

_DEPTH = {level: depth for depth, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Delegation:
    """One matter, given to the authorities of ``level`` in ``to`` and below, for a time."""

    matter: str
    to: str
    level: Level
    since: date
    until: date | None
    basis: str

    def holds_on(self, day: date) -> bool:
        """In force on this day?"""
        return self.since <= day and (self.until is None or day <= self.until)


class Delegations:
    """The table, by matter."""

    def __init__(self, rows: list[Delegation], divisions: Divisions) -> None:
        self.rows = rows
        self._divisions = divisions
        self._by_matter: dict[str, list[Delegation]] = {}
        for row in rows:
            self._by_matter.setdefault(row.matter, []).append(row)

    def of(self, matter: str) -> list[Delegation]:
        """All rows of a matter, past and coming ones too."""
        return list(self._by_matter.get(matter, ()))

    def held_by(self, matter: str, division: Division, day: date) -> Delegation | None:
        """The row by which this division's authority decides the matter on this day."""
        for row in self._by_matter.get(matter, ()):
            if row.level is division.level and row.holds_on(day) and self._within(division, row.to):
                return row
        return None

    def _within(self, division: Division, code: str) -> bool:
        return any(above.code == code for above in self._divisions.lineage(division.code))

    def mistakes(self, matters: frozenset[str]) -> Iterator[str]:
        """Unknown matters and divisions, levels above their division, rows that overlap.

        A power only ever goes down (the level acts within ``to``), so no chain can form a circle.
        """
        for row in self.rows:
            said = f"delegations.csv: {row.matter} to {row.to}"
            division = self._divisions.get(row.to)
            if row.matter not in matters:
                yield f"{said}: no item of this code"
            if division is None or division.code != row.to:
                yield f"{said}: division {row.to!r} is not known"
            elif _DEPTH[row.level] < _DEPTH[division.level] or row.level is Level.CITY:
                yield f"{said}: {row.level.value!r} is not a level within this division"
            if row.until is not None and row.until < row.since:
                yield f"{said}: ends before it begins"
        for rows in self._by_matter.values():
            yield from self._overlaps(rows)

    def _overlaps(self, rows: list[Delegation]) -> Iterator[str]:
        for index, first in enumerate(rows):
            for second in rows[index + 1 :]:
                nested = self._nested(first.to, second.to)
                if first.level is second.level and nested and _meet(first, second):
                    yield (
                        f"delegations.csv: {first.matter} is given twice at level"
                        f" {first.level.value!r}: {first.to} and {second.to}"
                    )

    def _nested(self, one: str, other: str) -> bool:
        lines = [{d.code for d in self._divisions.lineage(code)} for code in (one, other)]
        return other in lines[0] or one in lines[1]


def _meet(one: Delegation, other: Delegation) -> bool:
    last_one, last_other = one.until or date.max, other.until or date.max
    return one.since <= last_other and other.since <= last_one


@table
def load_delegations() -> Delegations:
    """The shipped table."""
    text = tables.read("delegations.csv")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = [
        Delegation(
            row["matter"],
            row["to"],
            Level(row["level"]),
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["basis"],
        )
        for row in csv.DictReader(lines)
    ]
    return Delegations(rows, load_divisions())
