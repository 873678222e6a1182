"""The person's own cases: the list, one of them, and taking one back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.evidence import ENDED, evidence
from kiosk.lookup_codes import shown_lookup_code
from kiosk.visit import events, model
from kiosk.visit.own import Asking, OpenCase, OwnCase
from kiosk.visit.signature import SIGNED_HOW
from kiosk.words import words_for
from screens import wording
from screens.models.base import Rows, ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CasesModel(ScreenModel):
    """The list, newest first. ``listed``: the portal has answered; ``more``: it has older ones."""

    rows_changed, busy_changed, listed_changed, more_changed = (Signal() for _ in range(4))
    rows = shown("rows", "QVariantList", rows_changed, [])
    busy = shown("busy", bool, busy_changed, False)
    listed = shown("listed", bool, listed_changed, False)
    more = shown("more", bool, more_changed, False)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        own = visit.own
        if own is None or own.cases is None:
            return {"busy": visit.busy}
        return {
            "busy": visit.busy,
            "listed": True,
            "more": own.more,
            "rows": [self._row(case) for case in own.cases],
        }

    def _row(self, case: OwnCase) -> dict[str, Any]:
        words = evidence(case.state)
        return {
            "name": self.say(case.service),
            "now": self.say(words.now),
            "asks": case.state == "supplement_required",
            "day": wording.day(case.accepted_at, self.lang),
            "promised": wording.day(case.promised, self.lang)
            if case.promised and words.tone == "ok" and case.state not in ENDED
            else "",
            "estimated": case.estimated,
            "icon": "calendar-check" if case.booking else "file-text",
        }

    @Slot(int)
    def choose(self, place: int) -> None:
        """Open the case at this place."""
        self.post(events.CaseChosen(place))

    @Slot()
    def older(self) -> None:
        """The next page."""
        self.post(events.OlderCasesWanted())


@QmlElement
class CaseModel(ScreenModel):
    """One case. ``asking``: due, note, things, obstacle (words, "" where it can be handed in here);
    ``booked``: when, where, number; ``waiting``: supplement or withdrawal, done at this terminal and
    not arrived yet; ``signed``: how, in words, where it was not drawn."""

    name_changed, now_changed, next_changed, tone_changed = (Signal() for _ in range(4))
    code_changed, number_changed, accepted_changed, authority_changed = (Signal() for _ in range(4))
    promised_changed, estimated_changed, decision_changed, steps_changed = (
        Signal() for _ in range(4)
    )
    asking_changed, booked_changed, withdrawable_changed, waiting_changed = (
        Signal() for _ in range(4)
    )
    booking_changed, signed_changed = Signal(), Signal()
    itemName = shown("name", str, name_changed, "")
    now = shown("now", str, now_changed, "")
    next = shown("next", str, next_changed, "")
    tone = shown("tone", str, tone_changed, "ok")
    code = shown("code", str, code_changed, "")
    caseNo = shown("number", str, number_changed, "")
    accepted = shown("accepted", str, accepted_changed, "")
    authority = shown("authority", str, authority_changed, "")
    promised = shown("promised", str, promised_changed, "")
    promisedEstimated = shown("estimated", bool, estimated_changed, False)
    decision = shown("decision", str, decision_changed, "")
    steps = shown("steps", "QVariantList", steps_changed, [])
    asking = shown("asking", "QVariantMap", asking_changed, {})
    booked = shown("booked", "QVariantMap", booked_changed, {})
    withdrawable = shown("withdrawable", bool, withdrawable_changed, False)
    waiting = shown("waiting", str, waiting_changed, "")
    booking = shown("booking", bool, booking_changed, False)
    signed = shown("signed", str, signed_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        opened = visit.own.opened if visit.own is not None else None
        if opened is None:
            return {}
        case, words = opened.case, evidence(opened.vain or opened.case.state)
        still = evidence(case.state).tone == "ok" and case.state not in ENDED
        return {
            "name": self.say(case.service),
            "now": self.say(words.now),
            "next": self.say(words.next),
            "tone": words.tone,
            "code": shown_lookup_code(opened.lookup_code),
            "number": case.number,
            "accepted": wording.moment(case.accepted_at, self.lang),
            "authority": self.say(case.authority),
            "promised": wording.day(case.promised, self.lang) if case.promised and still else "",
            "estimated": case.estimated,
            "decision": opened.decision,
            "steps": self._steps(opened),
            "asking": self._asking(opened.asking),
            "booked": self._booked(opened),
            "withdrawable": opened.withdrawal is not None and opened.waiting is None,
            "waiting": opened.waiting.value if opened.waiting is not None else "",
            "booking": case.booking,
            "signed": self.say(SIGNED_HOW.get(opened.signed)),
        }

    def _steps(self, opened: OpenCase) -> Rows:
        return [
            {
                "when": wording.moment(step.at, self.lang),
                "now": self.say(evidence(step.state).now),
                "note": self.say(step.note),
            }
            for step in reversed(opened.steps)
        ]

    def _asking(self, asking: Asking | None) -> dict[str, Any]:
        if asking is None:
            return {}
        return {
            "due": wording.day(asking.due, self.lang),
            "note": self.say(asking.note),
            "things": [
                {"name": self.say(thing.name), "paper": thing.paper} for thing in asking.things
            ],
            "obstacle": self.say(words_for(asking.obstacle)) if asking.obstacle else "",
        }

    def _booked(self, opened: OpenCase) -> dict[str, str]:
        booked = opened.booked
        if booked is None:
            return {}
        return {
            "when": f"{wording.day(booked.date, self.lang)} {booked.start}–{booked.end}",
            "where": self.say(booked.place),
            "number": booked.number,
        }

    @Slot()
    def hand_in(self) -> None:
        """What is missing."""
        self.post(events.SupplementWanted())

    @Slot()
    def withdraw(self) -> None:
        """Take the case back; what that means is said first."""
        self.post(events.WithdrawalWanted())


@QmlElement
class WithdrawModel(ScreenModel):
    """What will be taken back, and what that means. ``booking``: an appointment."""

    name_changed, number_changed, authority_changed = Signal(), Signal(), Signal()
    booking_changed, when_changed = Signal(), Signal()
    itemName = shown("name", str, name_changed, "")
    caseNo = shown("number", str, number_changed, "")
    authority = shown("authority", str, authority_changed, "")
    booking = shown("booking", bool, booking_changed, False)
    when = shown("when", str, when_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        opened = visit.own.opened if visit.own is not None else None
        if opened is None:
            return {}
        booked = opened.booked
        return {
            "name": self.say(opened.case.service),
            "number": opened.case.number,
            "authority": self.say(opened.case.authority),
            "booking": opened.case.booking,
            "when": f"{wording.day(booked.date, self.lang)} {booked.start}–{booked.end}"
            if booked is not None
            else "",
        }

    @Slot()
    def confirm(self) -> None:
        """Yes, withdraw it."""
        self.post(events.Continued())
