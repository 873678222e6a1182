"""Home: finding what one came for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import CityOffer, DayUnit, ServiceItem
from config.cross_city import CITY_MODES
from config.divisions import Division
from config.text import Text
from kiosk.visit import events, model
from kiosk.visit.own import OWN_CASES
from screens.models.base import Rows, ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1

_LONG_LIST = 24
_FEATURED = 4


@QmlElement
class HomeModel(ScreenModel):
    """Search with live results, most used, life situations, other cities, what was begun before."""

    featured_changed, situations_changed, cities_changed = Signal(), Signal(), Signal()
    list_changed, list_title_changed, groups_changed = Signal(), Signal(), Signal()
    mode_changed, words_changed, city_services_changed = Signal(), Signal(), Signal()
    search_waits_changed = Signal()
    portal_away_changed, asked_changed = Signal(), Signal()
    featured = shown("featured", "QVariantList", featured_changed, [])
    situations = shown("situations", "QVariantList", situations_changed, [])
    cities = shown("cities", int, cities_changed, 0)
    cityServices = shown("city_services", int, city_services_changed, 0)
    mode = shown("mode", str, mode_changed, "home")
    """home, search, featured, situations, situation, cities, city, mine."""
    listTitle = shown("list_title", str, list_title_changed, "")
    list = shown("list", "QVariantList", list_changed, [])
    asked = shown("asked", "QStringList", asked_changed, [])
    """Words to search for, while none are typed."""
    words = shown("words", str, words_changed, "")
    searchWaits = shown("search_waits", bool, search_waits_changed, False)
    """There are words, but nothing yet to look them up in."""
    portalAway = shown("portal_away", bool, portal_away_changed, False)
    groups = shown("groups", "QVariantList", groups_changed, [])
    """What leads to a list: life situations, cities, the situations of a city with many services."""

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._mode = "home"
        self._key = ""
        self._from = "home"
        self._words = ""
        self._own: set[str] = set()

    def forget(self) -> None:
        """Also the words searched for."""
        self._mode, self._key, self._from, self._words = "home", "", "home", ""
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        directory = self._port.directory
        state: dict[str, Any] = {
            "portal_away": self._port.readiness().get("portal", "ok") != "ok",
            "mode": self._mode,
            "words": self._words,
            "search_waits": self._asked() and not directory.searchable,
            "list_title": self._list_title(),
            "groups": self._groups(),
            "list": self._list(),
        }
        if self._mode == "search":
            state["asked"] = [self.say(words) for words in directory.asked()]
        if self._mode == "home":
            cities = directory.partner_cities()
            offered = {item.code for city in cities for item in directory.city_items(city.code)}
            state |= {
                "featured": self._tiles(directory.featured()[:_FEATURED]),
                "situations": self._situations(cases=False),
                "cities": len(cities),
                "city_services": len(offered),
            }
        return state

    def _situations(self, *, cases: bool) -> Rows:
        return [
            {"key": s.key, "name": self.say(s.name), "hint": self.say(s.hint), "icon": s.icon}
            for s in self._port.directory.situations()
            if s.cases == cases
        ]

    def _list_title(self) -> str:
        situations = {s.key: self.say(s.name) for s in self._port.directory.situations()}
        if self._mode == "situation":
            return situations.get(self._key, "")
        if self._mode == "city":
            code, _, situation = self._key.partition("/")
            city = self._port.directory.division(code)
            names = [self.say(city.name)] if city else []
            names += [situations[situation]] if situation in situations else []
            return " · ".join(names)
        return ""

    def _groups(self) -> Rows:
        match self._mode:
            case "situations":
                return self._situations(cases=False)
            case "mine":
                return self._situations(cases=True)
            case "cities":
                return [self._city(city) for city in self._port.directory.partner_cities()]
            case "city" if "/" not in self._key:
                return self._city_situations()
        return []

    def _city(self, city: Division) -> dict[str, Any]:
        """A city with what it supports in each of the three official modes."""
        items = self._port.directory.city_items(city.code)
        modes = Counter(offer.mode for item in items if (offer := self._offer(item, city.code)))
        parts = [
            Text(zh=f"{words.zh} {modes[mode]} 项", en=f"{modes[mode]} {words.en}")
            for mode, words in CITY_MODES.items()
            if modes[mode]
        ]
        return {
            "key": city.code,
            "name": self.say(city.name),
            "icon": "map-pin",
            "hint": " · ".join(self.say(part) for part in parts),
            "note": self.say(self._port.directory.city_words(city.code)),
        }

    def _offer(self, item: ServiceItem, city: str) -> CityOffer | None:
        today = self.wall().date()
        return next((o for o in item.cities if o.city == city and o.holds_on(today)), None)

    def _city_situations(self) -> Rows:
        directory = self._port.directory
        items = directory.city_items(self._key)
        if len(items) <= _LONG_LIST:
            return []
        counts = Counter(item.situation for item in items)
        return [
            {
                "key": f"{self._key}/{s.key}",
                "name": self.say(s.name),
                "icon": s.icon,
                "count": counts[s.key],
            }
            for s in directory.situations()
            if counts[s.key]
        ]

    def _list(self) -> Rows:
        directory = self._port.directory
        match self._mode:
            case "search" if self._asked() and directory.searchable:
                hits = directory.search(self._words.strip())
                return [self._tile(hit.item, "") | {"found": hit.by} for hit in hits]
            case "featured":
                return self._tiles(directory.featured()[:_FEATURED])
            case "situation":
                return self._tiles(directory.items_of(self._key))
            case "city" if not self._city_situations() or "/" in self._key:
                code, _, situation = self._key.partition("/")
                return self._tiles(directory.city_items(code, situation), code)
        return []

    def _asked(self) -> bool:
        return self._mode == "search" and bool(self._words.strip())

    def _tiles(self, items: Iterable[ServiceItem], city: str = "") -> Rows:
        return [self._tile(item, city) for item in items]

    def _tile(self, item: ServiceItem, city: str) -> dict[str, Any]:
        """``city``: the partner city it is wanted for, by which mode it is done and if it can be."""
        available = self._port.directory.availability(item.code, city)
        offer = self._offer(item, city) if city else None
        if item.dataset == OWN_CASES:
            self._own.add(item.code)
            available = model.Availability()
        return {
            "code": item.code,
            "name": self.say(item.name),
            "summary": self.say(
                item.summary if offer is None else how_offered(offer, item.day_unit)
            ),
            "icon": item.icon,
            "minutes": item.minutes,
            "paper": "proof" in item.outputs,
            "kind": item.kind.value,
            "note": self.say(available.words),
            "elsewhere": self.say(available.way_out),
            "possible": available.possible,
        }

    @Slot(str)
    def choose(self, code: str) -> None:
        """A service was touched; one that is about the person's own cases leads to them. In a city's
        list it is wanted for that city, which is not asked for again."""
        if code in self._own:
            self.post(events.CasesWanted())
            return
        city = self._key.partition("/")[0] if self._mode == "city" else ""
        self.post(events.ItemChosen(code, city))

    @Slot()
    def own_cases(self) -> None:
        """The person's own cases."""
        self.post(events.CasesWanted())

    @Slot()
    def look_up(self) -> None:
        """Where a case stands, by the code of its slip."""
        self.post(events.LookUpWanted())

    @Slot()
    def go_on(self) -> None:
        """With what was begun elsewhere, by its claim ticket."""
        self.post(events.ResumeWanted())

    @Slot(str, str)
    def show_list(self, mode: str, key: str) -> None:
        """Open a list (see ``mode``) or the search; ``home`` closes it."""
        if mode == "situation":
            self._from = self._mode
        self._mode, self._key = mode, key
        if mode != "search":
            self._words = ""
        self.refresh()

    @Slot()
    def up(self) -> None:
        """One list up: from a situation to where it was chosen, from a city's situation to the city,
        from it to the cities, then home."""
        if self._mode == "situation":
            self.show_list(self._from, "")
        elif self._mode != "city":
            self.show_list("home", "")
        elif "/" in self._key:
            self.show_list("city", self._key.partition("/")[0])
        else:
            self.show_list("cities", "")

    @Slot(str)
    def search(self, words: str) -> None:
        """The words typed so far."""
        self._words = words
        self.refresh()


def how_offered(offer: CityOffer, unit: DayUnit) -> Text:
    """By which mode, and in how many days where the city promises other ones."""
    mode, days = CITY_MODES[offer.mode], offer.working_days
    if days is None:
        return mode
    counted = unit.of(days)
    return Text(zh=f"{mode.zh} · {counted.zh}", en=f"{mode.en} · {counted.en}")
