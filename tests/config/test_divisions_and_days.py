"""The division tree and the working-day calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import Level
from config.divisions import divisions_edition, load_divisions, load_former_divisions
from config.working_days import Pause, WorkingDays, load_working_days

TREE = load_divisions()
DAYS = load_working_days()


def codes(below: str) -> list[str]:
    return [code for child in TREE.children(below) for code in (child.code, *codes(child.code))]


ALL_CODES = codes("")


def test_every_division_lies_in_a_city_and_its_code_in_its_parents() -> None:
    levels = Counter(TREE.lineage(code)[0].level.value for code in ALL_CODES)
    assert levels == {"city": 9, "district": 57, "town": 753, "village": 1091}
    assert len(set(ALL_CODES)) == len(ALL_CODES)
    for code in ALL_CODES:
        line = TREE.lineage(code)
        assert line[0].code == code
        assert line[-1].level is Level.CITY
        assert line[-1].code == code[:4] + "00"
        for child, parent in pairwise(line):
            prefix = parent.code if len(parent.code) > 6 else parent.code[:4]
            assert child.code.startswith(prefix)


def test_shantou_is_whole_down_to_its_villages() -> None:
    towns = {d.code: len(TREE.children(d.code)) for d in TREE.children("440500")}
    assert towns == {
        "440507": 10, "440511": 12, "440512": 7, "440513": 13, "440514": 11, "440515": 11,
        "440523": 3,
    }  # fmt: skip
    for district in towns:
        assert all(TREE.children(town.code) for town in TREE.children(district))


@pytest.mark.parametrize("name", ["鮀莲街道", "鮀江街道", "礐石街道"])
def test_streets_outside_the_old_character_set_are_there(name: str) -> None:
    assert name in {d.name.zh for code in ("440511", "440512") for d in TREE.children(code)}


def test_every_division_is_named_and_shaped_by_its_level() -> None:
    digits = {Level.CITY: 6, Level.DISTRICT: 6, Level.TOWN: 9, Level.VILLAGE: 12}
    for code in ALL_CODES:
        division = TREE.get(code)
        assert division is not None
        assert len(code) == digits[division.level]
        assert division.name.zh
        assert division.name.en.isascii()
        assert division.name.en[0].isupper()


def test_former_codes_lead_to_a_division_of_today_and_are_none_themselves() -> None:
    former = load_former_divisions()
    assert {"440521", "440524", "440582", "440583", "440506", "440508"} <= set(former)
    for code, old in former.items():
        assert TREE.get(code) is None
        assert TREE.get(old.now) is not None or not old.now.startswith("4405")


def test_the_edition_says_when_it_was_true() -> None:
    edition = divisions_edition()
    assert date.fromisoformat(edition.as_of) < date.fromisoformat(edition.published)
    assert edition.version in edition.source


def test_dongguan_has_no_districts() -> None:
    towns = TREE.children("441900")
    assert len(towns) == 36
    assert {town.level for town in towns} == {Level.TOWN}
    city = TREE.city_of("441900")
    assert city is not None
    assert city.name.zh == "东莞市"


@pytest.mark.parametrize(
    ("padded", "plain"),
    [
        ("440507000000", "440507"),
        ("440507008000", "440507008"),
        ("440507008001", "440507008001"),
        ("440500000000", "440500"),
    ],
)
def test_padded_codes_are_understood(padded: str, plain: str) -> None:
    division = TREE.get(padded)
    assert division is not None
    assert division.code == plain
    assert [d.code for d in TREE.lineage(padded)] == [d.code for d in TREE.lineage(plain)]


@given(st.text(max_size=14))
def test_strange_codes_are_unknown_and_harmless(code: str) -> None:
    division = TREE.get(code)
    if division is None:
        assert TREE.lineage(code) == []
        assert TREE.city_of(code) is None
    else:
        assert code.startswith(division.code)


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_make_up_days_of_2026_are_worked_though_they_are_weekends(day: str) -> None:
    moment = date.fromisoformat(day)
    assert moment.weekday() >= 5
    assert DAYS.is_working_day(moment)


@pytest.mark.parametrize(
    "day", ["2026-01-01", "2026-02-17", "2026-02-23", "2026-04-06", "2026-06-19", "2026-10-07"]
)
def test_holidays_of_2026_are_not_worked_though_they_are_weekdays(day: str) -> None:
    assert date.fromisoformat(day).weekday() < 5
    assert not DAYS.is_working_day(date.fromisoformat(day))


def test_promises_count_from_the_day_after_acceptance() -> None:
    assert DAYS.promise(date(2026, 11, 22), 15).on == date(2026, 12, 11)
    assert not DAYS.promise(date(2026, 11, 22), 15).estimated
    assert DAYS.promise(date(2026, 2, 13), 1).on == date(2026, 2, 14)
    assert DAYS.promise(date(2026, 2, 13), 2).on == date(2026, 2, 24)
    assert DAYS.promise(date(2026, 9, 30), 1).on == date(2026, 10, 8)


def test_promises_into_a_year_without_a_notice_are_estimated() -> None:
    promise = DAYS.promise(date(2026, 12, 24), 10)
    assert promise.on == date(2027, 1, 8)
    assert promise.estimated
    assert not DAYS.promise(date(2026, 12, 30), 1).estimated


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_a_promise_spans_exactly_its_working_days(accepted: date, days: int) -> None:
    promise = DAYS.promise(accepted, days)
    between = (promise.on - accepted).days
    worked = [DAYS.is_working_day(accepted + timedelta(n)) for n in range(1, between + 1)]
    assert sum(worked) == days
    assert worked[-1]


@given(st.dates(date(2026, 1, 1), date(2026, 9, 1)), st.integers(1, 30), st.integers(0, 40))
def test_a_pause_moves_a_promise_by_its_own_working_days(
    accepted: date, days: int, length: int
) -> None:
    since = accepted + timedelta(1)
    pause = Pause(since, since + timedelta(length))
    moved = DAYS.promise(accepted, days, [pause]).on
    assert pause.until is not None
    worked = [pause.until + timedelta(n) for n in range(1, (moved - pause.until).days + 1)]
    assert sum(DAYS.is_working_day(day) for day in worked) == days
    assert DAYS.promise(accepted, days, []).on <= moved


def test_a_pause_without_an_end_leaves_the_date_open() -> None:
    promise = DAYS.promise(date(2026, 3, 2), 10, [Pause(date(2026, 3, 5), None)])
    assert promise.open_ended
    assert promise.on == date(2026, 3, 5)
    over = DAYS.promise(date(2026, 3, 2), 2, [Pause(date(2026, 3, 5), None)])
    assert not over.open_ended


def test_calendar_days_know_no_holidays_and_are_never_estimated() -> None:
    promise = DAYS.promise(date(2026, 12, 28), 10, working=False)
    assert (promise.on, promise.estimated) == (date(2027, 1, 7), False)


@pytest.mark.parametrize(
    ("accepted", "days", "on"),
    [
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # New Year's Day is a Friday
        (date(2027, 2, 4), 1, date(2027, 2, 9)),  # New Year's Eve to the third day
        (date(2027, 4, 30), 1, date(2027, 5, 3)),
        (date(2028, 1, 24), 1, date(2028, 1, 31)),
        (date(2027, 9, 30), 1, date(2027, 10, 4)),
        (date(2035, 4, 30), 1, date(2035, 5, 3)),  # beyond the lunar table: fixed days only
    ],
)
def test_the_law_counts_before_a_years_notice_is_there(accepted: date, days: int, on: date) -> None:
    promise = DAYS.promise(accepted, days)
    assert (promise.on, promise.estimated) == (on, True)


def test_a_published_year_goes_by_its_notice_alone() -> None:
    noticed = WorkingDays(
        {
            "by_law": {"every_year": ["01-01"], "holidays": ["2027-09-15"]},
            "2027": {"holidays": ["2027-01-01/2027-01-02"], "workdays": ["2026-12-27"]},
        }
    )
    assert noticed.is_working_day(date(2027, 9, 15))
    assert noticed.is_working_day(date(2026, 12, 27))  # a notice reaches into the old year
    assert noticed.is_working_day(date(2027, 10, 1))
    assert not noticed.promise(date(2027, 9, 14), 1).estimated
    assert not list(noticed.mistakes())


def test_the_shipped_years_are_sound_and_give_back_each_day_they_take() -> None:
    """A notice moves days, it gives none away: weekdays off beyond those of the law are worked for."""
    assert not list(DAYS.mistakes())
    by_law = 13  # since 2025
    for year in DAYS.years:
        first = date(year, 1, 1)
        length = (date(year + 1, 1, 1) - first).days
        week = sum((first + timedelta(n)).weekday() < 5 for n in range(length))
        worked = sum(DAYS.is_working_day(first + timedelta(n)) for n in range(length))
        assert week - worked == by_law


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"holidays": ["2027-10-07/2027-10-01"]}, "ends before it begins"),
        ({"holidays": ["2026-10-01"]}, "is not of this year"),
        ({"workdays": ["2028-01-01"]}, "is not of this year"),
        ({"workdays": ["2027-10-11"]}, "is no weekend"),
        (
            {"holidays": ["2027-10-01/2027-10-07"], "workdays": ["2027-10-02"]},
            "both a holiday and a make-up day",
        ),
    ],
)
def test_mistakes_in_a_years_notice_are_named(table: dict[str, list[str]], said: str) -> None:
    assert any(said in mistake for mistake in WorkingDays({"2027": table}).mistakes())
