"""The unified social credit code of GB 32100."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.identity import company_check_character, is_company_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@st.composite
def company_codes(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["440500", "440599", "440521", "440524", "440582", "440508"]))
    organisation = draw(st.text(ALPHABET, min_size=9, max_size=9))
    first = draw(st.sampled_from(["91", "92", "12", "11", "51"])) + area + organisation
    return first + company_check_character(first)


@pytest.mark.parametrize("code", ["11440100007483172Q", "12441500196720244T"])
def test_published_codes_of_authorities_pass(code: str) -> None:
    assert is_company_code(code)
    assert is_company_code(code.lower())


@given(company_codes())
def test_a_code_with_its_check_character_is_valid_whatever_became_of_its_division(
    code: str,
) -> None:
    assert is_company_code(code)


@given(company_codes(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_changed_character_of_a_company_code_is_caught(
    code: str, place: int, other: str
) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assume(changed != code)
    assert not is_company_code(changed)


@given(company_codes(), st.integers(0, 16))
def test_two_neighbours_of_a_company_code_swapped_are_caught(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    assert not is_company_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(st.text(max_size=20))
def test_any_text_is_judged_as_a_company_code_without_an_exception(text: str) -> None:
    if is_company_code(text):
        assert len(text) == 18


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_look_like_digits_are_none(letter: str) -> None:
    assert not is_company_code(f"1144010000748317{letter}Q")
    with pytest.raises(ValueError, match="substring not found"):
        company_check_character(f"1144010000748317{letter}")
