"""The whole cross-city table: every item × partner city × place has one explained answer."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from config.catalogue import Mode
from config.cross_city import load_partner_cities
from config.divisions import load_divisions
from config.shipped import load_catalogue
from config.text import Text
from config.working_days import load_working_days
from kiosk.china import CHINA
from kiosk.cli.main import app
from kiosk.route_matrix import Cell, account_of, cell_document, cells, matrix_lines, places_of
from kiosk.routing import Decision, NoRoute, Router

TODAY = date(2026, 11, 27)
TREE = load_divisions()
CITIES = [partner.code for partner in load_partner_cities()]


def asked(*, deep: bool = False) -> list[Cell]:
    router = Router(TREE, load_working_days(), "440507008")
    return list(cells(router, load_catalogue(), TODAY, deep=deep))


CELLS = asked()


def test_the_whole_table_is_total_and_explained_and_each_official_mode_occurs() -> None:
    account = account_of(asked(deep=True))
    places = [place for city in CITIES for place in places_of(TREE, city)]
    assert account.mistakes == ()
    assert account.items >= 164
    assert (account.cities, account.places) == (8, len(places))
    assert sum(account.counts.values()) == account.items * len(places)
    assert set(account.counts) == {"online_full", "proxy_collect", "joint", "route.none"}
    # A partner city decides for all of itself: each of its places counts as the city does.
    shallow = account_of(CELLS)
    for city in CITIES:
        size = len(list(places_of(TREE, city)))
        counted = {kind: count * size for kind, count in shallow.by_city[city].items()}
        assert account.by_city[city] == counted


def test_the_cities_support_differs() -> None:
    by_city = account_of(CELLS).by_city
    assert len({tuple(sorted(found.items())) for found in by_city.values()}) >= 6
    for city, found in by_city.items():
        assert all(found[mode] for mode in ("online_full", "proxy_collect", "joint")), city


def test_what_is_refused_names_the_city_and_its_counter() -> None:
    service = {partner.code: partner.service for partner in load_partner_cities()}
    refused = [cell for cell in CELLS if isinstance(cell.found, NoRoute)]
    assert refused
    for cell in refused:
        assert isinstance(cell.found, NoRoute)
        city = TREE.get(cell.city)
        assert city is not None
        assert city.name.zh in cell.found.explanation.zh
        assert cell.item.name.en in cell.found.explanation.en
        assert service[cell.city].zh in cell.found.way_out.zh
        assert service[cell.city].en in cell.found.way_out.en


def spoiled(kind: str) -> list[Cell]:
    first = next(cell for cell in CELLS if isinstance(cell.found, Decision))
    refused = next(cell for cell in CELLS if isinstance(cell.found, NoRoute))
    assert isinstance(first.found, Decision)
    assert isinstance(refused.found, NoRoute)
    route, silent = first.found.route, Text.model_construct(zh=" ", en="")
    bad: dict[str, Cell] = {
        "no authority": replace(
            first, found=replace(first.found, route=replace(route, authority=silent))
        ),
        "through 'x'": replace(first, found=replace(first.found, gateway="x")),
        "decided here": replace(
            first, found=replace(first.found, route=replace(route, mode=Mode.LOCAL))
        ),
        "no way out": replace(refused, found=replace(refused.found, way_out=silent)),
        "no explanation": replace(refused, found=replace(refused.found, explanation=silent)),
        "has no words": replace(refused, found=replace(refused.found, code="route.lost")),
    }
    replaced = bad[kind]
    same = (replaced.item.code, replaced.place)
    return [replaced if (c.item.code, c.place) == same else c for c in CELLS]


@pytest.mark.parametrize(
    "kind",
    ["no authority", "through 'x'", "decided here", "no way out", "no explanation", "has no words"],
)
def test_an_answer_that_lacks_something_is_named(kind: str) -> None:
    mistakes = account_of(spoiled(kind)).mistakes
    assert len(mistakes) == 1
    assert kind in mistakes[0]


def test_missing_and_doubled_questions_and_modes_are_named() -> None:
    assert "1 questions have no answer" in account_of(CELLS[1:]).mistakes
    assert "asked twice" in account_of([*CELLS, CELLS[0]]).mistakes[0]
    local = [cell for cell in CELLS if cell.kind != Mode.JOINT.value]
    assert "no cell has the mode joint" in account_of(local).mistakes


def kiosk(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(app, ["catalogue", *arguments, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_the_command_route_agrees_with_the_table() -> None:
    """Every fourth item, in every city in turn, asked for the city or one of its divisions."""
    router = Router(TREE, load_working_days(), "440507008")
    today = datetime.now(CHINA).date()
    places = {city: list(places_of(TREE, city)) for city in CITIES}
    kinds: Counter[str] = Counter()
    items = {cell.item.code: cell.item for cell in CELLS}
    for n, item in enumerate([items[code] for code in sorted(items)][::4]):
        city = CITIES[n % 8]
        place = places[city][n // 8]
        cell = cell_document(Cell(item, city, place, router.decide(item, place, today)))
        code, answer = kiosk("route", item.code, "--home", place)
        kinds[cell.get("mode") or cell["code"]] += 1
        assert code == ("code" in cell)
        same = cell.keys() - {"item", "city", "place"}
        assert {key: answer[key] for key in same} == {key: cell[key] for key in same}
    assert kinds.keys() == {"online_full", "proxy_collect", "joint", "route.none"}


def test_the_command_shows_one_item_and_counts_all() -> None:
    code, document = kiosk("matrix", "--item", "gj-0126")
    assert code == 0
    assert [cell["city"] for cell in document["cells"]] == CITIES
    assert document["items"] == account_of(CELLS).items
    first = next(cell for cell in CELLS if cell.item.code == "gj-0126")
    assert document["cells"][0]["mode"] == cell_document(first)["mode"]
    lines = list(matrix_lines([c for c in CELLS if c.item.code == "gj-0126"], TREE))
    assert lines[2].split()[:5] == ["gj-0126", "O10", "P10", "P10", "O8"]
    assert "online_full 553" in CliRunner().invoke(app, ["catalogue", "matrix"]).stdout
    assert CliRunner().invoke(app, ["catalogue", "matrix", "--item", "none"]).exit_code == 1
