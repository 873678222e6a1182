"""Authorities by department and division: a name pattern a level, so that 67 towns need no repetition."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from config import tables
from config.catalogue import Level
from config.divisions import Division, Divisions, load_divisions
from config.tables import table
from config.text import Text


@dataclass(frozen=True, slots=True)
class Office:
    """One department: its everyday name, and what its authority is called at each level it has.

    In a pattern ``{place}`` is the division's name, with its suffix in Chinese (龙湖区) and without
    it in English (Longhu).
    """

    key: str
    name: Text
    patterns: dict[Level, Text]


class Authorities:
    """The table. ``named`` holds exceptions: (office, division code) → name."""

    def __init__(
        self, offices: dict[str, Office], named: dict[tuple[str, str], Text], divisions: Divisions
    ) -> None:
        self._offices = offices
        self._named = named
        self._divisions = divisions

    def office(self, key: str) -> Office | None:
        """The department of this key."""
        return self._offices.get(key)

    def name(self, office: str, division: Division) -> Text | None:
        """What the office is called in this division; None if it has no authority at that level."""
        found = self._named.get((office, division.code))
        if found is not None:
            return found
        known = self._offices.get(office)
        pattern = known.patterns.get(division.level) if known else None
        if pattern is None:
            return None
        return Text(
            zh=pattern.zh.replace("{place}", division.name.zh),
            en=pattern.en.replace("{place}", _stem(division.name.en)),
        )

    def mistakes(self) -> Iterator[str]:
        """What is wrong with the table; nothing if it is sound."""
        for office, division in self._named:
            if office not in self._offices:
                yield f"authorities.toml: named: office {office!r} is not known"
            if self._divisions.get(division) is None:
                yield f"authorities.toml: named: division {division!r} is not known"


_SUFFIXES = (" Subdistrict", " District", " County", " Town", " Township", " Village", " Community")


def _stem(name: str) -> str:
    return next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)


@table
def load_authorities() -> Authorities:
    """The shipped table (``data/authorities.toml``)."""
    data = tomllib.loads(tables.read("authorities.toml"))
    shared: dict[str, Any] = data["shared"]
    offices = {key: _office(key, entry, shared) for key, entry in data["office"].items()}
    named = {
        (office, code): Text(**name)
        for office, codes in data.get("named", {}).items()
        for code, name in codes.items()
    }
    return Authorities(offices, named, load_divisions())


def _office(key: str, entry: dict[str, Any], shared: dict[str, Any]) -> Office:
    patterns = {
        level: Text(**(shared[level.value] if pattern == "shared" else pattern))
        for level in Level
        if (pattern := entry.get(level.value)) is not None
    }
    return Office(key, Text(**entry["name"]), patterns)
