"""Values as typed and as kept, and the date wheel's sums."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.catalogue import FormField
from config.text import Text
from screens.date_wheel import Span, columns, shown_day, span, turned, worded, written
from screens.shapes import grouped, plain

KINDS = ("phone", "number", "bank_card", "id_number", "company_code", "amount", "date", "month")
TODAY = date(2026, 11, 22)
TYPED = st.text(alphabet="0123456789-. ,/XxAm年月¥", max_size=26)


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        ("phone", "13900000012", "13900000012", "139 0000 0012"),
        ("phone", "139-0000-00129", "13900000012", "139 0000 0012"),
        ("phone", "0754 88880000", "075488880000", "075488880000"),
        ("id_number", "44059919800101001x", "44059919800101001X", "440599 1980 0101 001X"),
        ("id_number", "4405X9", "44059", "44059"),
        ("bank_card", "6217000000000000000", "6217000000000000000", "6217 0000 0000 0000 000"),
        ("company_code", "91440500ma5examp0n", "91440500MA5EXAMP0N", "9144 0500 MA5E XAMP 0N"),
        ("amount", "007654.567", "7654.56", "7,654.56"),
        ("amount", ".5", "0.5", "0.5"),
        ("amount", "1,234,567.", "1234567.", "1,234,567."),
        ("date", "19580321", "1958-03-21", "1958-03-21"),
        ("date", "1958年3月21日", "1958-03-21", "1958-03-21"),
        ("date", "1958-3-", "1958-03-", "1958-03-"),
        ("month", "2026/1", "2026-1", "2026-1"),
        ("text", " as it is ", " as it is ", " as it is "),
    ],
)
def test_what_is_typed_what_is_kept_and_what_is_shown(
    kind: str, typed: str, kept: str, shown: str
) -> None:
    assert plain(kind, typed) == kept
    assert grouped(kind, kept) == shown


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(KINDS), TYPED)
def test_grouping_loses_nothing_and_comes_to_rest(kind: str, typed: str) -> None:
    kept = plain(kind, typed)
    assert plain(kind, kept) == kept
    assert plain(kind, grouped(kind, kept)) == kept


def asked(widget: str, when: str = "") -> FormField:
    return FormField.model_validate({"label": Text(zh="", en=""), "widget": widget, "when": when})


def test_the_span_is_what_schema_and_moment_leave() -> None:
    limits = {"formatMinimum": "2024-02", "formatMaximum": "2030-01"}
    assert span(asked("month"), limits, TODAY) == Span(date(2024, 2, 1), date(2030, 1, 1))
    assert span(asked("month", "past"), limits, TODAY).latest == date(2026, 11, 1)
    assert span(asked("date", "future"), {}, TODAY).earliest == TODAY
    within = span(asked("date", "past"), {}, TODAY)
    assert shown_day("", "date", within, TODAY) == TODAY
    assert shown_day("2031-05-05", "date", within, TODAY) == TODAY
    assert shown_day("1958-02-3", "date", within, TODAY) == TODAY
    assert shown_day("1958-02-03", "date", within, TODAY) == date(1958, 2, 3)
    assert written(shown_day("", "month", within, TODAY), "month") == "2026-11"


@settings(max_examples=80, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(("year", "month", "day")),
    st.integers(-400, 400),
)
def test_a_turn_stays_within_the_span_and_turns_back(day: date, part: str, by: int) -> None:
    free = Span(date(1000, 1, 1), date(3000, 12, 31))
    there = turned(day, part, by, free)
    if part == "day":
        assert (there - day).days == by
    else:
        steps = by * (12 if part == "year" else 1)
        assert (there.year - day.year) * 12 + there.month - day.month == steps
        assert there.day == min(day.day, monthrange(there.year, there.month)[1])
    tight = Span(date(2000, 2, 29), date(2026, 11, 22))
    assert tight.earliest <= turned(tight.nearest(day), part, by, tight) <= tight.latest


def test_columns_say_where_each_button_leads_and_where_none_does() -> None:
    within = Span(date(1950, 1, 1), date(2026, 11, 22))
    year, month, day = columns(date(2026, 11, 1), "date", within, "zh_CN")
    assert (year["text"], year["before"], year["after"]) == ("2026年", "2025年", "")
    assert (month["before"], month["after"]) == ("10月", "")
    assert (day["before"], day["after"]) == ("31日", "2日")
    english = columns(date(2026, 11, 1), "date", within, "en")
    assert [c["text"] for c in english] == ["1", "November", "2026"]
    assert worded(date(2026, 11, 1), "date", "zh_CN") == "2026年11月1日 星期日"
    assert worded(date(2026, 11, 1), "date", "en") == "Sunday, 1 November 2026"
