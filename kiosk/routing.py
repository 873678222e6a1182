"""Routing: (item, subject, where the matter belongs, where this terminal stands, date) → who decides,
how and until when, or why not and where else to turn.

The longest division prefix that holds the power wins, so a district or town that acts for the city
takes the matter where it belongs to it; of a division's own sources an authority named in the item goes
before a delegation, and that before the power of its level. Pure: the date is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

from config.authorities import Authorities, load_authorities
from config.catalogue import CityOffer, DayUnit, Level, Material, Mode, PlaceChoice, ServiceItem
from config.cross_city import load_partner_cities
from config.divisions import Division, Divisions
from config.powers import Delegation, Delegations, load_delegations
from config.text import Text
from config.working_days import WorkingDays
from kiosk.visit.model import Route

Subject = Literal["resident", "enterprise"]


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why there is none: a code of ``words.toml``, a sentence for staff, the nearest way out."""

    code: str
    explanation: Text
    way_out: Text

    @property
    def told(self) -> tuple[str, Text, Text]:
        """All of it."""
        return self.code, self.explanation, self.way_out


@dataclass(frozen=True, slots=True)
class Decision:
    """A route with all that explains it.

    ``gateway``: the city gateway the case goes through. ``materials``: each with whether its original
    must be shown. ``power``: ``own`` (of its level), ``delegated``, ``named`` (in the item) or
    ``partner`` (another city's offer); ``delegation`` the row in the second case.
    """

    route: Route
    gateway: str
    materials: tuple[tuple[Material, bool], ...]
    power: Literal["own", "delegated", "named", "partner"]
    delegation: Delegation | None = None


class _Promised(TypedDict):
    promised: str | None
    promised_estimated: bool
    working_days: int


@dataclass(frozen=True, slots=True)
class _Holder:
    """An authority that holds the power for a place."""

    division: str
    level: Level
    authority: Text
    power: Literal["own", "delegated", "named"]
    delegation: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Router:
    """Decides routes for one terminal."""

    divisions: Divisions
    calendar: WorkingDays
    terminal_division: str
    authorities: Authorities = field(default_factory=load_authorities)
    delegations: Delegations = field(default_factory=load_delegations)

    @property
    def own_city(self) -> str:
        """The city this terminal stands in."""
        city = self.divisions.city_of(self.terminal_division)
        return city.code if city else self.terminal_division[:4] + "00"

    def resolve(self, item: ServiceItem, place: str, today: date) -> Route | NoRoute:
        """The one route of ``item`` for a matter belonging to ``place`` ("" = here)."""
        found = self.decide(item, place, today)
        return found.route if isinstance(found, Decision) else found

    def decide(
        self, item: ServiceItem, place: str, today: date, subject: Subject | None = None
    ) -> Decision | NoRoute:
        """As :meth:`resolve`, with all that explains it. ``subject`` None: whom the item is for."""
        if subject is not None and subject != item.audience:
            return _wrong_subject(item)
        if place and self.divisions.get(place) is None:
            return NoRoute(
                "route.none",
                Text(zh=f"不认识的区划代码 {place}", en=f"Unknown division code {place}"),
                Text(zh="请重新选这件事归哪里办", en="Choose the place again"),
            )
        if not place and item.place is not PlaceChoice.NONE:
            return NoRoute(
                "route.place_needed",
                Text(zh="还要先选这件事归哪里办", en="A place must be chosen first"),
                Text(zh="请选这件事归哪里办", en="Choose where the matter belongs"),
            )
        where = place or self.terminal_division
        city = self.divisions.city_of(where)
        if city is not None and city.code != self.own_city:
            return self._to_partner(item, city, today)
        return self._here(item, where, today)

    def _to_partner(self, item: ServiceItem, city: Division, today: date) -> Decision | NoRoute:
        offers = [offer for offer in item.cities if offer.city == city.code]
        offer = next((offer for offer in offers if offer.holds_on(today)), None)
        if offer is None:
            return _no_offer(item, city, offers, today)
        days = item.working_days if offer.working_days is None else offer.working_days
        route = Route(
            mode=offer.mode,
            destination=city.code,
            authority=offer.authority,
            level=Level.CITY,
            division=city.code,
            **self._promise(item, days, today),
            explanation=_across(city.name, offer),
        )
        gateways = {partner.code: partner.gateway for partner in load_partner_cities()}
        materials = tuple((m, offer.original or m.paper) for m in item.materials)
        return Decision(route, gateways.get(city.code, city.code), materials, "partner")

    def _here(self, item: ServiceItem, where: str, today: date) -> Decision | NoRoute:
        holder = self._holder(item, where, today)
        division = self.divisions.get(where)
        name = division.name if division else Text(zh=where, en=where)
        if holder is None:
            return _nobody(item, name)
        route = Route(
            mode=Mode.LOCAL,
            destination=self.own_city,
            authority=holder.authority,
            level=holder.level,
            division=holder.division,
            **self._promise(item, item.working_days, today),
            explanation=_because(name, holder),
        )
        materials = tuple((m, m.paper) for m in item.materials)
        return Decision(route, self.own_city, materials, holder.power, holder.delegation)

    def _holder(self, item: ServiceItem, where: str, today: date) -> _Holder | None:
        for division in self._upwards(where):
            found = self._power_of(item, division, today)
            if found is not None:
                return found
        return None

    def _power_of(self, item: ServiceItem, division: Division, today: date) -> _Holder | None:
        code, level = division.code, division.level
        for handler in item.handlers:
            if handler.division == code:
                return _Holder(code, handler.level, handler.authority, "named")
        authority = self.authorities.name(item.office, division)
        if authority is None:
            return None
        delegation = self.delegations.held_by(item.code, division, today)
        if delegation is not None:
            return _Holder(code, level, authority, "delegated", delegation)
        return _Holder(code, level, authority, "own") if level in item.levels else None

    def _upwards(self, where: str) -> list[Division]:
        """From the place up to the city. The tree may not list a terminal's own town yet: its code
        still says where it lies."""
        for code in (where, where[:9], where[:6]):
            line = self.divisions.lineage(code)
            if line:
                return line
        return self.divisions.lineage(self.own_city)

    def _promise(self, item: ServiceItem, days: int, today: date) -> _Promised:
        counted = item.day_unit is DayUnit.WORKING
        promise = self.calendar.promise(today, days, working=counted) if days else None
        return {
            "promised": promise.on.isoformat() if promise else None,
            "promised_estimated": promise.estimated if promise else False,
            "working_days": days,
        }


