"""The directory: what can be finished here now is said before a person starts."""

from __future__ import annotations

import itertools

import pytest

from config.catalogue import Identification, Kind, PlaceChoice, ServiceItem
from config.divisions import load_divisions
from config.shipped import load_catalogue
from kiosk.directory import Circumstances, ServiceDirectory, judge
from kiosk.visit.journey import may_defer
from kiosk.words import known_codes

ITEMS = load_catalogue().items
DIRECTORY = ServiceDirectory(load_catalogue(), load_divisions(), "440500", Circumstances)
EVERY = [
    Circumstances(up, frozenset(broken), frozenset(down), refusal)
    for up, broken, down, refusal in itertools.product(
        (True, False),
        ((), ("id_card_reader",), ("document_printer",), ("camera", "receipt_printer")),
        ((), ("441900",)),
        ("", "outbox.full"),
    )
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_every_judgement_is_explained_and_never_promises_what_cannot_be(item: ServiceItem) -> None:
    for now in EVERY:
        for destination in ("", "440500", "441900"):
            found = judge(item, now, destination)
            assert (found.code == "") == (found.possible and not found.limited)
            if found.code:
                assert found.code in known_codes()
                assert found.words is not None
            if not found.possible:
                assert found.way_out is not None
            if found.possible and item.identification is not Identification.L0:
                assert "id_card_reader" not in now.unusable
            if found.possible and "proof" in item.outputs:
                assert "document_printer" not in now.unusable
            if found.possible and not now.portal_reachable:
                assert may_defer(item)
                assert found.limited
                assert not now.outbox_refusal


def test_all_is_possible_on_a_good_day() -> None:
    assert all(DIRECTORY.availability(item.code).possible for item in ITEMS)
    assert not any(DIRECTORY.availability(item.code).limited for item in ITEMS)
    assert DIRECTORY.availability("no-such").code == "item.unknown"


def test_payment_query_and_print_need_the_portal() -> None:
    cut = Circumstances(portal_reachable=False)
    for item in ITEMS:
        if item.kind is not Kind.APPLY:
            assert judge(item, cut).code == "item.offline_never"


def test_every_item_is_found_by_its_situation_and_featured_ones_in_order() -> None:
    by_situation = [i for s in DIRECTORY.situations() for i in DIRECTORY.items_of(s.key)]
    assert {item.code for item in by_situation} == {item.code for item in ITEMS}
    featured = [item.featured for item in DIRECTORY.featured()]
    assert featured == sorted(featured, reverse=True)
    assert all(featured)


def test_places_lead_down_the_tree_or_to_the_offering_cities() -> None:
    for item in ITEMS:
        places = [division.code for division in DIRECTORY.places(item, "")]
        if item.place is PlaceChoice.NONE:
            assert places == []
        elif item.place is PlaceChoice.CITY:
            assert set(places) >= {offer.city for offer in item.cities}
            assert DIRECTORY.places(item, "441900") == []
        else:
            assert "440507" in places
            assert "440507002" in [d.code for d in DIRECTORY.places(item, "440507")]
            assert DIRECTORY.places(item, "440507002003") == []


def test_the_eight_partner_cities_and_what_they_offer() -> None:
    cities = DIRECTORY.partner_cities()
    assert len(cities) == 8
    for city in cities:
        for item in DIRECTORY.city_items(city.code):
            assert city.code in {offer.city for offer in item.cities}
