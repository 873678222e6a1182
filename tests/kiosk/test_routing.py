"""Routing: total, deterministic, longest prefix first, explained in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import Kind, Level, Mode, PlaceChoice, ServiceItem
from config.divisions import load_divisions
from config.shipped import load_catalogue
from config.working_days import load_working_days
from kiosk.routing import NoRoute, Router
from kiosk.visit.model import Route
from kiosk.words import known_codes

TREE = load_divisions()
ITEMS = load_catalogue().items
TODAY = date(2026, 11, 22)


def codes(below: str = "") -> list[str]:
    return [code for child in TREE.children(below) for code in (child.code, *codes(child.code))]


PLACES = ["", *codes(), "440507002000", "999999", "44050", "x"]


def router(at: str = "440507") -> Router:
    return Router(TREE, load_working_days(), at)


def item(code: str) -> ServiceItem:
    found = load_catalogue().item(code)
    assert found is not None
    return found


@given(
    st.sampled_from(ITEMS),
    st.sampled_from(PLACES),
    st.sampled_from(["440507", "440523", "440507002003", "440513101"]),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_every_question_has_one_explained_answer(
    asked: ServiceItem, place: str, at: str, today: date
) -> None:
    answer = router(at).resolve(asked, place, today)
    assert answer == router(at).resolve(asked, place, today)
    assert answer.explanation.zh
    assert answer.explanation.en
    assert answer.explanation.zh != answer.explanation.en
    if isinstance(answer, NoRoute):
        assert answer.code in known_codes()
        return
    assert answer.authority.zh
    assert answer.authority.en
    assert len(answer.destination) == 6
    assert (answer.promised is None) == (answer.working_days == 0)
    if answer.promised:
        assert date.fromisoformat(answer.promised) > today


@given(st.sampled_from(ITEMS), st.sampled_from(codes()))
def test_the_longest_division_prefix_with_this_power_decides(
    asked: ServiceItem, place: str
) -> None:
    if not place.startswith("4405"):
        return
    powers = {h.division: h for h in asked.handlers}
    prefixes = [place[:12], place[:9], place[:6], "440500"]
    expected = next((powers[p] for p in prefixes if p in powers), None)
    answer = router().resolve(asked, place, TODAY)
    if expected is None:
        assert isinstance(answer, NoRoute)
        return
    assert isinstance(answer, Route)
    assert (answer.division, answer.level) == (expected.division, expected.level)
    assert answer.authority == expected.authority
    assert answer.mode is Mode.LOCAL
    assert answer.destination == "440500"


@pytest.mark.parametrize(
    ("place", "authority", "level"),
    [
        ("440507002003", "洋滨居委会", Level.VILLAGE),
        ("440507002001", "龙祥街道公共服务办公室", Level.TOWN),
        ("440507002000", "龙祥街道公共服务办公室", Level.TOWN),
        ("440507100", "龙湖区民政局", Level.DISTRICT),
        ("440523", "南澳县民政局", Level.DISTRICT),
        ("440500", "汕头市民政局", Level.CITY),
    ],
)
def test_the_senior_allowance_goes_where_the_power_was_handed_down(
    place: str, authority: str, level: Level
) -> None:
    answer = router().resolve(item("mz-0058"), place, TODAY)
    assert isinstance(answer, Route)
    assert (answer.authority.zh, answer.level) == (authority, level)


def test_a_partner_city_takes_it_in_its_own_mode_and_time() -> None:
    asked = item("gj-0126")
    for offer in asked.cities:
        answer = router().resolve(asked, offer.city, TODAY)
        assert isinstance(answer, Route)
        assert answer.destination == answer.division == offer.city
        assert answer.mode is offer.mode
        assert answer.authority == offer.authority
        name = TREE.get(offer.city)
        assert name is not None
        assert name.name.zh in answer.explanation.zh
        assert name.name.en in answer.explanation.en


def test_a_city_that_makes_no_offer_is_refused_by_name() -> None:
    answer = router().resolve(item("mz-0058"), "440100", TODAY)
    assert isinstance(answer, NoRoute)
    assert answer.code == "route.none"
    assert "广州市" in answer.explanation.zh
    assert "Guangzhou" in answer.explanation.en


def test_a_place_must_be_chosen_where_the_item_says_so() -> None:
    for asked in ITEMS:
        answer = router().resolve(asked, "", TODAY)
        if asked.place is PlaceChoice.NONE:
            assert isinstance(answer, Route), asked.code
        else:
            assert isinstance(answer, NoRoute)
            assert answer.code == "route.place_needed"


@pytest.mark.parametrize("at", ["440513101", "440513101002", "440507009", "440500"])
def test_a_terminal_in_a_town_the_tree_does_not_list_serves_its_city(at: str) -> None:
    asked = next(i for i in ITEMS if i.place is PlaceChoice.NONE and i.kind is Kind.QUERY)
    answer = router(at).resolve(asked, "", TODAY)
    assert isinstance(answer, Route)
    assert answer.destination == "440500"


def test_the_promise_of_the_published_example() -> None:
    asked = item("mz-0058").model_copy(update={"working_days": 15})
    answer = router().resolve(asked, "440507", TODAY)
    assert isinstance(answer, Route)
    assert answer.promised == "2026-12-11"
    assert not answer.promised_estimated
