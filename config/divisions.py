"""Administrative divisions (GB/T 2260 and its 9- and 12-digit extensions), and codes of the past."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass

from config import tables
from config.catalogue import Level
from config.tables import table
from config.text import Text


@dataclass(frozen=True, slots=True)
class Division:
    """One division; ``code`` has 6 (city, district), 9 (town) or 12 (village) digits."""

    code: str
    name: Text
    level: Level
    parent: str


@dataclass(frozen=True, slots=True)
class FormerDivision:
    """A code that was abolished but stays in identity numbers for life. ``now``: the code of the
    division that holds most of it today; it says nothing of where a person lives."""

    code: str
    name: Text
    now: str
    note: str


@dataclass(frozen=True, slots=True)
class DivisionsEdition:
    """Which edition of the official list the tree is. Dates are ISO."""

    version: str
    as_of: str
    published: str
    source: str


class Divisions:
    """The division tree. Dongguan has no districts: its towns hang under the city itself."""

    def __init__(self, divisions: list[Division]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._children: dict[str, list[Division]] = {}
        for division in divisions:
            self._children.setdefault(division.parent, []).append(division)

    def get(self, code: str) -> Division | None:
        """The division of a code; codes padded with zeros by some interfaces are understood."""
        if code in self._by_code:
            return self._by_code[code]
        if len(code) == 12 and code.endswith("000000"):
            return self._by_code.get(code[:6])
        if len(code) == 12 and code.endswith("000"):
            return self._by_code.get(code[:9])
        return None

    def children(self, code: str) -> list[Division]:
        """Divisions directly below, in the file's order."""
        return list(self._children.get(code, ()))

    def lineage(self, code: str) -> list[Division]:
        """From the division itself up to its city; empty for an unknown code."""
        line: list[Division] = []
        division = self.get(code)
        while division is not None:
            line.append(division)
            division = self._by_code.get(division.parent)
        return line

    def city_of(self, code: str) -> Division | None:
        """The city a division lies in."""
        line = self.lineage(code)
        return line[-1] if line else None


@table
def load_divisions() -> Divisions:
    """The shipped tree (``data/divisions.csv``: code, level, parent, zh, en)."""
    levels = {level.value: level for level in Level}
    rows = csv.reader(tables.read("divisions.csv").splitlines())
    next(rows)
    return Divisions(
        [
            # Two thousand rows of our own file: their shape is a test's matter, not of every start.
            Division(code, Text.model_construct(zh=zh, en=en), levels[level], parent)
            for code, level, parent, zh, en in rows
        ]
    )


@table
def load_former_divisions() -> dict[str, FormerDivision]:
    """Abolished codes of Shantou and of what once belonged to it, by code."""
    return {
        row["code"]: FormerDivision(
            row["code"], Text(zh=row["zh"], en=row["en"]), row["now"], row["note"]
        )
        for row in csv.DictReader(tables.read("former_divisions.csv").splitlines())
    }


@table
def divisions_edition() -> DivisionsEdition:
    """Version and dates of the shipped tree."""
    return DivisionsEdition(**tomllib.loads(tables.read("divisions.toml")))
