"""Personal values never show themselves; masks hide what they promise."""

from __future__ import annotations

import copy
import dataclasses
import json
import logging
import pickle
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.personal import Holder, Personal, mask_name, mask_number, mask_phone
from kiosk.visit import events as ev
from kiosk.visit.model import Visit

SECRET = "李䶮-440599198001010014"

digits = st.text("0123456789", max_size=24)


@given(digits, digits)
def test_the_hidden_part_of_a_number_does_not_matter(one: str, other: str) -> None:
    """The mask is a function of what may be seen: nothing of the hidden part can leak."""
    middle, instead = one[3:-4], other[: len(one[3:-4])].ljust(len(one[3:-4]), "7")
    if len(one) >= 14:
        assert mask_number(one[:3] + middle + one[-4:]) == mask_number(one[:3] + instead + one[-4:])


@given(st.text("0123456789ABCX", max_size=24))
def test_a_masked_number_hides_at_least_half(number: str) -> None:
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= len(number) / 2
    assert all(shown in ("*", real) for shown, real in zip(masked, number, strict=True))


def test_the_citizen_number_shows_three_and_four() -> None:
    assert mask_number("440599198001010014") == "440***********0014"


@given(st.text("0123456789", max_size=15))
def test_a_masked_phone_shows_at_most_three_and_four(phone: str) -> None:
    masked = mask_phone(phone)
    assert len(masked) == len(phone)
    assert len(masked.replace("*", "")) <= 7
    if len(phone) == 11:
        assert masked == phone[:3] + "****" + phone[7:]


@given(st.text(min_size=1, max_size=10).filter(lambda name: "*" not in name))
def test_a_masked_name_hides_its_first_character(name: str) -> None:
    assert mask_name(name)[0] == "*"
    assert mask_name(name)[1:] == name[1:]


def test_names_as_the_sketch_shows_them() -> None:
    assert mask_name("陈秋实") == "*秋实"
    assert mask_name("𬭎三") == "*三"
    assert mask_name("李") == "*"
    assert mask_name("") == ""


def holder() -> Holder:
    own = Personal(SECRET)
    return Holder("resident", own, own, own, own, date(1980, 1, 1), own, None)


def texts_of(value: object) -> list[str]:
    return [
        str(value), repr(value), f"{value}", f"{value!r:>60}", "%s %r" % (value, value),  # noqa: UP031
        f"{[value]} {({'k': value})}", json.dumps(value, default=str),
        json.dumps(value, default=repr),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        Personal(SECRET),
        holder(),
        ev.FormEdited("name", Personal(SECRET)),
        ev.StaffPinEntered(Personal(SECRET)),
        ev.CardRead(1, holder()),
        Visit(holder=holder(), form={"name": Personal(SECRET)}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_ordinary_way_of_printing_shows_it(value: object) -> None:
    for text in texts_of(value):
        assert "䶮" not in text
        assert "440599" not in text
        assert "1980" not in text


def test_formatting_with_a_width_masks_too() -> None:
    assert f"{Personal(SECRET):>6}" == "   •••"


def test_logging_masks(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("any").info(
            "read %s and %r of %s", Personal(SECRET), holder(), [holder()]
        )
    assert "䶮" not in caplog.text
    assert "•••" in caplog.text


def test_taking_dataclasses_apart_leaves_it_closed() -> None:
    taken = dataclasses.asdict(holder())
    assert isinstance(taken["name"], Personal)
    assert not re.search("䶮|440599", repr(taken))
    with pytest.raises(TypeError):
        json.dumps(taken["name"])


def test_it_does_not_leave_the_process_by_pickle() -> None:
    for value in (Personal(SECRET), holder(), Visit(holder=holder())):
        with pytest.raises(TypeError):
            pickle.dumps(value)


def test_it_has_no_attributes_to_look_into_and_cannot_be_changed() -> None:
    value, field = Personal(SECRET), "_value"
    assert not hasattr(value, "__dict__")
    with pytest.raises(AttributeError):
        setattr(value, field, "x")
    with pytest.raises(AttributeError):
        delattr(value, field)
    assert value.reveal() == SECRET


def test_it_is_a_value() -> None:
    assert Personal("a") == Personal("a")
    assert Personal("a") != Personal("b")
    assert Personal("a") != "a"
    assert len({Personal("a"), Personal("a")}) == 1
    assert not Personal("")
    assert copy.deepcopy(Personal("a")) == copy.copy(Personal("a")) == Personal("a")
