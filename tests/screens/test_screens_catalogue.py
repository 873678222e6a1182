"""The home screen with the whole shipped catalogue: every service is reached by touch alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from config.divisions import load_divisions
from config.shipped import load_catalogue
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.visit import Step, Visit, events
from screens.icons import Icons
from screens.models.home import HomeModel
from screens.runtime import load_fonts

if TYPE_CHECKING:
    from conftest import Stage

TODAY = date(2026, 11, 22)


@pytest.fixture
def home(stage: Callable[..., Stage]) -> Stage:
    on = stage()
    on.port.directory = ServiceDirectory(
        load_catalogue(), load_divisions(), "440500", Circumstances, lambda: TODAY
    )
    on.show(Visit(visit_id="v", step=Step.HOME))
    return on


def shown_items(on: Stage) -> set[str]:
    names = (item.objectName() for item in on.items())
    return {name.removeprefix("item-") for name in names if name.startswith("item-")}


def test_situations_lead_to_all_their_services(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    seen: set[str] = set()
    for situation in load_catalogue().situations:
        model.show_list("situation", situation.key)
        home.show(home.port.visit)
        seen |= shown_items(home)
    assert seen == {item.code for item in load_catalogue().items}


def test_a_long_city_list_is_parted_by_situation_and_back_leads_up(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    home.click("cities")
    home.click("group-440100")
    assert shown_items(home) == set()
    home.click("group-440100/papers")
    assert model.value("list_title", "") == "广州市 · 户口证件"
    found = shown_items(home)
    assert "ga-0038" in found
    papers = {item.code for item in load_catalogue().items if item.situation == "papers"}
    assert found <= papers
    for mode, groups in (("city", True), ("cities", False), ("home", False)):
        model.up()
        assert model.value("mode", "") == mode
        assert bool(model.value("groups", [])) is groups


def test_a_guide_says_on_its_tile_that_it_is_one(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    model.show_list("situation", "papers")
    tiles = {tile["code"]: tile for tile in model.value("list", [])}
    assert not tiles["ga-0032"]["possible"]
    assert "指南" in tiles["ga-0032"]["note"]
    assert tiles["ga-0033"]["note"] == ""
    home.show(home.port.visit)
    home.click("item-ga-0033")
    assert home.events(events.ItemChosen) == [events.ItemChosen("ga-0033")]


def test_every_icon_of_the_catalogue_is_drawn(qapp: object) -> None:
    icons = Icons(load_fonts().glyphs)
    catalogue = load_catalogue()
    named = {entry.icon for entry in (*catalogue.items, *catalogue.situations)}
    assert {name for name in named if not icons.knows(name)} == set()
