"""The citizen number of GB 11643 and documents that can't be used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drivers.ports import IdDocument, IdDocumentKind
from kiosk.identity import check_digit, document_fault, is_citizen_number
from kiosk.terminal.cards import holder_of

TODAY = date(2026, 11, 22)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["440599", "440500", "440521", "440524", "440582"]))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    first = f"{area}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first + check_digit(first)


@given(numbers())
def test_a_number_with_its_check_digit_is_valid(number: str) -> None:
    assert is_citizen_number(number)
    assert is_citizen_number(number.lower())


@given(numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_changed_character_is_caught(number: str, place: int, other: str) -> None:
    changed = number[:place] + other + number[place + 1 :]
    assume(changed != number)
    assert not is_citizen_number(changed)


@given(numbers(), st.integers(0, 16))
def test_two_neighbours_swapped_are_caught(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not is_citizen_number(swapped)


@given(st.text(max_size=20))
def test_any_text_is_judged_without_an_exception(text: str) -> None:
    if is_citizen_number(text):
        assert len(text) == 18


def with_check(first: str) -> str:
    return first + check_digit(first)


def test_the_check_character_x_counts_in_both_cases() -> None:
    found = next(n for i in range(999) if (n := with_check(f"44059919800101{i:03d}"))[17] == "X")
    assert is_citizen_number(found)
    assert is_citizen_number(found[:17] + "x")
    assert not is_citizen_number(found[:17] + "Ⅹ")


@pytest.mark.parametrize("area", ["440521", "440524", "440582"])
def test_numbers_of_abolished_divisions_stay_valid_for_life(area: str) -> None:
    assert is_citizen_number(with_check(f"{area}19550607001"))


@pytest.mark.parametrize("born", ["19800230", "20011301", "00000101", "19000229"])
def test_a_date_that_never_was_is_refused_though_the_check_digit_fits(born: str) -> None:
    assert not is_citizen_number(with_check(f"440599{born}001"))


def test_other_digits_of_unicode_are_no_digits() -> None:
    assert not is_citizen_number("４４０５９９198001010014")


def document(number: str, **more: Any) -> IdDocument:
    return replace(
        IdDocument(
            kind=IdDocumentKind.RESIDENT,
            name="陈示例",
            number=number,
            sex="1",
            birth=date(1980, 1, 1),
            valid_from=date(2020, 1, 1),
            valid_to=date(2040, 1, 1),
        ),
        **more,
    )


GOOD = with_check("44059919800101001")


def test_documents_are_refused_for_number_and_date_only() -> None:
    assert document_fault(document(GOOD), TODAY) == ""
    assert document_fault(document(GOOD[:17] + "?"), TODAY) == "idcard.number_invalid"
    assert document_fault(document(GOOD, valid_to=date(2026, 11, 21)), TODAY) == "idcard.expired"
    assert document_fault(document(GOOD, valid_to=TODAY), TODAY) == ""
    assert document_fault(document(GOOD, valid_to=None, long_term=True), TODAY) == ""


def test_the_foreigners_number_of_2017_has_no_check_digit() -> None:
    foreign = document("CHN440582011234", kind=IdDocumentKind.FOREIGNER_2017)
    assert document_fault(foreign, TODAY) == ""
    old = document("CHN440582011234", kind=IdDocumentKind.FOREIGNER_2017, valid_to=date(2020, 1, 1))
    assert document_fault(old, TODAY) == "idcard.expired"


@pytest.mark.parametrize(
    ("birth", "good"),
    [("18991231", True), ("20000229", True), ("17991231", False), ("21000101", False),
     ("00010101", False), ("19000229", False)],
)  # fmt: skip
def test_a_birth_in_a_century_without_numbers_is_a_slip(birth: str, good: bool) -> None:
    assert is_citizen_number(with_check(f"440501{birth}001")) is good


def test_an_x_of_either_case_is_the_same_person() -> None:
    number = next(n for i in range(999) if (n := with_check(f"44059919800101{i:03d}"))[17] == "X")
    written = [document(number), document(number.lower())]
    assert {holder_of(one, "").number.reveal() for one in written} == {number}
    foreign = document("chn440582011234", kind=IdDocumentKind.FOREIGNER_2017)
    assert holder_of(foreign, "").number.reveal() == "chn440582011234"
