"""Attract and home: what can be done here, and finding it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import ServiceItem
from kiosk.visit import events, model
from kiosk.words import part_of
from screens import wording
from screens.models.base import Rows, ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1

_LONG_LIST = 24


@QmlElement
class AttractModel(ScreenModel):
    """Where we stand, what can be done, and honestly what is not working."""

    situations_changed, featured_changed, troubles_changed = Signal(), Signal(), Signal()
    cities_changed, near_changed = Signal(), Signal()
    situations = shown("situations", "QVariantList", situations_changed, [])
    featured = shown("featured", "QVariantList", featured_changed, [])
    troubles = shown("troubles", "QVariantList", troubles_changed, [])
    cities = shown("cities", int, cities_changed, 0)
    notice_changed, notice_since_changed = Signal(), Signal()
    notice = shown("notice", str, notice_changed, "")
    noticeSince = shown("notice_since", str, notice_since_changed, "")
    near = shown("near", bool, near_changed, False)
    """The sensor sees somebody who has not touched anything yet."""

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        directory = self._port.directory
        notice = next(iter(self._port.notices()), None)
        return {
            "notice": "" if notice is None else self.say(notice.text),
            "notice_since": ""
            if notice is None
            else wording.moment(notice.since.isoformat(), self.lang),
            "situations": [
                {"name": self.say(s.name), "icon": s.icon} for s in directory.situations()
            ],
            "featured": [
                {"name": self.say(i.name), "icon": i.icon} for i in directory.featured()[:4]
            ],
            "troubles": sorted(
                {self._part(name, code) for name, code in self._port.readiness().items()} - {""}
            ),
            "cities": len(directory.partner_cities()),
            "near": visit.near is True,
        }

    @staticmethod
    def _part(name: str, code: str) -> str:
        if code == "ok":
            return ""
        known = ("card_reader", "receipt_printer", "document_printer", "camera")
        named = (name, part_of(code))
        # Nobody comes for the lights, the sensor or the battery: those are the technician's.
        return next((part for part in named if part in known), name if name == "portal" else "")


@QmlElement
class HomeModel(ScreenModel):
    """Search with live results, most used, life situations, other cities."""

    featured_changed, situations_changed, cities_changed = Signal(), Signal(), Signal()
    list_changed, list_title_changed = Signal(), Signal()
    mode_changed, words_changed = Signal(), Signal()
    city_names_changed, groups_changed, portal_away_changed = Signal(), Signal(), Signal()
    featured = shown("featured", "QVariantList", featured_changed, [])
    situations = shown("situations", "QVariantList", situations_changed, [])
    cities = shown("cities", "QVariantList", cities_changed, [])
    cityNames = shown("city_names", str, city_names_changed, "")
    mode = shown("mode", str, mode_changed, "home")
    """home, search, situation, cities, city."""
    listTitle = shown("list_title", str, list_title_changed, "")
    list = shown("list", "QVariantList", list_changed, [])
    words = shown("words", str, words_changed, "")
    portalAway = shown("portal_away", bool, portal_away_changed, False)
    groups = shown("groups", "QVariantList", groups_changed, [])
    """A city's life situations with their number of services, where its list would be long."""

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._mode = "home"
        self._key = ""
        self._words = ""

    def forget(self) -> None:
        """Also the words searched for."""
        self._mode, self._key, self._words = "home", "", ""
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        directory = self._port.directory
        cities = directory.partner_cities()
        separator = "、" if self.lang.startswith("zh") else ", "
        return {
            "featured": self._tiles(directory.featured()[:4]),
            "situations": [
                {"key": s.key, "name": self.say(s.name), "hint": self.say(s.hint), "icon": s.icon}
                for s in directory.situations()
            ],
            "cities": [
                {
                    "key": city.code,
                    "name": self.say(city.name),
                    "count": len(directory.city_items(city.code)),
                }
                for city in cities
            ],
            "portal_away": self._port.readiness().get("portal", "ok") != "ok",
            "city_names": separator.join(self.say(city.name) for city in cities),
            "mode": self._mode,
            "words": self._words,
            "list_title": self._list_title(),
            "groups": self._groups(),
            "list": self._list(),
        }

    def _list_title(self) -> str:
        if self._mode == "situation":
            situations = {s.key: self.say(s.name) for s in self._port.directory.situations()}
            return situations.get(self._key, "")
        if self._mode == "city":
            code, _, situation = self._key.partition("/")
            city = self._port.directory.division(code)
            names = [self.say(city.name)] if city else []
            found = self._port.directory.situations()
            names += [self.say(s.name) for s in found if s.key == situation]
            return " · ".join(names)
        return ""

    def _groups(self) -> Rows:
        directory = self._port.directory
        if self._mode != "city" or "/" in self._key:
            return []
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
        if self._mode == "search" and self._words.strip():
            return self._tiles(hit.item for hit in directory.search(self._words.strip()))
        if self._mode == "situation":
            return self._tiles(directory.items_of(self._key))
        if self._mode == "city" and not self._groups():
            code, _, situation = self._key.partition("/")
            return self._tiles(directory.city_items(code, situation))
        return []

    def _tiles(self, items: Iterable[ServiceItem]) -> Rows:
        return [self._tile(item) for item in items]

    def _tile(self, item: ServiceItem) -> dict[str, Any]:
        available = self._port.directory.availability(item.code)
        return {
            "code": item.code,
            "name": self.say(item.name),
            "summary": self.say(item.summary),
            "icon": item.icon,
            "minutes": item.minutes,
            "paper": "proof" in item.outputs,
            "kind": item.kind.value,
            "note": self.say(available.words),
            "possible": available.possible,
        }

    @Slot(str)
    def choose(self, code: str) -> None:
        """A service was touched."""
        self.post(events.ItemChosen(code))

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
        """Open a list (situation, cities, city) or the search; ``home`` closes it."""
        self._mode, self._key = mode, key
        if mode != "search":
            self._words = ""
        self.refresh()

    @Slot()
    def up(self) -> None:
        """One list up: from a city's situation to the city, from it to the cities, then home."""
        if self._mode != "city":
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
