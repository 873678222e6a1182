"""An address is one text from the city to the flat, whatever way it was made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.divisions import load_divisions
from config.shipped import load_catalogue
from kiosk.directory import Circumstances, ServiceDirectory
from screens import addresses
from screens.models.form_address import Addresses

TREE = load_divisions()
DIRECTORY = ServiceDirectory(load_catalogue(), TREE, "440500", Circumstances)
CODES = [
    d.code for city in DIRECTORY.below("") for d in addresses.all_below(city.code, DIRECTORY.below)
]
STREETS = ("珠池路8号", "", "1栋 2房")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CODES), st.sampled_from(STREETS))
def test_what_was_chosen_is_read_again(code: str, street: str) -> None:
    line = addresses.lineage(code, TREE.get)
    text = addresses.region_text(line) + street
    again, rest = addresses.read(text, DIRECTORY.below)
    assert rest == street
    assert addresses.region_text(addresses.lineage(again, TREE.get)) == addresses.region_text(line)


def test_dongguan_goes_from_the_city_to_its_towns() -> None:
    book = Addresses(DIRECTORY)
    assert DIRECTORY.below("")[0].code == "440500"
    text = book.opened("lives", "", "441900")
    shown = book.shown("lives", text, "zh_CN")
    assert "东城街道" in [place["name"] for place in shown["places"]]
    assert not shown["settled"]
    text = book.opened("lives", text, "441900003")
    assert text == "广东省东莞市东城街道"
    assert book.shown("lives", text, "zh_CN")["settled"]
    assert book.fault("lives", text) == "address_line"
    assert book.typed("lives", text, "东城中路1号") == "广东省东莞市东城街道东城中路1号"


def test_a_place_that_was_typed_is_offered_and_taken() -> None:
    book = Addresses(DIRECTORY)
    text = book.typed("lives", "", "金霞街道珠池路")
    assert book.fault("lives", text) == "address_region"
    (offer,) = [o for o in book.shown("lives", text, "zh_CN")["offers"] if o["key"] == "440507001"]
    text = book.completed("lives", text, offer["key"])
    assert text == "广东省汕头市龙湖区金霞街道珠池路"
    assert book.fault("lives", text) == ""


def test_another_place_keeps_the_street_and_nothing_typed_is_nothing() -> None:
    book = Addresses(DIRECTORY)
    text = book.opened("lives", "广东省汕头市龙湖区金霞街道珠池路8号", "440507")
    assert text == "广东省汕头市龙湖区珠池路8号"
    other = Addresses(DIRECTORY)
    assert other.typed("lives", other.typed("lives", "", "珠"), "") == ""


@pytest.mark.parametrize("text", ["", "不知道", "广东省", "广东省汕头市"])
def test_any_text_is_read_and_keeps_its_end(text: str) -> None:
    code, rest = addresses.read(text, DIRECTORY.below)
    assert addresses.region_text(addresses.lineage(code, TREE.get)) + rest == text
