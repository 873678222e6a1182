"""The whole cross-city table asked: every item × partner city × place, with the decision or the reason.

What a table of cells promises is only true once it has been routed: this asks the router for each cell
and says which answer lacks something, so that nobody finds it out at a terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.catalogue import Catalogue, Mode, ServiceItem
from config.cross_city import CITY_MODES, load_partner_cities
from config.divisions import Divisions
from config.text import Text
from kiosk.routing import Decision, NoRoute, Router
from kiosk.words import known_codes


@dataclass(frozen=True, slots=True)
class Cell:
    """One question and its answer; ``place`` is the city or a division of it."""

    item: ServiceItem
    city: str
    place: str
    found: Decision | NoRoute

    @property
    def kind(self) -> str:
        """The mode, or the code of the refusal."""
        return self.found.code if isinstance(self.found, NoRoute) else self.found.route.mode.value


def places_of(divisions: Divisions, city: str) -> Iterator[str]:
    """The city and every division of it, from above."""
    yield city
    for child in divisions.children(city):
        yield from places_of(divisions, child.code)


def cells(router: Router, catalogue: Catalogue, today: date, *, deep: bool) -> Iterator[Cell]:
    """Every item that some partner city offers × every partner city × the city itself, and with
    ``deep`` each district and town of it."""
    partners = [partner.code for partner in load_partner_cities()]
    places = {c: list(places_of(router.divisions, c)) if deep else [c] for c in partners}
    for item in catalogue.items:
        if item.cities:
            for city in partners:
                for place in places[city]:
                    yield Cell(item, city, place, router.decide(item, place, today))


def cell_document(cell: Cell) -> dict[str, Any]:
    """A cell in the words of ``kiosk catalogue route --json``."""
    asked = {"item": cell.item.code, "city": cell.city, "place": cell.place}
    if isinstance(cell.found, NoRoute):
        refused = cell.found
        return {
            **asked,
            "code": refused.code,
            "explanation": refused.explanation.model_dump(),
            "way_out": refused.way_out.model_dump(),
        }
    route = cell.found.route
    return {
        **asked,
        "mode": route.mode.value,
        "authority": route.authority.model_dump(),
        "gateway": cell.found.gateway,
        "promised": route.promised,
        "working_days": route.working_days,
        "explanation": route.explanation.model_dump(),
    }


@dataclass(frozen=True, slots=True)
class Account:
    """What was asked and what came out. ``mistakes`` is empty if the table is total and explained
    and each official mode occurs."""

    items: int
    cities: int
    places: int
    counts: dict[str, int]
    by_city: dict[str, dict[str, int]]
    mistakes: tuple[str, ...]


def account_of(asked: Iterable[Cell]) -> Account:
    """Count the answers and name each that lacks something."""
    seen: set[tuple[str, str]] = set()
    counts: Counter[str] = Counter()
    by_city: dict[str, Counter[str]] = {}
    mistakes: list[str] = []
    for cell in asked:
        where = f"{cell.item.code} for {cell.place}"
        if (cell.item.code, cell.place) in seen:
            mistakes.append(f"{where}: asked twice")
        seen.add((cell.item.code, cell.place))
        counts[cell.kind] += 1
        by_city.setdefault(cell.city, Counter())[cell.kind] += 1
        mistakes += [f"{where}: {what}" for what in _lacks(cell)]
    items, places = {item for item, _ in seen}, {place for _, place in seen}
    if len(seen) != len(items) * len(places):
        mistakes.append(f"{len(items) * len(places) - len(seen)} questions have no answer")
    mistakes += [f"no cell has the mode {mode.value}" for mode in CITY_MODES if not counts[mode]]
    return Account(
        len(items),
        len(by_city),
        len(places),
        dict(counts),
        {city: dict(found) for city, found in by_city.items()},
        tuple(mistakes),
    )


def _lacks(cell: Cell) -> Iterator[str]:
    """What an answer must say and does not."""
    found = cell.found
    if isinstance(found, NoRoute):
        if found.code not in known_codes():
            yield f"the code {found.code!r} has no words"
        yield from _silent("explanation", found.explanation)
        yield from _silent("way out", found.way_out)
        return
    route = found.route
    if route.mode is Mode.LOCAL or found.power != "partner":
        yield "another city's matter is decided here"
    if route.destination != cell.city or found.gateway not in _gateways(cell.city):
        yield f"goes to {route.destination} through {found.gateway!r}"
    yield from _silent("authority", route.authority)
    yield from _silent("explanation", route.explanation)


def _gateways(city: str) -> set[str]:
    return {partner.gateway for partner in load_partner_cities() if partner.code == city}


def _silent(name: str, text: Text) -> Iterator[str]:
    if not text.zh.strip() or not text.en.strip() or "{" in text.zh + text.en:
        yield f"no {name}"


_LETTERS = {
    Mode.ONLINE_FULL.value: "O",
    Mode.PROXY_COLLECT.value: "P",
    Mode.JOINT.value: "J",
}


def matrix_lines(asked: Iterable[Cell], divisions: Divisions) -> Iterator[str]:
    """One line an item, a column a city: ``O10`` fully online in 10 days, ``P`` taken in here, ``J``
    jointly, ``-`` refused; legend first."""
    rows: dict[str, list[Cell]] = {}
    for cell in asked:
        if cell.place == cell.city:
            rows.setdefault(cell.item.code, []).append(cell)
    cities = [cell.city for cell in next(iter(rows.values()), [])]
    names = [d.name.zh.removesuffix("市") for c in cities if (d := divisions.get(c))]
    yield "O 全程网办  P 异地代收代办  J 多地联办, with promised days; - not offered"
    yield f"{'':8}  " + "".join(f"{name}  " for name in names)
    for code, row in rows.items():
        yield f"{code:8}  " + "".join(f"{_mark(cell):6}" for cell in row) + row[0].item.name.zh


def _mark(cell: Cell) -> str:
    if isinstance(cell.found, NoRoute):
        return "-"
    return f"{_LETTERS.get(cell.kind, '?')}{cell.found.route.working_days or ''}"
