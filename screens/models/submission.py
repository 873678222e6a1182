"""Handing in, paying on the phone, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Property, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import Kind
from kiosk.evidence import ENDED
from kiosk.visit import events, model
from kiosk.visit.cases import act_of, acting
from kiosk.visit.own import Act
from kiosk.words import words_for
from screens import wording
from screens.models.base import ScreenModel, shown
from screens.models.print_look import print_look

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


_CITY_DOWN = frozenset({"gateway.unavailable", "item.city_down", "item.city_closed"})
_PLATFORM_DOWN = frozenset({"portal.unreachable"})


@QmlElement
class SubmittingModel(ScreenModel):
    """Sealing and sending; ``stored`` once it can't be lost any more."""

    name_changed, authority_changed, stored_changed = Signal(), Signal(), Signal()
    withdraws_changed = Signal()
    itemName = shown("name", str, name_changed, "")
    authority = shown("authority", str, authority_changed, "")
    stored = shown("stored", bool, stored_changed, False)
    withdraws = shown("withdraws", bool, withdraws_changed, False)
    """An own case is being taken back."""

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        state = visit.submission.state if visit.submission else model.SubmissionState.PREPARING
        return {
            "name": self.say(visit.item.name) if visit.item else "",
            "authority": self.say(visit.route.authority) if visit.route else "",
            "stored": state is not model.SubmissionState.PREPARING,
            "withdraws": act_of(visit) is Act.WITHDRAWAL,
        }


@QmlElement
class PaymentModel(ScreenModel):
    """The QR to scan, the amount, and the time left. ``now`` is injected for tests."""

    url_changed, amount_changed, state_changed = Signal(), Signal(), Signal()
    left_changed, expires_changed, name_changed = Signal(), Signal(), Signal()
    url = shown("url", str, url_changed, "")
    amount = shown("amount", str, amount_changed, "")
    state = shown("state", str, state_changed, "none")
    itemName = shown("name", str, name_changed, "")
    expires = shown("expires", str, expires_changed, "")

    def __init__(self, port: Any, now: Callable[[], datetime] | None = None) -> None:
        super().__init__(port)
        self._now = now
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.left_changed)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        payment = (visit.submission.receipt.get("payment") if visit.submission else None) or {}
        expires = str(payment.get("expires_at") or "")
        waiting = visit.step is model.Step.PAYMENT and bool(expires)
        if waiting != self._timer.isActive():
            (self._timer.start if waiting else self._timer.stop)()
        self.left_changed.emit()
        return {
            "url": str(payment.get("pay_url") or ""),
            "amount": wording.yuan(int(payment.get("amount_fen") or 0)),
            "state": visit.payment.value,
            "name": self.say(visit.item.name) if visit.item else "",
            "expires": expires,
        }

    def forget(self) -> None:
        """Also stops counting."""
        self._timer.stop()
        super().forget()

    def _left(self) -> int:
        try:
            expires = datetime.fromisoformat(self.value("expires", ""))
        except ValueError:
            return 0
        if expires.tzinfo is None:
            expires = expires.replace(tzinfo=UTC)
        return max(0, int((expires - (self._now or self.wall)()).total_seconds()))

    secondsLeft = Property(int, _left, notify=left_changed)


