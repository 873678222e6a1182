"""The home screen with the whole shipped catalogue: every service is reached by touch alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from config.catalogue import CityOffer, DayUnit, Mode
from config.cross_city import CITY_MODES
from config.divisions import load_divisions
from config.shipped import load_catalogue
from config.text import Text
from kiosk.directory import Circumstances, ServiceDirectory
from kiosk.visit import Step, Visit, events
from kiosk.visit.model import Contrast, TextSize
from screens.gallery import dressed
from screens.gallery_states import settle
from screens.gallery_visits import visits
from screens.icons import Icons
from screens.models.home import HomeModel, how_offered
from screens.runtime import load_fonts

if TYPE_CHECKING:
    from conftest import Stage

TODAY = date(2026, 11, 22)


@pytest.fixture
def home(stage: Callable[..., Stage]) -> Stage:
    return at_home(stage())


def at_home(on: Stage) -> Stage:
    on.port.directory = ServiceDirectory(
        load_catalogue(), load_divisions(), "440500", Circumstances, lambda: TODAY
    )
    on.show(Visit(visit_id="v", step=Step.HOME))
    return on


def shown_items(on: Stage) -> set[str]:
    names = (item.objectName() for item in on.items())
    return {name.removeprefix("item-") for name in names if name.startswith("item-")}


def shown(on: Stage, name: str) -> list[QQuickItem]:
    return [item for item in on.items() if item.objectName() == name and item.isVisible()]


def texts(on: Stage) -> list[str]:
    return [str(item.property("text")) for item in on.items() if item.isVisible()]


def test_situations_lead_to_all_their_services(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    seen: set[str] = set()
    for situation in load_catalogue().situations:
        model.show_list("situation", situation.key)
        home.show(home.port.visit)
        seen |= shown_items(home)
    assert seen == {item.code for item in load_catalogue().items}


def test_words_typed_before_the_index_is_there_are_looked_up_when_it_is(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    model.show_list("search", "")
    settle()
    assert shown(home, "searchWaits") == []
    model.search("社保")
    settle()
    assert shown(home, "searchWaits") != []
    assert not any("没有找到" in text for text in texts(home))
    assert not shown_items(home)
    directory = cast(ServiceDirectory, home.port.directory)
    directory.warm_up()
    home.port.change()
    settle()
    assert shown(home, "searchWaits") == []
    assert shown_items(home)
    model.search("没有这回事啊啊")
    settle()
    assert any("没有找到" in text for text in texts(home))


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
    for mode, groups in (("city", 11), ("cities", 8), ("home", 0)):
        model.up()
        assert model.value("mode", "") == mode
        assert len(model.value("groups", [])) == groups


def test_a_city_says_what_it_supports_in_each_official_mode(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    model.show_list("cities", "")
    today = model.wall().date()
    for city in model.value("groups", []):
        offers = [
            offer.mode
            for item in load_catalogue().items
            for offer in item.cities
            if offer.city == city["key"] and offer.holds_on(today)
        ]
        for mode, words in CITY_MODES.items():
            assert f"{words.zh} {offers.count(mode)} 项" in city["hint"]
    model.show_list("city", "440100/papers")
    proof = next(tile for tile in model.value("list", []) if tile["code"] == "ga-0038")
    assert proof["summary"].startswith("全程网办")


def test_a_city_that_promises_other_days_says_which_are_counted() -> None:
    offer = CityOffer(
        city="440100", mode=Mode.ONLINE_FULL, authority=Text(zh="局", en="Bureau"), working_days=5
    )
    assert how_offered(offer, DayUnit.WORKING).zh == "全程网办 · 5 个工作日"
    assert how_offered(offer, DayUnit.CALENDAR).zh == "全程网办 · 5 个自然日"
    assert how_offered(offer, DayUnit.CALENDAR).en == "fully online · 5 calendar days"


def test_what_was_begun_before_has_its_place(home: Stage) -> None:
    model = cast(HomeModel, home.shell.models[Step.HOME])
    home.show(home.port.visit)
    assert "situation-progress" not in {item.objectName() for item in home.items()}
    home.click("mine")
    home.click("situation-progress")
    assert "zw-0075" in shown_items(home)
    model.up()
    assert model.value("mode", "") == "mine", "back to where it was chosen"
    home.click("lookup")
    assert home.events(events.LookUpWanted) == [events.LookUpWanted()]
    model.up()


def hidden(on: Stage, names: set[str]) -> set[str]:
    """Which of these can't be seen whole above home's foot, as nothing scrolls."""
    shown = {item.objectName(): item for item in on.items()}
    foot = shown["primary"].mapToScene(QPointF(0, 0)).y()
    seen = {
        name
        for name, item in shown.items()
        if item.mapToScene(QPointF(0, item.height())).y() <= foot
    }
    return (names - seen) | ({"pageDown"} & shown.keys())


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_all_of_home_is_in_sight(stage: Callable[..., Stage], orientation: str) -> None:
    on = stage(orientation)
    situations = {f"situation-{s.key}" for s in load_catalogue().situations if not s.cases}
    for language, size in product(("zh_CN", "en"), TextSize):
        on.show(dressed(visits()["home"], language, size, Contrast.NORMAL))
        for _ in range(2):  # layouts come to rest when a frame is drawn
            on.shell.grab()
            settle()
        plain = size is TextSize.LARGEST or (
            size is TextSize.LARGE and (orientation == "landscape" or language == "en")
        )
        ways = (
            {"featured", "situations"} if plain else {"item-SI-PROOF", "item-MI-PAY", *situations}
        )
        common = {"searchWay", "cities", "mine", "help", "assist", "language"}
        assert hidden(on, ways | common) == set(), (language, size, orientation)


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


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_what_is_suggested_is_searched_for_by_a_touch(
    stage: Callable[..., Stage], orientation: str
) -> None:
    home = at_home(stage(orientation))
    cast(ServiceDirectory, home.port.directory).warm_up()
    home.click("searchWay")
    asked = [words.zh for words in load_catalogue().asked]
    assert [item.property("text") for n in range(len(asked)) for item in shown(home, f"asked-{n}")]
    home.click("asked-1")
    settle()
    assert shown(home, "search")[0].property("text") == asked[1]
    assert home.shell.view.activeFocusItem().objectName() == "input-search"
    assert "yb-0105" in shown_items(home)
    assert shown(home, "asked-0") == []
    assert home.shell.warnings == []
    cast(HomeModel, home.shell.models[Step.HOME]).search("")
    settle()
    assert shown(home, "asked-0") != []
