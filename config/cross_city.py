"""Which partner city handles which item for us, and how: one table, one row an item.

``data/cross_city.csv`` has a column a city. A cell is a mode's letter and, where the city promises
other days than we do, their number: ``O`` fully online (全程网办), ``P`` taken in here and decided
there (异地代收代办), ``J`` handled jointly (多地联办), ``P!`` with papers checked in the original;
empty: not offered. ``since`` and ``until`` bound the whole row. What changes for one city at a date
stands in ``data/cross_city_changes.csv`` (item, city, cell, since, until) and goes before the table;
``-`` there is no offer in that time.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config import tables
from config.catalogue import Mode
from config.divisions import load_divisions
from config.tables import table
from config.text import Text

_CELL = re.compile(r"([OPJ])([0-9]{1,3})?(!)?")
CITY_MODES = {
    Mode.ONLINE_FULL: Text(zh="全程网办", en="fully online"),
    Mode.PROXY_COLLECT: Text(zh="代收代办", en="taken in here"),
    Mode.JOINT: Text(zh="多地联办", en="handled jointly"),
}
"""The three official ways across cities (国办发〔2020〕35号), as people are told of them."""

_MODES = {"O": Mode.ONLINE_FULL, "P": Mode.PROXY_COLLECT, "J": Mode.JOINT}


@dataclass(frozen=True, slots=True)
class PartnerCity:
    """A partner city: its code, the gateway its cases go through, and where people can turn."""

    code: str
    gateway: str
    service: Text


@dataclass(frozen=True, slots=True)
class Support:
    """One city's support of one item; ``mode`` None: none in that time."""

    item: str
    city: str
    mode: Mode | None
    working_days: int | None
    original: bool
    since: date | None
    until: date | None


class CrossCityError(ValueError):
    """A cell or row that can't be read; the message names it."""


@table
def load_partner_cities() -> tuple[PartnerCity, ...]:
    """The partner cities in display order (``data/partner_cities.toml``)."""
    data = tomllib.loads(tables.read("partner_cities.toml"))
    return tuple(
        PartnerCity(entry["code"], entry["gateway"], Text(**entry["service"]))
        for entry in data["city"]
    )


@table
def load_support() -> dict[str, tuple[Support, ...]]:
    """Item code → support by city. :class:`CrossCityError` names what can't be read."""
    return support_of(tables.read("cross_city.csv"), tables.read("cross_city_changes.csv"))


def place_fault(terminal_division: str) -> str:
    """Why no terminal can stand there; empty if one can. A town may be unlisted yet, its city not.

    Offers and powers are those of one city's people: a terminal of a partner city needs its own tables.
    """
    city = load_divisions().city_of(terminal_division[:4] + "00")
    if city is None:
        return f"no city of the tables has the division {terminal_division!r}"
    if any(partner.code == city.code for partner in load_partner_cities()):
        return f"{terminal_division} lies in {city.name.en}, a partner city with tables of its own"
    return ""


def support_of(table: str, changes: str) -> dict[str, tuple[Support, ...]]:
    """The same from given texts."""
    found: dict[str, list[Support]] = {}
    dated: dict[tuple[str, str], list[Support]] = {}
    for row in csv.DictReader(_without_comments(changes)):
        since, until = _day(row["since"]), _day(row["until"])
        support = _support(row["item"], row["city"], row["cell"], since, until)
        dated.setdefault((row["item"], row["city"]), []).append(support)
    for row in csv.DictReader(_without_comments(table)):
        item = row["item"]
        if item in found:
            raise CrossCityError(f"cross_city.csv: {item} has two rows")
        since, until = _day(row["since"]), _day(row["until"])
        cells = {city: row[city] for city in row if city.isdigit() and row[city]}
        rows = [_support(item, city, cell, since, until) for city, cell in cells.items()]
        found[item] = [
            part for whole in rows for part in _around(whole, dated.pop((item, whole.city), []))
        ]
    for (item, _), rows in dated.items():
        found.setdefault(item, []).extend(rows)
    return {item: tuple(r for r in rows if r.mode is not None) for item, rows in found.items()}


def _around(whole: Support, changes: list[Support]) -> Iterator[Support]:
    """The row's support outside the days of its changes, and the changes themselves."""
    since = whole.since
    for change in sorted(changes, key=lambda c: c.since or date.min):
        first = change.since or date.min
        if since is None or since < first:
            yield _between(whole, since, first - timedelta(days=1))
        yield change
        if change.until is None:
            return
        since = change.until + timedelta(days=1)
    if whole.until is None or since is None or since <= whole.until:
        yield _between(whole, since, whole.until)


def _between(whole: Support, since: date | None, until: date | None) -> Support:
    return Support(
        whole.item, whole.city, whole.mode, whole.working_days, whole.original, since, until
    )


def _support(item: str, city: str, cell: str, since: date | None, until: date | None) -> Support:
    if cell == "-":
        return Support(item, city, None, None, False, since, until)
    match = _CELL.fullmatch(cell)
    if match is None:
        raise CrossCityError(f"cross city support of {item}: cell {cell!r} of {city} can't be read")
    letter, days, original = match.groups()
    number = int(days) if days else None
    return Support(item, city, _MODES[letter], number, original is not None, since, until)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _without_comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]