@QmlElement
class ResultModel(ScreenModel):
    """What is known of the submission, plainly, and how the printing goes."""

    state_changed, code_changed, name_changed, words_changed = (Signal() for _ in range(4))
    accepted_changed, authority_changed, promised_changed = Signal(), Signal(), Signal()
    estimated_changed, case_no_changed, days_changed, kind_changed = (Signal() for _ in range(4))
    prints_changed, appointment_changed, paid_changed, decided_changed = (
        Signal() for _ in range(4)
    )
    follow_changed, waits_for_changed, clock_sure_changed = Signal(), Signal(), Signal()
    act_changed, booking_changed = Signal(), Signal()
    state = shown("state", str, state_changed, "preparing")
    lookupCode = shown("code", str, code_changed, "")
    itemName = shown("name", str, name_changed, "")
    words = shown("words", str, words_changed, "")
    acceptedAt = shown("accepted", str, accepted_changed, "")
    """When it was received in law: the moment it was durable here, however late it is delivered."""
    clockSure = shown("clock_sure", bool, clock_sure_changed, True)
    authority = shown("authority", str, authority_changed, "")
    promised = shown("promised", str, promised_changed, "")
    promisedEstimated = shown("estimated", bool, estimated_changed, False)
    caseNo = shown("case_no", str, case_no_changed, "")
    days = shown("days", int, days_changed, 0)
    kind = shown("kind", str, kind_changed, "")
    prints = shown("prints", "QVariantList", prints_changed, [])
    appointment = shown("appointment", "QVariantMap", appointment_changed, {})
    paid = shown("paid", str, paid_changed, "")
    decided = shown("decided", str, decided_changed, "")
    followUrl = shown("follow", str, follow_changed, "")
    """Where the phone follows the case; the look-up code is all it holds."""
    act = shown("act", str, act_changed, "")
    """What was done to an own case: supplement, withdrawal; "" for a case of its own."""
    booking = shown("booking", bool, booking_changed, False)
    waitsFor = shown("waits_for", str, waits_for_changed, "")
    """Why a stored submission has not gone: city (its gateway is down), platform, answer."""

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        submission, item, route = visit.submission, visit.item, visit.route
        if submission is None or item is None:
            return {"name": self.say(item.name) if item else "", "prints": self._prints(visit)}
        receipt = submission.receipt
        promised = receipt.get("promised") or {}
        promised_date = str(promised.get("date") or (route.promised if route else "") or "")
        if str(receipt.get("state") or "") in ENDED:
            promised_date = ""  # it was kept, or no longer means anything
        estimated = promised.get("estimated", route.promised_estimated if route else False)
        authority = wording.pair(receipt, "authority", self.lang)
        payment = receipt.get("payment") or {}
        is_paid = visit.payment is model.PaymentState.PAID
        act, case = act_of(visit), acting(visit)
        return {
            "act": act.value if act is not None else "",
            "booking": case is not None and case.case.booking,
            "state": submission.state.value,
            "code": wording.spaced_code(submission.lookup_code),
            "name": self.say(item.name),
            "words": self.say(words_for(submission.code)) if submission.code else "",
            "accepted": wording.moment(submission.accepted_at, self.lang),
            "clock_sure": submission.clock_sure,
            "authority": authority or (self.say(route.authority) if route else ""),
            "promised": wording.day(promised_date, self.lang) if promised_date else "",
            "estimated": bool(estimated),
            "case_no": str(receipt.get("case_no") or "") or (case.case.number if case else ""),
            "days": route.working_days if route else item.working_days,
            "kind": item.kind.value,
            "prints": self._prints(visit),
            "appointment": self._appointment(receipt.get("appointment") or {}),
            "paid": wording.yuan(int(payment.get("amount_fen") or 0)) if is_paid else "",
            "decided": str(receipt.get("state") or ""),
            "follow": self._port.lookup_url.format(code=submission.lookup_code)
            if submission.lookup_code
            else "",
            "waits_for": self._waits_for(visit, submission),
        }

    def _waits_for(self, visit: model.Visit, submission: model.Submission) -> str:
        if submission.state is not model.SubmissionState.STORED:
            return ""
        codes = {submission.code, visit.availability.code}
        if codes & _CITY_DOWN:
            return "city"
        if self._port.readiness().get("portal", "ok") != "ok" or codes & _PLATFORM_DOWN:
            return "platform"
        return "answer"

    def _appointment(self, booked: Any) -> dict[str, str]:
        if not booked:
            return {}
        return {
            "when": f"{wording.day(str(booked.get('date', '')), self.lang)} "
            f"{booked.get('start', '')}–{booked.get('end', '')}",
            "where": wording.pair(booked, "place", self.lang),
            "number": str(booked.get("number") or ""),
        }

    def _prints(self, visit: model.Visit) -> list[dict[str, Any]]:
        jobs = [visit.receipt_print]
        if visit.item is not None and "proof" in visit.item.outputs:
            jobs.insert(0, visit.proof_print)
        if visit.item is not None and visit.item.kind is Kind.QUERY:
            jobs = [visit.receipt_print]
        return [print_look(job, self.say) for job in jobs]

    @Slot(str)
    def print_paper(self, paper: str) -> None:
        """receipt or proof."""
        self.post(events.PrintRequested(paper))

    @Slot(str)
    def drop_paper(self, paper: str) -> None:
        """Go on without it."""
        self.post(events.PaperDropped(paper))

    @Slot()
    def own_cases(self) -> None:
        """Back to the own cases, as they stand now."""
        self.post(events.CasesWanted())

    @Slot()
    def another(self) -> None:
        """再办一件."""
        self.post(events.AnotherWanted())

    @Slot()
    def leave(self) -> None:
        """办好了，离开."""
        self.post(events.LeaveRequested())
