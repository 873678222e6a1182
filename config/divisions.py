"""Administrative divisions (GB/T 2260 and its 9- and 12-digit extensions)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from config.catalogue import Level
from config.text import Text


@dataclass(frozen=True, slots=True)
class Division:
    """One division; ``code`` has 6 (city, district), 9 (town) or 12 (village) digits."""

    code: str
    name: Text
    level: Level
    parent: str


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


@cache
def load_divisions() -> Divisions:
    """The shipped tree (``data/divisions.csv``: code, level, parent, zh, en)."""
    text = resources.files("config").joinpath("data/divisions.csv").read_text("utf-8")
    return Divisions(
        [
            Division(
                row["code"], Text(zh=row["zh"], en=row["en"]), Level(row["level"]), row["parent"]
            )
            for row in csv.DictReader(text.splitlines())
        ]
    )
