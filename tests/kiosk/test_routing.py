"""Routing: total, unambiguous, longest prefix first, dated, explained in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.authorities import load_authorities
from config.catalogue import DayUnit, Kind, Level, Mode, PlaceChoice, ServiceItem
from config.divisions import load_divisions
from config.powers import Delegation, Delegations, load_delegations
from config.shipped import load_catalogue
from config.working_days import load_working_days
from kiosk.routing import Decision, NoRoute, Router
from kiosk.visit.model import Route
from kiosk.words import known_codes

TREE = load_divisions()
ITEMS = load_catalogue().items
TODAY = date(2026, 11, 22)
DEPTH = {level: depth for depth, level in enumerate(Level)}


def codes(below: str = "") -> list[str]:
    return [code for child in TREE.children(below) for code in (child.code, *codes(child.code))]


ALL_CODES = codes()
OWN_CODES = [code for code in ALL_CODES if code.startswith("4405")]
PLACES = ["", *ALL_CODES, "440507008000", "999999", "44050", "x"]
STANDS = ["440507", "440523", "440507008001", "440513101", "440500"]
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


def router(at: str = "440507", delegations: Delegations | None = None) -> Router:
    calendar = load_working_days()
    if delegations is None:
        return Router(TREE, calendar, at)
    return Router(TREE, calendar, at, delegations=delegations)


def item(code: str) -> ServiceItem:
    found = load_catalogue().item(code)
    assert found is not None
    return found


def is_sound(asked: ServiceItem, place: str, answer: Decision | NoRoute, today: date) -> None:
    """Exactly one explained answer, of the right city and level."""
    if isinstance(answer, NoRoute):
        assert answer.code in known_codes()
        said = (answer.explanation, answer.way_out)
        assert all(text.zh and text.en and text.zh != text.en for text in said)
        return
    route = answer.route
    assert route.authority.zh
    assert route.authority.en
    assert "{" not in route.authority.zh + route.authority.en + route.explanation.zh
    assert (route.promised is None) == (route.working_days == 0)
    assert route.promised is None or date.fromisoformat(route.promised) > today
    home = TREE.city_of(place) if place else None
    assert home is None or home.code == route.destination == answer.gateway
    assert (route.mode is Mode.LOCAL) == (answer.power != "partner")
    if answer.power == "own":
        assert route.level in asked.levels
    deciding = TREE.get(route.division)
    assert deciding is not None
    if place:
        # The authority's division is the place itself or above it: a matter never goes sideways.
        assert deciding.code in {d.code for d in TREE.lineage(place)}


@given(st.sampled_from(ITEMS), st.sampled_from(PLACES), st.sampled_from(STANDS), DAYS)
def test_every_question_has_one_explained_answer(
    asked: ServiceItem, place: str, at: str, today: date
) -> None:
    answer = router(at).decide(asked, place, today)
    assert answer == router(at).decide(asked, place, today)
    is_sound(asked, place, answer, today)
    plain = router(at).resolve(asked, place, today)
    assert plain == (answer.route if isinstance(answer, Decision) else answer)


def test_the_whole_table_is_total_and_unambiguous() -> None:
    """Every item for every city, district and town, and for every village where one may decide."""
    asking = router()
    wide = [code for code in ALL_CODES if len(code) < 12]
    for asked in ITEMS:
        deep = Level.VILLAGE in asked.levels or load_delegations().of(asked.code)
        places = [*wide, *OWN_CODES] if deep else [c for c in wide if len(c) == 6]
        for place in places:
            is_sound(asked, place, asking.decide(asked, place, TODAY), TODAY)


def expected_power(asked: ServiceItem, place: str, today: date) -> tuple[str, str] | None:
    """An oracle of its own: every authority that holds the power, then the deepest of them."""
    line = TREE.lineage(place)
    held = [
        (DEPTH[d.level], d.code, "delegated")
        for d in line
        for row in load_delegations().rows
        if row.matter == asked.code and row.level is d.level and row.holds_on(today)
        and any(above.code == row.to for above in TREE.lineage(d.code))
    ]  # fmt: skip
    held += [
        (DEPTH[d.level], d.code, "own")
        for d in line
        if d.level in asked.levels and not any(code == d.code for _, code, _ in held)
    ]
    assert len({depth for depth, _, _ in held}) == len(held)
    return max(held)[1:] if held else None


@given(st.sampled_from(ITEMS), st.sampled_from(OWN_CODES), DAYS)
def test_the_longest_division_prefix_with_this_power_decides(
    asked: ServiceItem, place: str, today: date
) -> None:
    expected = expected_power(asked, place, today)
    answer = router().decide(asked, place, today)
    if expected is None:
        assert isinstance(answer, NoRoute)
        return
    assert isinstance(answer, Decision)
    assert (answer.route.division, answer.power) == expected
    division = TREE.get(expected[0])
    assert division is not None
    assert answer.route.authority == load_authorities().name(asked.office, division)
    assert answer.route.mode is Mode.LOCAL
    assert answer.route.destination == "440500"


@pytest.mark.parametrize(
    ("place", "authority", "level"),
    [
        ("440507008001", "洋滨居委会", Level.VILLAGE),
        ("440507008007", "龙祥街道公共服务办公室", Level.TOWN),
        ("440507008000", "龙祥街道公共服务办公室", Level.TOWN),
        ("440507009", "外砂街道公共服务办公室", Level.TOWN),
        ("440507", "龙湖区民政局", Level.DISTRICT),
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


@pytest.mark.parametrize(
    ("days", "place", "division", "power"),
    [
        (-1, "440513101", "440500", "own"),
        (0, "440513101", "440513101", "delegated"),
        (0, "440513101001", "440513101", "delegated"),
        (0, "440512001", "440500", "own"),
        (30, "440513101", "440513101", "delegated"),
        (31, "440513101", "440500", "own"),
    ],
)
def test_a_delegation_holds_from_its_first_day_to_its_last_and_where_it_was_given(
    days: int, place: str, division: str, power: str
) -> None:
    asked = item("rs-0001")
    last = TODAY + timedelta(30)
    row = Delegation(asked.code, "440513", Level.TOWN, TODAY, last, "测试文件")
    answer = router(delegations=Delegations([row], TREE)).decide(
        asked, place, TODAY + timedelta(days)
    )
    assert isinstance(answer, Decision)
    assert (answer.route.division, answer.power) == (division, power)
    assert ("测试文件" in answer.route.explanation.zh) == (power == "delegated")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("no-such", "440507", "town", "2026-01-01", "")], "no item of this code"),
        ([("mz-0058", "449999", "town", "2026-01-01", "")], "'449999' is not known"),
        ([("mz-0058", "440507008", "district", "2026-01-01", "")], "not a level within"),
        ([("mz-0058", "440507", "city", "2026-01-01", "")], "not a level within"),
        ([("mz-0058", "440507", "town", "2026-01-01", "2025-01-01")], "ends before it begins"),
        (
            [
                ("mz-0058", "440507", "town", "2026-01-01", "2026-06-30"),
                ("mz-0058", "440507008", "town", "2026-06-30", ""),
            ],
            "is given twice",
        ),
    ],
)
def test_mistakes_in_delegations_are_named(
    rows: list[tuple[str, str, str, str, str]], said: str
) -> None:
    table = Delegations(
        [
            Delegation(
                matter, to, Level(level), date.fromisoformat(since),
                date.fromisoformat(until) if until else None, "测试",
            )
            for matter, to, level, since, until in rows
        ],
        TREE,
    )  # fmt: skip
    assert any(said in mistake for mistake in table.mistakes(frozenset({"mz-0058"})))


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


def test_a_district_of_a_partner_city_goes_to_its_city() -> None:
    answer = router().resolve(item("gj-0126"), "440106", TODAY)
    assert isinstance(answer, Route)
    assert answer.destination == "440100"


def test_an_offer_is_none_before_and_after_its_days() -> None:
    offer = (
        item("gj-0126")
        .cities[0]
        .model_copy(update={"since": TODAY, "until": TODAY + timedelta(10)})
    )
    asked = item("gj-0126").model_copy(update={"cities": (offer,)})
    for days, there in ((-1, False), (0, True), (10, True), (11, False)):
        answer = router().resolve(asked, offer.city, TODAY + timedelta(days))
        assert isinstance(answer, Route) is there
        if days < 0:
            assert isinstance(answer, NoRoute)
            assert TODAY.isoformat() in answer.explanation.zh


def test_a_city_that_makes_no_offer_is_refused_by_name_with_a_way_out() -> None:
    answer = router().resolve(item("mz-0058"), "440100", TODAY)
    assert isinstance(answer, NoRoute)
    assert answer.code == "route.none"
    assert "广州市" in answer.explanation.zh
    assert "Guangzhou" in answer.explanation.en
    assert "广州市政务服务中心" in answer.way_out.zh


def test_a_company_is_not_a_resident() -> None:
    answer = router().decide(item("rs-0001"), "", TODAY, "enterprise")
    assert isinstance(answer, NoRoute)
    assert isinstance(router().decide(item("rs-0001"), "", TODAY, "resident"), Decision)


def test_an_item_for_other_cities_only_says_so_for_this_one() -> None:
    answer = router().resolve(item("gj-0126"), "440500", TODAY)
    assert isinstance(answer, NoRoute)
    assert "外市" in answer.explanation.zh


def test_a_place_must_be_chosen_where_the_item_says_so() -> None:
    for asked in ITEMS:
        answer = router().resolve(asked, "", TODAY)
        if asked.place is PlaceChoice.NONE:
            assert isinstance(answer, Route), asked.code
        else:
            assert isinstance(answer, NoRoute)
            assert answer.code == "route.place_needed"


@pytest.mark.parametrize("at", ["440513199", "440513199002", "440507099", "440500", "440599"])
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
    calendar = asked.model_copy(update={"day_unit": DayUnit.CALENDAR})
    other = router().resolve(calendar, "440507", TODAY)
    assert isinstance(other, Route)
    assert other.promised == "2026-12-07"
