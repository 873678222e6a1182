"""Pure look-ups for the screens: catalogue, search, places, and what can be finished here now."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.catalogue import (
    Catalogue,
    Identification,
    Kind,
    PlaceChoice,
    ServiceItem,
    Situation,
)
from config.divisions import Division, Divisions
from config.text import Text
from kiosk.search import SearchIndex
from kiosk.terminal_port import Hit
from kiosk.visit.journey import may_defer
from kiosk.visit.model import Availability
from kiosk.words import words_for

PARTNER_CITIES = (
    "440100", "440600", "440700", "441900", "441300", "441800", "441400", "441600",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the terminal knows of itself now. Ports in ``unusable`` can't do their work."""

    portal_reachable: bool = True
    unusable: frozenset[str] = frozenset()
    cities_down: frozenset[str] = frozenset()
    outbox_refusal: str = ""


class ServiceDirectory:
    """Implements :class:`kiosk.terminal_port.Directory`."""

    def __init__(
        self,
        catalogue: Catalogue,
        divisions: Divisions,
        own_city: str,
        circumstances: Callable[[], Circumstances],
    ) -> None:
        self._catalogue = catalogue
        self._divisions = divisions
        self._own_city = own_city
        self._circumstances = circumstances
        self._building = threading.Lock()
        self._index: SearchIndex | None = None

    def warm_up(self) -> None:
        """Build the search index now (about half a second), so that no search has to wait for it."""
        with self._building:
            if self._index is None:
                self._index = SearchIndex(self._catalogue)

    def situations(self) -> Sequence[Situation]:
        return self._catalogue.situations

    def featured(self) -> Sequence[ServiceItem]:
        used = [item for item in self._catalogue.items if item.featured > 0]
        return sorted(used, key=lambda item: -item.featured)

    def items_of(self, situation: str) -> Sequence[ServiceItem]:
        return [item for item in self._catalogue.items if item.situation == situation]

    def search(self, words: str, limit: int = 12) -> Sequence[Hit]:
        if self._index is None:
            self.warm_up()
        return self._index.search(words, limit) if self._index is not None else []

    def item(self, code: str) -> ServiceItem | None:
        """The item of this code."""
        return self._catalogue.item(code)

    def partner_cities(self) -> Sequence[Division]:
        found = (self._divisions.get(code) for code in PARTNER_CITIES)
        return [division for division in found if division is not None]

    def city_items(self, city: str) -> Sequence[ServiceItem]:
        return [i for i in self._catalogue.items if any(o.city == city for o in i.cities)]

    def division(self, code: str) -> Division | None:
        return self._divisions.get(code)

    def places(self, item: ServiceItem, parent: str) -> Sequence[Division]:
        if item.place is PlaceChoice.CITY:
            codes = [offer.city for offer in item.cities]
            if item.handlers:
                codes.insert(0, self._own_city)
            found = (self._divisions.get(code) for code in codes)
            return [] if parent else [division for division in found if division is not None]
        if item.place is PlaceChoice.DIVISION:
            return self._divisions.children(parent or self._own_city)
        return []

    def availability(self, code: str) -> Availability:
        item = self._catalogue.item(code)
        if item is None:
            return Availability(
                possible=False, code="item.unknown", words=words_for("item.unknown")
            )
        return judge(item, self._circumstances())


def judge(item: ServiceItem, now: Circumstances, destination: str = "") -> Availability:
    """Can ``item`` be finished here now? ``destination``: the partner city chosen, if any.

    What can't be is said before the person starts, with the nearest way out.
    """
    if item.identification is not Identification.L0 and "id_card_reader" in now.unusable:
        return _no("item.no_reader")
    if "proof" in item.outputs and "document_printer" in now.unusable:
        return _no("item.no_printer")
    if now.outbox_refusal and item.kind is not Kind.QUERY:
        return _no(now.outbox_refusal)  # online or not, every submission is stored first
    if destination in now.cities_down:
        if may_defer(item):
            return Availability(
                limited=True, code="item.city_down", words=words_for("item.city_down")
            )
        return _no("item.city_down")
    if not now.portal_reachable:
        if may_defer(item) and item.kind is Kind.APPLY:
            return Availability(
                limited=True, code="item.offline_kept", words=words_for("item.offline_kept")
            )
        return _no("item.offline_never")
    return Availability()


_WAY_OUT = Text(
    zh="可到窗口办理，或过一会儿再来", en="Use the counter, or come back a little later"
)


def _no(code: str) -> Availability:
    return Availability(possible=False, code=code, words=words_for(code), way_out=_WAY_OUT)
