"""The directory: what can be finished here now is said before a person starts."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from config.catalogue import Identification, Kind, Mode, Need, PlaceChoice, ServiceItem
from config.divisions import load_divisions
from config.settings import DeskHours
from config.shipped import load_catalogue
from config.text import Text
from config.working_days import load_working_days
from kiosk.directory import Circumstances, ServiceDirectory, judge
from kiosk.duty import Desk, opens_at
from kiosk.visit.journey import finds_policies, may_defer
from kiosk.words import known_codes, words_for

ITEMS = load_catalogue().items
TODAY = date(2026, 11, 22)
DIRECTORY = ServiceDirectory(
    load_catalogue(), load_divisions(), "440500", Circumstances, lambda: TODAY
)
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
                assert found.limited or finds_policies(item)
                assert may_defer(item) or finds_policies(item)
                assert not now.outbox_refusal or finds_policies(item)


def test_what_needs_nothing_more_is_possible_on_a_good_day() -> None:
    for item in ITEMS:
        found = DIRECTORY.availability(item.code)
        papers = set(item.needs) == {Need.PAPERS} and any(m.paper for m in item.materials)
        assert found.possible == (not item.needs or papers)
        assert not found.limited
        if not found.possible:
            assert found.code == f"item.needs_{item.needs[0].value}"
            assert item.department.zh in (found.way_out or item.name).zh


def test_an_old_catalogue_says_so_and_still_serves() -> None:
    last = load_catalogue().valid_until
    assert last is not None
    late = ServiceDirectory(
        load_catalogue(), load_divisions(), "440500", Circumstances, lambda: last + timedelta(1)
    )
    found = late.availability("rs-0001")
    assert (found.possible, found.limited, found.code) == (True, True, "route.table_stale")
    assert found.words is not None
    assert DIRECTORY.availability("no-such").code == "item.unknown"


def test_payment_query_and_print_need_the_portal() -> None:
    cut = Circumstances(portal_reachable=False)
    for item in ITEMS:
        if item.kind is not Kind.APPLY and not item.needs:
            here = finds_policies(item)
            assert judge(item, cut).code == ("" if here else "item.offline_never")


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
            open_now = {o.city for o in item.cities if o.holds_on(TODAY)}
            assert set(places) - {"440500"} == open_now
            assert ("440500" in places) == bool(item.handled_at)
            assert DIRECTORY.places(item, "441900") == []
        else:
            assert "440507" in places
            assert "441900" not in places


@pytest.mark.parametrize(
    ("code", "parent", "listed"),
    [
        ("rs-0012", "440507", False),
        ("mz-0058", "440507", True),
        ("mz-0058", "440507008", True),
        ("mz-0058", "440507001", False),
        ("mz-0058", "440507008001", False),
    ],
)
def test_places_end_where_nobody_below_decides(code: str, parent: str, listed: bool) -> None:
    item = DIRECTORY.item(code)
    assert item is not None
    places = DIRECTORY.places(item, parent)
    assert bool(places) is listed
    assert all(place.parent == parent for place in places)


def test_the_eight_partner_cities_and_what_they_offer() -> None:
    cities = DIRECTORY.partner_cities()
    assert len(cities) == 8
    for city in cities:
        for item in DIRECTORY.city_items(city.code):
            assert city.code in {offer.city for offer in item.cities}


def test_a_city_that_is_closed_or_slow_says_so_on_its_tiles_and_in_the_chooser() -> None:
    def directory(now: Circumstances) -> ServiceDirectory:
        return ServiceDirectory(
            load_catalogue(), load_divisions(), "440500", lambda: now, lambda: TODAY
        )

    closed, slow = frozenset({"440600"}), frozenset({"441900"})
    told = directory(Circumstances(cities_down=closed, cities_slow=slow))
    assert told.city_words("440600") == words_for("item.city_down")
    assert told.city_words("441900") == words_for("item.city_slow")
    assert told.city_words("440100") is None
    cut = directory(Circumstances(portal_reachable=False))
    assert cut.city_words("440100") == words_for("item.offline_never")
    for item in told.city_items("440600"):
        found = told.availability(item.code, "440600")
        assert found.code
        assert found.limited or found.way_out is not None, item.code
    possible = [i for i in told.city_items("441900") if DIRECTORY.availability(i.code).possible]
    assert {told.availability(i.code, "441900").code for i in possible} <= {
        "item.city_slow",
        "item.originals",
    }


AT = datetime(2026, 11, 27, 18, 5, tzinfo=timezone(timedelta(hours=8)))  # a Friday
FACE = next(i for i in ITEMS if i.identification is Identification.L2 and not i.needs)
SIGNED = next(i for i in ITEMS if i.identification is Identification.L3 and not i.needs)
NO_CAMERA = frozenset({"camera"})


def test_without_a_camera_staff_compare_the_face_and_their_hours_count() -> None:
    here = judge(FACE, Circumstances(unusable=NO_CAMERA, staff=Desk(now=AT, phone="0754-1")))
    assert (here.possible, here.limited, here.code) == (True, True, "item.face_by_staff")
    assert "0754-1" in (here.way_out or FACE.name).zh
    away = Desk(opens=AT + timedelta(days=2, hours=15), now=AT, phone="0754-1")
    late = judge(FACE, Circumstances(unusable=NO_CAMERA, staff=away))
    assert (late.possible, late.code) == (False, "item.staff_away")
    assert late.way_out == Text(
        zh="11 月 30 日 9:05 起有人值班，可打电话问：0754-1",
        en="Staff are here from 30 November at 9:05; or ring 0754-1",
    )
    assert judge(FACE, Circumstances(staff=away)).code == ""


def test_where_staff_release_what_is_signed_their_hours_count_with_a_camera_too() -> None:
    away = Desk(opens=AT + timedelta(hours=14), now=AT, authorises=True)
    found = judge(SIGNED, Circumstances(staff=away))
    assert (found.possible, found.code) == (False, "item.staff_away")
    assert "明天 8:05" in (found.way_out or SIGNED.name).zh
    assert judge(FACE, Circumstances(staff=away)).code == ""


def test_the_own_citys_system_is_told_on_the_tile_by_its_name() -> None:
    now = Circumstances(cities_down=frozenset({"440500"}))
    told = ServiceDirectory(
        load_catalogue(), load_divisions(), "440500", lambda: now, lambda: TODAY
    )
    codes = set()
    for item in ITEMS:
        found = told.availability(item.code)
        if item.place is PlaceChoice.CITY:  # which city is not chosen yet
            assert found == DIRECTORY.availability(item.code), item.code
        elif DIRECTORY.availability(item.code).possible and not finds_policies(item):
            assert found.code == "item.home_down", item.code
            assert found.possible is may_defer(item), item.code
            codes.add(found.possible)
    assert codes == {True, False}
    assert "对方" not in words_for("item.home_down").zh


def test_what_is_only_taken_in_here_can_be_done_while_the_other_city_is_closed() -> None:
    """The portal collects it at any hour (异地代收代办) and passes it on; a city that is down is another
    matter, and so is a portal that can't be reached."""
    city = frozenset({"440600"})
    opens = {"440600": AT + timedelta(hours=13)}
    desk = Desk(now=AT)
    closed = Circumstances(cities_down=city, cities_closed=opens, staff=desk)
    seen = set()
    for item in ITEMS:
        offer = next((o for o in item.cities if o.city == "440600" and o.holds_on(TODAY)), None)
        if offer is None or item.needs or may_defer(item) or offer.original:
            continue
        found = judge(item, closed, "440600", TODAY)
        collected = item.kind is Kind.APPLY and offer.mode is Mode.PROXY_COLLECT
        seen.add((offer.mode, found.possible))
        assert (found.code, found.possible) == ("item.city_closed", collected), item.code
        assert found.way_out is not None
        assert ("代收" in found.way_out.zh) is collected
        down = Circumstances(cities_down=city, staff=desk)
        cut = replace(closed, portal_reachable=False)
        assert not judge(item, down, "440600", TODAY).possible
        assert not judge(item, cut, "440600", TODAY).possible
    assert {(Mode.PROXY_COLLECT, True), (Mode.ONLINE_FULL, False)} <= seen


