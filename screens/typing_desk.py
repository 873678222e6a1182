"""Typing as QML sees it: letters or strokes in, offers out, with one typist behind all keyboards."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QRawFont

from screens import shapes
from screens.runtime import SANS
from screens.typing import Candidate, Strokes, Typist

SHOWN = 1200
"""Offers handed to QML: as many as the sound with the most characters has."""


@cache
def _drawable(text: str) -> bool:
    """Has the reading font every character? One it has not would be shown as a box."""
    font = _raw_font()
    return all(font.supportsCharacter(ord(char)) for char in text)


@cache
def _raw_font() -> QRawFont:
    return QRawFont.fromFont(QFont(SANS))


class Engine(Protocol):
    """See :class:`~screens.typing.typist.Typist`, which is the terminal's."""

    @property
    def has(self) -> dict[str, Any]: ...
    def start(self, ready: Callable[[], None]) -> None: ...
    def words(
        self, letters: str, *, name: bool, told: Callable[[list[Candidate]], None]
    ) -> None: ...
    def characters(
        self, strokes: Strokes, width: float, height: float, told: Callable[[list[str]], None]
    ) -> None: ...
    def forget(self) -> None: ...
    def close(self) -> None: ...


class TypingDesk(QObject):
    """The singleton ``Typing``: ``offers`` follow what was last looked up; ``asking`` until they do.

    Answers that come after a newer question, or after :meth:`clear`, are dropped.
    """

    offers_changed, ready_changed, asking_changed = Signal(), Signal(), Signal()
    _arrived = Signal(int, object)
    _ready = Signal()

    def __init__(self, typist: Engine | None = None) -> None:
        super().__init__()
        self._typist: Engine = typist or Typist()
        self._question = 0
        self._asking = False
        self._offers: list[dict[str, Any]] = []
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._ready.connect(self.ready_changed, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start the engines in the background."""
        self._typist.start(self._ready.emit)

    @Slot(str, bool)
    def look_up(self, letters: str, name: bool) -> None:
        """Words for letters typed; ``name`` where a person's name is asked for."""
        self._question += 1
        number = self._question
        self._ask(bool(letters))
        if not letters:
            self._show([])
            return
        self._typist.words(letters, name=name, told=lambda found: self._tell(number, found))

    def recognise(self, strokes: Strokes, width: float, height: float) -> None:
        """Characters for strokes drawn."""
        self._question += 1
        number = self._question
        self._typist.characters(
            strokes,
            width,
            height,
            lambda found: self._tell(number, [Candidate(char, 0) for char in found]),
        )

    @Slot(str, str, result=str)
    def plain(self, kind: str, text: str) -> str:
        """See :func:`screens.shapes.plain`."""
        return shapes.plain(kind, text)

    @Slot(str, str, result=str)
    def grouped(self, kind: str, value: str) -> str:
        """See :func:`screens.shapes.grouped`."""
        return shapes.grouped(kind, value)

    @Slot()
    def clear(self) -> None:
        """No offers, and none of those still on their way."""
        self._question += 1
        self._ask(False)
        self._show([])

    def forget(self) -> None:
        """The visit ended: nothing that was typed stays."""
        self.clear()
        self._typist.forget()

    def close(self) -> None:
        """End the engines."""
        self._typist.close()

    def _tell(self, number: int, found: list[Candidate]) -> None:
        self._arrived.emit(number, found)

    @Slot(int, object)
    def _take(self, number: int, found: list[Candidate]) -> None:
        if number != self._question:
            return
        drawable = [offer for offer in found if _drawable(offer.text)]
        self._show(
            [
                {"text": offer.text, "used": offer.used, "told": offer.told}
                for offer in drawable[:SHOWN]
            ]
        )
        self._ask(False)

    def _show(self, offers: list[dict[str, Any]]) -> None:
        if offers != self._offers:
            self._offers = offers
            self.offers_changed.emit()

    def _ask(self, asking: bool) -> None:
        if asking != self._asking:
            self._asking = asking
            self.asking_changed.emit()

    def _is_asking(self) -> bool:
        return self._asking

    def _get_offers(self) -> list[dict[str, Any]]:
        return self._offers

    def _has_handwriting(self) -> bool:
        return bool(self._typist.has.get("handwriting"))

    _LIST: Any = "QVariantList"  # the stub asks for a type, Qt takes its name
    offers = Property(_LIST, _get_offers, notify=offers_changed)
    asking = Property(bool, _is_asking, notify=asking_changed)
    handwriting = Property(bool, _has_handwriting, notify=ready_changed)
