"""Routing: (item, where the matter belongs, where this terminal stands) → who decides, or why not.

Longest division prefix wins, so a district or town that holds a power of the city takes the matter
where it belongs to it. Pure: the date is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.catalogue import CityOffer, Handler, Level, Mode, PlaceChoice, ServiceItem
from config.divisions import Divisions
from config.text import Text
from config.working_days import WorkingDays
from kiosk.visit.model import Route


@dataclass(frozen=True, slots=True)
class NoRoute:
    """Why there is none: a code of ``words.toml``, and a sentence for staff."""

    code: str
    explanation: Text


@dataclass(frozen=True, slots=True)
class Router:
    """Decides routes for one terminal."""

    divisions: Divisions
    calendar: WorkingDays
    terminal_division: str

    @property
    def own_city(self) -> str:
        """The city this terminal stands in."""
        city = self.divisions.city_of(self.terminal_division)
        return city.code if city else self.terminal_division[:4] + "00"

    def resolve(self, item: ServiceItem, place: str, today: date) -> Route | NoRoute:
        """The one route of ``item`` for a matter belonging to ``place`` ("" = here)."""
        if place and self.divisions.get(place) is None:
            return NoRoute(
                "route.none",
                Text(zh=f"不认识的区划代码 {place}", en=f"Unknown division code {place}"),
            )
        if not place and item.place is not PlaceChoice.NONE:
            return NoRoute(
                "route.place_needed",
                Text(zh="需要先选业务归属地", en="A place must be chosen first"),
            )
        where = place or self.terminal_division
        city = self.divisions.city_of(where)
        if city is not None and city.code != self.own_city:
            return self._to_partner(item, city.code, today)
        return self._here(item, where, today)

    def _to_partner(self, item: ServiceItem, city: str, today: date) -> Route | NoRoute:
        division = self.divisions.get(city)
        name = division.name if division else Text(zh=city, en=city)
        offer = next((offer for offer in item.cities if offer.city == city), None)
        if offer is None:
            return NoRoute(
                "route.none",
                Text(
                    zh=f"{name.zh}没有开放“{item.name.zh}”的跨城办理",
                    en=f"{name.en} does not offer “{item.name.en}” across cities",
                ),
            )
        days = item.working_days if offer.working_days is None else offer.working_days
        return self._route(item, today, days, offer=offer, explanation=_across(name, offer))

    def _here(self, item: ServiceItem, where: str, today: date) -> Route | NoRoute:
        handler = self._handler(item, where)
        if handler is None:
            return NoRoute(
                "route.none",
                Text(zh="本市没有办理这项业务的部门", en="No authority of this city handles it"),
            )
        division = self.divisions.get(where)
        name = division.name if division else Text(zh=where, en=where)
        words = Text(
            zh=f"归属地{name.zh}由最近的有权部门办理：{handler.authority.zh}",
            en=f"For {name.en} the nearest authority with this power decides: "
            f"{handler.authority.en}",
        )
        return self._route(item, today, item.working_days, handler=handler, explanation=words)

    def _handler(self, item: ServiceItem, where: str) -> Handler | None:
        by_division = {handler.division: handler for handler in item.handlers}
        known = [division.code for division in self.divisions.lineage(where)]
        # The tree may not list the terminal's own town yet: its code still says where it lies.
        for code in known or [where, where[:9], where[:6], self.own_city]:
            if code in by_division:
                return by_division[code]
        return None

    def _route(
        self,
        item: ServiceItem,
        today: date,
        days: int,
        *,
        explanation: Text,
        handler: Handler | None = None,
        offer: CityOffer | None = None,
    ) -> Route:
        promise = self.calendar.promise(today, days) if days else None
        return Route(
            mode=offer.mode if offer else Mode.LOCAL,
            destination=offer.city if offer else self.own_city,
            authority=offer.authority if offer else _authority(handler),
            level=Level.CITY if offer or handler is None else handler.level,
            division=offer.city if offer else (handler.division if handler else self.own_city),
            promised=promise.on.isoformat() if promise else None,
            promised_estimated=promise.estimated if promise else False,
            working_days=days,
            explanation=explanation,
        )


def _authority(handler: Handler | None) -> Text:
    return handler.authority if handler else Text(zh="", en="")


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
