"""Pure look-ups for the screens: catalogue, search, places, and what can be finished here now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from config.catalogue import (
    Catalogue,
    Identification,
    Kind,
    Level,
    Mode,
    Need,
    PlaceChoice,
    ServiceItem,
    Situation,
)
from config.cross_city import load_partner_cities
from config.divisions import Division, Divisions
from config.powers import load_delegations
from config.text import Text
from kiosk.china import CHINA
from kiosk.duty import ALWAYS, Desk, moment
from kiosk.terminal_port import Hit
from kiosk.visit.journey import finds_policies, may_defer
from kiosk.visit.model import Availability
from kiosk.words import words_for

if TYPE_CHECKING:
    from kiosk.search import SearchIndex

ABILITIES: Mapping[Need, str] = MappingProxyType({Need.PAPERS: "document_camera"})
"""What a visit can do beyond card, face, form and signature, and the port that it takes; items that
need more, or another terminal, are guides."""

PORTS_JUDGED = frozenset({"id_card_reader", "document_printer", "document_camera", "camera"})
"""Ports without which services can't be finished, or only with staff, see :func:`judge`."""

_DEPTH = {level: depth for depth, level in enumerate(Level)}


def _china_today() -> date:
    return datetime.now(CHINA).date()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the terminal knows of itself now. Ports in ``unusable`` can't do their work.

    ``cities_closed``: gateways outside their hours, and when each opens (None: not told); they count as
    down as well. ``staff``: who is at the desk.
    """

    portal_reachable: bool = True
    unusable: frozenset[str] = frozenset()
    cities_down: frozenset[str] = frozenset()
    outbox_refusal: str = ""
    cities_slow: frozenset[str] = frozenset()
    cities_closed: Mapping[str, datetime | None] = field(default_factory=dict)
    staff: Desk = ALWAYS


class ServiceDirectory:
    """Implements :class:`kiosk.terminal_port.Directory`."""

    def __init__(
        self,
        catalogue: Catalogue,
        divisions: Divisions,
        own_city: str,
        circumstances: Callable[[], Circumstances],
        today: Callable[[], date] = _china_today,
        used: Callable[[], Mapping[str, int]] = dict,
    ) -> None:
        self._catalogue = catalogue
        self._divisions = divisions
        self._own_city = own_city
        self._circumstances = circumstances
        self._today = today
        self._used = used
        self._delegations = load_delegations()
        self._building = threading.Lock()
        self._index: SearchIndex | None = None
        self._offered: tuple[date, Mapping[str, Sequence[ServiceItem]]] = (date.min, {})

    def warm_up(self) -> None:
        """Build the search index now (about half a second), so that no search has to wait for it."""
        from kiosk.search import SearchIndex

        with self._building:
            if self._index is None:
                self._index = SearchIndex(self._catalogue)

    def situations(self) -> Sequence[Situation]:
        return self._catalogue.situations

    def asked(self) -> Sequence[Text]:
        return self._catalogue.asked

    def featured(self) -> Sequence[ServiceItem]:
        here = self._used()
        known = [i for i in self._catalogue.items if i.featured > 0 or i.code in here]
        return sorted(known, key=lambda item: (-here.get(item.code, 0), -item.featured))

    def items_of(self, situation: str) -> Sequence[ServiceItem]:
        found = [item for item in self._catalogue.items if item.situation == situation]
        now = self._circumstances()
        return sorted(found, key=lambda item: any(not able(item, n, now) for n in item.needs))

    @property
    def searchable(self) -> bool:
        return self._index is not None

    def search(self, words: str, limit: int = 12) -> Sequence[Hit]:
        if self._index is None:
            self.warm_up()
        return self._index.search(words, limit) if self._index is not None else []

    def item(self, code: str) -> ServiceItem | None:
        """The item of this code."""
        return self._catalogue.item(code)

    def partner_cities(self) -> Sequence[Division]:
        found = (self._divisions.get(city.code) for city in load_partner_cities())
        return [division for division in found if division is not None]

    def city_items(self, city: str, situation: str = "") -> Sequence[ServiceItem]:
        offered = self._offered_on(self._today()).get(city, ())
        return [item for item in offered if situation in ("", item.situation)]

    def _offered_on(self, today: date) -> Mapping[str, Sequence[ServiceItem]]:
        """City → what it offers on this day. Home asks for all cities at every look: kept for the day."""
        if self._offered[0] != today:
            found: dict[str, list[ServiceItem]] = {}
            for item in self._catalogue.items:
                for city in {offer.city for offer in item.cities if offer.holds_on(today)}:
                    found.setdefault(city, []).append(item)
            self._offered = (today, found)
        return self._offered[1]

    def city_words(self, city: str) -> Text | None:
        now = self._circumstances()
        if not now.portal_reachable:
            return words_for("item.offline_never")
        if city in now.cities_closed:
            return words_for("item.city_closed")
        if city in now.cities_down:
            return words_for("item.city_down")
        return words_for("item.city_slow") if city in now.cities_slow else None

    def below(self, code: str) -> Sequence[Division]:
        if code:
            return self._divisions.children(code)
        own = self._divisions.get(self._own_city)
        return [*([own] if own else []), *self.partner_cities()]

    def division(self, code: str) -> Division | None:
        return self._divisions.get(code)

    def places(self, item: ServiceItem, parent: str) -> Sequence[Division]:
        if item.place is PlaceChoice.NONE:
            return []
        if item.place is PlaceChoice.CITY and not parent:
            today = self._today()
            codes = [self._own_city] if item.handled_at else []
            codes += [offer.city for offer in item.cities if offer.holds_on(today)]
            found = (self._divisions.get(code) for code in codes)
            return [division for division in found if division is not None]
        below = self._divisions.children(parent or self._own_city)
        within = self._divisions.city_of(parent or self._own_city)
        if within is None or within.code != self._own_city:
            return []
        return below if any(self._decides(item, division) for division in below) else []

    def _decides(self, item: ServiceItem, division: Division) -> bool:
        """Does an authority of this division, or of one below it, decide the item?"""
        depth = _DEPTH[division.level]
        if any(_DEPTH[level] >= depth for level in item.levels):
            return True
        line = {above.code for above in self._divisions.lineage(division.code)}
        rows = [row for row in self._delegations.of(item.code) if row.holds_on(self._today())]
        if any(_DEPTH[row.level] >= depth and row.to in line for row in rows):
            return True
        named = [*(row.to for row in rows), *(handler.division for handler in item.handlers)]
        return any(
            division.code == above.code for code in named for above in self._divisions.lineage(code)
        )

    def destination(self, item: ServiceItem) -> str:
        """Where it goes without anything being chosen: nowhere yet, where a city has to be."""
        return "" if item.place is PlaceChoice.CITY else self._own_city

    def availability(self, code: str, city: str = "") -> Availability:
        item = self._catalogue.item(code)
        if item is None:
            return Availability(
                possible=False, code="item.unknown", words=words_for("item.unknown")
            )
        found = judge(item, self._circumstances(), city or self.destination(item), self._today())
        if not found.code and self._catalogue.stale_on(self._today()):
            return Availability(
                limited=True,
                code="route.table_stale",
                words=words_for("route.table_stale"),
                way_out=_WAY_OUT,
            )
        return found


def scans(now: Circumstances) -> bool:
    """Can papers be taken in here now?"""
    return ABILITIES[Need.PAPERS] not in now.unusable


def able(item: ServiceItem, need: Need, now: Circumstances) -> bool:
    """Can this terminal do now what ``item`` needs? Papers only where the item says which."""
    port = ABILITIES.get(need)
    if port is None or port in now.unusable:
        return False
    return need is not Need.PAPERS or any(material.paper for material in item.materials)


def _originals_wanted(item: ServiceItem, destination: str, today: date | None) -> bool:
    """The partner city wants to see in the original what could only be scanned here."""
    return any(material.paper and not material.optional for material in item.materials) and any(
        offer.city == destination and offer.original and (today is None or offer.holds_on(today))
        for offer in item.cities
    )


def _collected(item: ServiceItem, destination: str, today: date | None) -> bool:
    """Is it taken in here and passed on (异地代收代办)? The portal does so at any hour."""
    return item.kind is Kind.APPLY and any(
        offer.city == destination
        and offer.mode is Mode.PROXY_COLLECT
        and (today is None or offer.holds_on(today))
        for offer in item.cities
    )


def judge(
    item: ServiceItem, now: Circumstances, destination: str = "", today: date | None = None
) -> Availability:
    """Can ``item`` be finished here now? ``destination``: the partner city chosen, if any; of its
    offers those of ``today`` count (None: all).

    What can't be is said before the person starts, with the nearest way out.
    """
    for need in item.needs:
        if not able(item, need, now):
            return _elsewhere(item, need)
    if finds_policies(item):  # what it looks into lies here
        return Availability()
    if _originals_wanted(item, destination, today):
        return _no("item.originals")
    if item.identification is not Identification.L0 and "id_card_reader" in now.unusable:
        return _no("item.no_reader")
    if "proof" in item.outputs and "document_printer" in now.unusable:
        return _no("item.no_printer")
    if now.outbox_refusal and item.kind is not Kind.QUERY:
        return _no(now.outbox_refusal)  # online or not, every submission is stored first
    if _staff_wanted(item, now) and now.staff.opens is not None:
        return _no("item.staff_away", _back(now.staff))
    if destination in now.cities_down:
        closed = destination in now.cities_closed
        partner = any(offer.city == destination for offer in item.cities)
        code = "item.city_closed" if closed else "item.city_down" if partner else "item.home_down"
        opens = _gateway_opens(now.cities_closed.get(destination), now.staff)
        if may_defer(item):
            return _limited(code, _KEPT)
        if closed and now.portal_reachable and _collected(item, destination, today):
            return _limited(code, _COLLECTED)
        return _no(code, opens or _WAY_OUT)
    if destination in now.cities_slow and now.portal_reachable:
        return _limited("item.city_slow")
    if not now.portal_reachable:
        if may_defer(item) and item.kind is Kind.APPLY:
            return _limited("item.offline_kept")
        return _no("item.offline_never")
    if _face_by_staff(item, now):
        return _limited("item.face_by_staff", _call(now.staff))
    return Availability()


def _face_by_staff(item: ServiceItem, now: Circumstances) -> bool:
    """Nothing here can compare the face: a person of the hall does."""
    return (
        item.identification in (Identification.L2, Identification.L3) and "camera" in now.unusable
    )


def _staff_wanted(item: ServiceItem, now: Circumstances) -> bool:
    released = now.staff.authorises and item.identification is Identification.L3
    return released or _face_by_staff(item, now)


_WAY_OUT = Text(zh="可到窗口办，或稍后再来", en="Use the counter, or come back a little later")

_KEPT = Text(
    zh="可以现在办，先收下，对方恢复后自动送出",
    en="Apply now: it is kept here and sent when they are back",
)


_COLLECTED = Text(
    zh="可以现在办：先在本地代收，对方开放后转送",
    en="Apply now: it is taken in here and passed on when they open",
)


def _no(code: str, way_out: Text = _WAY_OUT) -> Availability:
    return Availability(possible=False, code=code, words=words_for(code), way_out=way_out)


def _limited(code: str, way_out: Text | None = None) -> Availability:
    return Availability(limited=True, code=code, words=words_for(code), way_out=way_out)


def _back(desk: Desk) -> Text:
    """When somebody is at the desk again, and who answers before."""
    if desk.opens is None or desk.now is None:
        return _WAY_OUT
    at = moment(desk.opens, desk.now)
    zh, en = f"{at.zh} 起有人值班", f"Staff are here from {at.en}"
    if desk.phone:
        zh, en = f"{zh}，可打电话问：{desk.phone}", f"{en}; or ring {desk.phone}"
    return Text(zh=zh, en=en)


def _call(desk: Desk) -> Text:
    zh, en = "办到那一步，会请工作人员过来", "They are called when it comes to that"
    if desk.phone:
        zh, en = f"{zh}，也可以打电话：{desk.phone}", f"{en}; or ring {desk.phone}"
    return Text(zh=zh, en=en)


def _gateway_opens(opens: datetime | None, desk: Desk) -> Text | None:
    if opens is None or desk.now is None:
        return None
    at = moment(opens, desk.now)
    return Text(zh=f"{at.zh} 开放，到时再来", en=f"It opens {at.en}; come back then")


_NEEDS = {
    Need.PAPERS: "item.needs_papers",
    Need.COMPANY: "item.needs_company",
    Need.QUESTION: "item.needs_question",
    Need.FINGERPRINT: "item.needs_fingerprint",
    Need.TWO_PEOPLE: "item.needs_two_people",
    Need.VISIT: "item.needs_visit",
}


def _elsewhere(item: ServiceItem, need: Need) -> Availability:
    """This terminal only tells what the item is; its authority's counter does the rest."""
    code, who = _NEEDS[need], item.department
    return Availability(
        possible=False,
        code=code,
        words=words_for(code),
        way_out=Text(
            zh=f"请按下面的清单备齐，到{who.zh}窗口办理",
            en=f"Bring what is listed below to the counter: {who.en}",
        ),
    )