_MODES = {
    Mode.ONLINE_FULL: Text(zh="由{city}网上全程办理", en="handled by {city} fully online"),
    Mode.PROXY_COLLECT: Text(
        zh="由本地代收、送{city}办理", en="taken in here and handled by {city}"
    ),
    Mode.JOINT: Text(zh="与{city}联合办理", en="handled jointly with {city}"),
    Mode.LOCAL: Text(zh="{city}办理", en="handled by {city}"),
}


def _across(city: Text, offer: CityOffer) -> Text:
    mode = _MODES[offer.mode]
    return Text(zh=mode.zh.format(city=city.zh), en=mode.en.format(city=city.en))


def _because(place: Text, holder: _Holder) -> Text:
    zh = f"{place.zh}的事由最近的有权部门办理：{holder.authority.zh}"
    en = f"For {place.en} the nearest authority with this power decides: {holder.authority.en}"
    if holder.delegation is not None:
        since = holder.delegation.since.isoformat()
        zh += f"（上级下放的权限，自 {since} 起，依据：{holder.delegation.basis}）"
        en += f" (a delegated power, since {since}, by: {holder.delegation.basis})"
    return Text(zh=zh, en=en)


def _no_offer(
    item: ServiceItem, division: Division, others: list[CityOffer], today: date
) -> NoRoute:
    city = division.name
    zh = f"{city.zh}没有开放“{item.name.zh}”的跨城办理"
    en = f"{city.en} does not offer “{item.name.en}” across cities"
    coming = [offer.since for offer in others if offer.since is not None and offer.since > today]
    if coming:
        zh += f"，{min(coming).isoformat()} 起开放"
        en += f" before {min(coming).isoformat()}"
    service = next((p.service for p in load_partner_cities() if p.code == division.code), None)
    place = service or Text(zh=f"{city.zh}的政务服务窗口", en=f"a service counter in {city.en}")
    return NoRoute(
        "route.none",
        Text(zh=zh, en=en),
        Text(
            zh=f"可向{place.zh}办理，或拨打当地 12345",
            en=f"Turn to {place.en}, or call 12345 there",
        ),
    )


def _nobody(item: ServiceItem, place: Text) -> NoRoute:
    partners = bool(item.cities) and not item.levels and not item.handlers
    if partners:
        return NoRoute(
            "route.none",
            Text(
                zh="本市没有办理这项业务的部门：它只办外市的事",
                en="No authority of this city handles it: it is for matters of other cities",
            ),
            Text(zh="请选这件事归哪个城市办", en="Choose the city where the matter lies"),
        )
    return NoRoute(
        "route.none",
        Text(
            zh=f"{place.zh}没有办理这项业务的部门",
            en=f"No authority for {place.en} handles it",
        ),
        Text(
            zh=f"请选到{_below(item).zh}，或到{item.department.zh}窗口办理",
            en=f"Choose {_below(item).en}, or use the counter: {item.department.en}",
        ),
    )


_LEVELS = {
    Level.CITY: Text(zh="市", en="a city"),
    Level.DISTRICT: Text(zh="区县", en="a district"),
    Level.TOWN: Text(zh="镇街", en="a town or subdistrict"),
    Level.VILLAGE: Text(zh="村居", en="a village or community"),
}


def _below(item: ServiceItem) -> Text:
    """The highest level at which somebody decides."""
    return _LEVELS[item.handled_at[0]] if item.handled_at else _LEVELS[Level.CITY]


def _wrong_subject(item: ServiceItem) -> NoRoute:
    company = item.audience == "enterprise"
    whom = Text(zh="企业", en="enterprises") if company else Text(zh="个人", en="residents")
    return NoRoute(
        "route.none",
        Text(
            zh=f"“{item.name.zh}”只受理{whom.zh}申请", en=f"“{item.name.en}” is for {whom.en} only"
        ),
        Text(
            zh="请由企业经办人办理" if company else "请由本人办理",
            en="Have it handled by the company's agent" if company else "The person must come",
        ),
    )
