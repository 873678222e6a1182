"""The shipped catalogue, and invented people, answers and codes for simulated visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from config.catalogue import Catalogue, Kind, PlaceChoice, ServiceItem
from config.divisions import Divisions, load_divisions
from config.shipped import load_catalogue
from config.text import Text
from config.working_days import load_working_days
from kiosk.directory import Circumstances, judge
from kiosk.evidence import table
from kiosk.identity import check_digit
from kiosk.personal import Holder, Personal
from kiosk.routing import Router
from kiosk.visit.journey import finds_policies
from kiosk.visit.model import Bill, Found, QueryAnswer, Signature, Slot
from kiosk.words import known_codes

TODAY = date(2026, 3, 2)
TERMINAL_DIVISION = "440507008"


def found(random: Random) -> Found:
    """What a look-up code may show."""
    name = Text(zh="示例", en="Example")
    return Found("7K4M92QF3TX7", random.choice(tuple(table())), name, "2026-03-02", name)


def _codes(*prefixes: str) -> tuple[str, ...]:
    return tuple(sorted(code for code in known_codes() if code.startswith(prefixes)))


CARD = _codes("idcard.", "device.")
CAMERA = _codes("camera.", "device.")  # of a camera, all are shown as one
PAPERS = ("papers.no_picture", *_codes("device."))
SOCIAL_CARD = _codes("smartcard.")
RECEIPT = _codes("printer.", "device.")
_DOCUMENT_PRINTER = _codes("document_printer.")
# Its own codes three times: proofs are printed seldom, and nothing else shows them.
PROOF = (*_codes("printer.", "device."), *_DOCUMENT_PRINTER * 3)
ONLINE = ("portal.unreachable", "portal.slow", "portal.error", "gateway.unavailable")
STORE = _codes("outbox.")
SERVICE = _codes("service.")
LOOKUP = _codes("lookup.")
TICKET = _codes("ticket.")
CASE = _codes("case.")
OBSTACLES = ("case.no_camera", "case.overdue", "case.too_much")
CASE_REFUSED = ("case.wrong_state", "case.too_late", "case.asking_changed", "case.not_yours")
ITEM = ("item.unknown",)
ROUTE = ("route.none", "route.place_needed")
CODE = ("identity.code_expired", "identity.code_unknown", *ONLINE)
STAFF = ("staff.pin_wrong", "staff.locked")
REJECTED = ("portal.rejected", "portal.slot_taken", "portal.bill_changed")
POWER = ("power.finish_only", "power.no_new", "power.ending")
OTHER = (
    "submit.withdrawn", "document.unavailable", "portal.not_confirmed",
    "face.not_matched", "face.unavailable", "face.poor_card_photo", "face.no_face", "face.several",
    "item.no_printer", "item.no_reader", "item.offline_kept", "item.offline_never",
    "item.city_down", "item.home_down", "item.city_closed", "item.originals",
    "item.face_by_staff", "item.staff_away",
    "identity.code_expired", "identity.code_unknown", "face.code_has_no_photo",
    "identity.id_card_needed", "face.social_card_has_no_photo",
)  # fmt: skip
SHOWABLE = frozenset(
    (
        *CARD,
        *PAPERS,
        *SOCIAL_CARD,
        *RECEIPT,
        *PROOF,
        *ONLINE,
        *STORE,
        *LOOKUP,
        *TICKET,
        *CASE,
        *SERVICE,
        *ITEM,
        *ROUTE,
        *STAFF,
        *REJECTED,
        *POWER,
        *OTHER,
    )
)
"""Every code a visit can show a person."""


@dataclass(frozen=True, slots=True)
class World:
    """Read-only ground that all simulated visits share."""

    catalogue: Catalogue
    divisions: Divisions
    router: Router
    places: dict[str, tuple[str, ...]]
    offered: dict[Kind, tuple[ServiceItem, ...]]
    finder: ServiceItem
    """What can be finished at a terminal in good order, by kind."""


@cache
def world() -> World:
    """The shipped catalogue, divisions and calendar, seen from a terminal in Longhu."""
    catalogue, divisions = load_catalogue(), load_divisions()
    router = Router(divisions, load_working_days(), TERMINAL_DIVISION)
    places = {item.code: _places(item, divisions) for item in catalogue.items}
    doable = [item for item in catalogue.items if judge(item, Circumstances()).possible]
    offered = {kind: tuple(i for i in doable if i.kind is kind) for kind in Kind}
    finder = next(item for item in catalogue.items if finds_policies(item))
    return World(catalogue, divisions, router, places, offered, finder)


def _places(item: ServiceItem, divisions: Divisions) -> tuple[str, ...]:
    if item.place is PlaceChoice.CITY:
        own = (TERMINAL_DIVISION,) if item.handled_at else ()
        return (*own, *dict.fromkeys(offer.city for offer in item.cities))
    if item.place is PlaceChoice.DIVISION:
        districts = [division.code for division in divisions.children("440500")]
        towns = [town.code for code in districts for town in divisions.children(code)]
        return (*districts, *towns)
    return ()


def person(random: Random) -> Holder:
    """An invented person with a valid check digit, of an area code that does not exist."""
    born = date(random.randint(1935, 2006), random.randint(1, 12), random.randint(1, 28))
    first = f"440599{born:%Y%m%d}{random.randint(0, 999):03d}"
    return Holder(
        document_kind="resident",
        name=Personal("测试" + random.choice("甲乙丙丁戊己庚辛")),
        number=Personal(first + check_digit(first)),
        sex=Personal(random.choice(("男", "女"))),
        nation=Personal("汉"),
        birth=born,
        address=Personal(f"汕头市虚构路{random.randint(1, 9999)}号"),
        valid_to=None,
        long_term=True,
        photo="" if random.random() < 0.04 else "photo-1",
    )


def answer(random: Random) -> QueryAnswer:
    """Records with up to three amounts due, the later ones alternatives."""
    label = Text(zh="医疗保险", en="Medical insurance")
    bills = tuple(
        Bill(
            f"bill-{n}", label, "2026", random.randint(100, 99999), "2026-12-31", "one" if n else ""
        )
        for n in range(random.randint(0, 3))
    )
    return QueryAnswer(title=label, as_of="2026-03-01", source=label, summary=(), bills=bills)


def slots(random: Random) -> tuple[Slot, ...]:
    """Up to three free appointments."""
    place = Text(zh="一楼", en="Ground floor")
    return tuple(
        Slot(f"slot-{n}", "2026-03-09", f"{9 + n}:00", f"{10 + n}:00", 3, place)
        for n in range(random.randint(0, 3))
    )


def signature(random: Random) -> Signature:
    """One stroke."""
    stroke = tuple((random.randint(0, 599), random.randint(0, 199), n * 8) for n in range(4))
    return Signature(600, 200, (stroke,))
