"""The end of a visit: rating, farewell, and a terminal that can't serve."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.advice import drawing_for
from kiosk.visit import events, model
from kiosk.visit.ending import closed
from kiosk.words import words_for
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class RatingModel(ScreenModel):
    """Five grades, voluntary, none preselected (GB/T 39046)."""

    grade_changed, name_changed = Signal(), Signal()
    grade = shown("grade", int, grade_changed, 0)
    itemName = shown("name", str, name_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        return {
            "grade": visit.rating or 0,
            "name": self.say(visit.item.name) if visit.item else "",
        }

    @Slot(int)
    def rate(self, grade: int) -> None:
        """1 very satisfied … 5 very dissatisfied."""
        self.post(events.Rated(grade))

    @Slot()
    def skip(self) -> None:
        """No rating."""
        self.post(events.Rated(None))


@QmlElement
class FarewellModel(ScreenModel):
    """Take your card and paper; what was erased, said only once it is."""

    wiped_changed, card_lies_changed, had_paper_changed = Signal(), Signal(), Signal()
    wiped = shown("wiped", bool, wiped_changed, False)
    hadPaper = shown("had_paper", bool, had_paper_changed, False)
    cardLies = shown("card_lies", bool, card_lies_changed, False)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        printed = (model.PrintState.CONFIRMED, model.PrintState.DOUBTFUL)
        return {
            "wiped": visit.wiped,
            "card_lies": visit.card_lies,
            "had_paper": visit.receipt_print.state in printed or visit.proof_print.state in printed,
        }


@QmlElement
class OutOfServiceModel(ScreenModel):
    """Why not, and where to go."""

    words_changed, code_changed, drawing_changed = Signal(), Signal(), Signal()
    words = shown("words", str, words_changed, "")
    code = shown("code", str, code_changed, "")
    drawing = shown("drawing", str, drawing_changed, "next_machine")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        code = closed(visit) or "service.screen_only"
        return {"words": self.say(words_for(code)), "code": code, "drawing": drawing_for(code)}
