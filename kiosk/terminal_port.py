"""What a screen needs of the terminal: the visit to show, a place to post events, and pure look-ups.

:class:`kiosk.terminal.Terminal` implements it for real; tests of screens pass a small fake.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from config.catalogue import ServiceItem, Situation
from config.divisions import Division
from config.text import Text
from kiosk.visit import events, model

if TYPE_CHECKING:
    from drivers.ports import FrameBufferInfo


@dataclass(frozen=True, slots=True)
class Place:
    """The terminal's own site."""

    terminal_id: str
    site: Text
    city: Text
    hours: Text
    staff_phone: str


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """One line of the portal to everybody, in force since this moment."""

    text: Text
    since: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result; ``score`` 0–100. ``by``: what people call it and by which it was found, where
    that is not its name."""

    item: ServiceItem
    score: float
    by: str = ""


class Directory(Protocol):
    """Pure look-ups over catalogue, divisions and the present availability; fast, never blocking."""

    def situations(self) -> Sequence[Situation]:
        """Life situations in display order."""
        ...

    def asked(self) -> Sequence[Text]:
        """Words to search for that are suggested before anything was typed."""
        ...

    def featured(self) -> Sequence[ServiceItem]:
        """Most used here, best first."""
        ...

    def items_of(self, situation: str) -> Sequence[ServiceItem]:
        """Items of a life situation."""
        ...

    @property
    def searchable(self) -> bool:
        """Does :meth:`search` answer at once? Not before its index is there; :meth:`TerminalPort.on_change`
        tells when it is."""
        ...

    def search(self, words: str, limit: int = 12) -> Sequence[Hit]:
        """Chinese words, pinyin, initials, aliases; forgiving."""
        ...

    def availability(self, code: str, city: str = "") -> model.Availability:
        """Can it be finished here now? (the amber line on a tile) ``city``: for this partner city."""
        ...

    def partner_cities(self) -> Sequence[Division]:
        """The eight partner cities."""
        ...

    def city_items(self, city: str, situation: str = "") -> Sequence[ServiceItem]:
        """Items that can be handled for this partner city ("": of all life situations)."""
        ...

    def city_words(self, city: str) -> Text | None:
        """What is the matter with a partner city's system now; None: nothing."""
        ...

    def places(self, item: ServiceItem, parent: str) -> Sequence[Division]:
        """Next choices of the place step under ``parent`` ("" = first list)."""
        ...

    def below(self, code: str) -> Sequence[Division]:
        """Divisions directly below one, whatever is asked for; "" gives the cities, ours first."""
        ...

    def division(self, code: str) -> Division | None:
        """A division by its code."""
        ...


class TerminalPort(Protocol):
    """The one door between screens and kiosk."""

    @property
    def place(self) -> Place:
        """Where we stand."""
        ...

    @property
    def directory(self) -> Directory:
        """Look-ups."""
        ...

    @property
    def lookup_url(self) -> str:
        """Where a case can be followed, ``{code}`` standing for the look-up code."""
        ...

    @property
    def visit(self) -> model.Visit:
        """The present visit (immutable)."""
        ...

    def post(self, event: events.Event) -> None:
        """Hand in an event; returns at once, callable from any thread."""
        ...

    def subscribe(self, on_visit: Callable[[model.Visit], None]) -> Callable[[], None]:
        """Call back with each new visit, from the terminal's thread; returns the unsubscriber."""
        ...

    def preview(self) -> FrameBufferInfo | None:
        """Where the live camera frame is while the face or materials step runs, else None."""
        ...

    def card_photo(self) -> bytes | None:
        """The card's decoded portrait as PNG bytes while the visit holds one (staff step), else None."""
        ...

    def page_picture(self, handle: str) -> bytes | None:
        """A page taken of a paper, or of what is printed, as a small picture; None once it is gone."""
        ...

    def readiness(self) -> Mapping[str, str]:
        """Device name → ``ok`` or a failure code, for the attract screen's honest line."""
        ...

    def notices(self) -> Sequence[PublicNotice]:
        """To the public, in force now, newest first."""
        ...

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back, from any thread, when availability, readiness or notices changed; returns the
        unsubscriber."""
        ...