def test_a_gateway_outside_its_hours_says_when_it_opens() -> None:
    city = frozenset({"440600"})
    opens = {"440600": AT + timedelta(hours=13)}
    closed = Circumstances(cities_down=city, cities_closed=opens, staff=Desk(now=AT))
    codes = set()
    for item in ITEMS:
        if item.needs or "440600" not in {offer.city for offer in item.cities}:
            continue
        found = judge(item, closed, "440600")
        codes.add((found.code, found.possible))
        if found.code == "item.city_closed" and not found.possible:
            assert found.way_out is not None
            assert found.way_out.zh.startswith("明天 7:05 开放")
    assert ("item.city_closed", False) in codes
    assert ("item.city_closed", True) in codes


@pytest.mark.parametrize(
    ("days", "at", "opens"),
    [
        ("working", "2026-11-27T10:00", None),
        ("working", "2026-11-27T08:59", "2026-11-27T09:00"),
        ("working", "2026-11-27T17:00", "2026-11-30T09:00"),
        ("every", "2026-11-28T03:00", "2026-11-28T09:00"),
        ("working", "2026-09-30T18:00", "2026-10-08T09:00"),
    ],
)
def test_the_desk_opens_on_the_next_day_it_works(days: Any, at: str, opens: str | None) -> None:
    hours = DeskHours(opens=time(9), closes=time(17), days=days)
    found = opens_at(hours, datetime.fromisoformat(at), load_working_days())
    assert found == (None if opens is None else datetime.fromisoformat(opens))
