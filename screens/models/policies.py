"""Policies for an enterprise: the list of what fits, and one of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.policy_terms import Fit
from kiosk.visit import events, finder, model
from kiosk.visit.model import FoundPolicy
from screens import wording
from screens.models.base import Rows, StepModel, shown
from screens.models.print_look import print_look

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PoliciesModel(StepModel):
    """``fits``, ``possible`` and ``others`` are the list; the others are shown when asked for
    (``othersShown``), or where there is nothing else. ``opened`` is the policy looked at, empty for the
    list. Its ``questions`` would decide, or rule it out."""

    title_changed, as_of_changed, busy_changed, receipt_changed = (Signal() for _ in range(4))
    fits_changed, possible_changed, others_changed, opened_changed = (Signal() for _ in range(4))
    others_shown_changed = Signal()
    title = shown("title", str, title_changed, "")
    asOf = shown("as_of", str, as_of_changed, "")
    busy = shown("busy", bool, busy_changed, False)
    fits = shown("fits", "QVariantList", fits_changed, [])
    possible = shown("possible", "QVariantList", possible_changed, [])
    others = shown("others", "QVariantList", others_changed, [])
    othersShown = shown("others_shown", bool, others_shown_changed, False)
    opened = shown("opened", "QVariantMap", opened_changed, {})
    receipt = shown("receipt", "QVariantMap", receipt_changed, {})

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._others_wanted = False

    def forget(self) -> None:
        """Also: the list as it is at first."""
        self._others_wanted = False
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        answer = visit.answer
        if answer is None:
            return {"busy": visit.busy, "title": self.say(visit.item.name) if visit.item else ""}
        opened = finder.opened(visit)
        return {
            "busy": visit.busy,
            "title": self.say(answer.title),
            "as_of": wording.day(answer.as_of, self.lang),
            "fits": self._rows(visit, Fit.YES),
            "possible": self._rows(visit, Fit.POSSIBLE),
            "others": self._rows(visit, Fit.NO),
            "others_shown": self._others_wanted or all(p.fit is Fit.NO for p in answer.policies),
            "opened": self._policy(visit, opened) if opened is not None else {},
            "receipt": print_look(visit.receipt_print, self.say),
        }

    def _rows(self, visit: model.Visit, fit: Fit) -> Rows:
        found = visit.answer.policies if visit.answer is not None else ()
        return [self._policy(visit, one) for one in found if one.fit is fit]

    def _policy(self, visit: model.Visit, one: FoundPolicy) -> dict[str, Any]:
        decisive = one.against or one.open
        questions = [
            {"name": name, "label": self.say(finder.question(visit, name))} for name in decisive
        ]
        return {
            "code": one.code,
            "fit": one.fit.value,
            "name": self.say(one.name),
            "gives": self.say(one.gives),
            "authority": self.say(one.authority),
            "basis": one.basis,
            "until": wording.day(one.until, self.lang) if one.until else "",
            "days": -1 if one.days_left is None else one.days_left,
            "automatic": one.automatic,
            "applies": finder.may_apply(one),
            "questions": questions,
            "asked": wording.listed([str(one["label"]) for one in questions], self.lang),
        }

    @Slot()
    def show_others(self) -> None:
        """List, or no longer list, what does not fit."""
        self._others_wanted = not self._others_wanted
        self.refresh()

    @Slot(str)
    def look_at(self, code: str) -> None:
        """Open one."""
        self.post(events.PolicyOpened(code))

    @Slot(str)
    def answer(self, name: str) -> None:
        """Answer a question of the opened one after all."""
        self.post(events.QuestionReopened(name))

    @Slot()
    def apply(self) -> None:
        """Apply under the opened one."""
        self.post(events.PolicyApplied())

    @Slot()
    def remind(self) -> None:
        """Be told of new ones."""
        self.post(events.RemindersWanted())

    @Slot()
    def print_found(self) -> None:
        """The list, or the opened one, as a slip."""
        self.post(events.PrintRequested("receipt"))

    @Slot()
    def drop_slip(self) -> None:
        """The screen will do."""
        self.post(events.PaperDropped("receipt"))

    @Slot()
    def proceed(self) -> None:
        """Seen it."""
        self.go_on()
