"""The division tree and the working-day calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import Level
from config.divisions import load_divisions
from config.working_days import load_working_days

TREE = load_divisions()
DAYS = load_working_days()


def codes(below: str) -> list[str]:
    return [code for child in TREE.children(below) for code in (child.code, *codes(child.code))]


ALL_CODES = codes("")


def test_every_division_lies_in_a_city_and_its_code_in_its_parents() -> None:
    assert len(ALL_CODES) == 31
    for code in ALL_CODES:
        line = TREE.lineage(code)
        assert line[0].code == code
        assert line[-1].level is Level.CITY
        assert line[-1].code == code[:4] + "00"
        for child, parent in pairwise(line):
            prefix = parent.code if len(parent.code) > 6 else parent.code[:4]
            assert child.code.startswith(prefix)


def test_dongguan_has_no_districts() -> None:
    assert TREE.children("441900") == []
    city = TREE.city_of("441900")
    assert city is not None
    assert city.name.zh == "东莞市"


@pytest.mark.parametrize(
    ("padded", "plain"),
    [
        ("440507000000", "440507"),
        ("440507002000", "440507002"),
        ("440507002003", "440507002003"),
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
    assert promise.on == date(2027, 1, 7)
    assert promise.estimated
    assert not DAYS.promise(date(2026, 12, 30), 1).estimated


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_a_promise_spans_exactly_its_working_days(accepted: date, days: int) -> None:
    promise = DAYS.promise(accepted, days)
    between = (promise.on - accepted).days
    worked = [DAYS.is_working_day(accepted + timedelta(n)) for n in range(1, between + 1)]
    assert sum(worked) == days
    assert worked[-1]
