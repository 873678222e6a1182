"""``advance``: the one function a visit consists of."""

from __future__ import annotations

from typing import assert_never

from kiosk.visit import (
    case_moves,
    cases,
    device_return,
    elsewhere,
    ending,
    errand,
    finder,
    hearing,
    identify,
    lookup,
    opening,
    papers,
    power,
    printing,
    resume,
    signing,
    submit,
    timers,
)
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit import navigation as nav
from kiosk.visit.draft import Draft
from kiosk.visit.effects import Effect
from kiosk.visit.journey import settled
from kiosk.visit.model import Step, Visit

BUSY_SLOTS = frozenset(
    {
        "lookup",
        "item",
        "route",
        "query",
        "slots",
        "staff",
        "store",
        "keep",
        "ticket",
        "claim",
        "cases",
        "case",
    }
)


def advance(visit: Visit, event: ev.Event) -> tuple[Visit, tuple[Effect, ...]]:
    """The visit after ``event``, and what must now be done. Pure, total: any event in any state."""
    d = Draft(visit)
    touched = False
    if isinstance(event, ev.PersonEvent):
        touched = True
        ending.touched(d)
        _person(d, event)
    else:
        touched = _happened(d, event)
    errand.void_changed_consent(visit, d)
    signing.read_anew(visit, d)
    elsewhere.offer(d)
    if d.visit.step is not visit.step:
        hearing.moved_on(d)
    ending.keep_time(d, fresh=touched or d.visit.step is not visit.step)
    busy = not BUSY_SLOTS.isdisjoint(d.visit.awaiting)
    if d.visit.busy != busy:
        d.set(busy=busy)
    return d.visit, tuple(d.effects)


# ---- the person ----------------------------------------------------------------------------------


# Whoever reads that nothing can be begun here may read it in their language, large, and aloud.
_WHILE_CLOSED = (ev.HelpWanted, ev.HelpWithdrawn, ev.LanguageChosen, ev.AssistChanged)


def _person(d: Draft, event: ev.PersonEvent) -> None:
    step = d.visit.step
    if step is Step.OUT_OF_SERVICE and not isinstance(event, _WHILE_CLOSED):
        return
    match event:
        case ev.Touched() | ev.MoreTimeWanted():
            pass
        case ev.Started():
            if step is Step.ATTRACT:
                d.set(visit_id=event.visit_id, staff_authorisation=event.staff_authorisation)
                d.do(fx.Record("visit.started"))
                d.show(Step.HOME)
        case ev.LanguageChosen():
            d.set(language=event.language)
        case ev.AssistChanged():
            hearing.assist_changed(d, event.assist)
        case ev.HelpWanted():
            identify.call_staff(d)
        case ev.HelpWithdrawn():
            identify.end_call(d, "withdrawn")
        case ev.LeaveRequested():
            ending.leave_requested(d)
        case ev.LeaveAnswered():
            if d.visit.leaving:
                d.set(leaving=False)
                if event.leave:
                    ending.end(d, "left")
        case _:
            if step not in (Step.ATTRACT, Step.FAREWELL):
                _errand_event(d, event)


def _errand_event(d: Draft, event: ev.PersonEvent) -> None:
    step = d.visit.step
    d.set(leaving=False)  # whoever goes on does not leave
    if isinstance(event, ev.CaseTouch):
        case_moves.touched(d, event)
        return
    if isinstance(event, ev.PolicyTouch):
        finder.touched(d, event)
        return
    if isinstance(event, ev.SigningTouch):
        if signing.touched(d, event):
            nav.go_on(d, Step.SIGN)
        return
    match event:
        case ev.PageWanted() | ev.PageKept() | ev.PageDropped() | ev.PaperLeftOut():
            if papers.touched(d, event):
                nav.go_on(d, Step.MATERIALS)
        case ev.ItemChosen():
            if power.may_begin(d):
                d.set(trouble=None, place=event.place)
                d.issue("item", lambda n: fx.OpenItem(n, event.code))
        case ev.Continued():
            _continue(d)
        case ev.WentBack():
            nav.go_back(d)
        case ev.PlaceChosen():
            if step is Step.PLACE:
                d.set(place=event.place, trouble=None)
                nav.resolve(d, event.place)
        case ev.Retried():
            _retry(d)
        case ev.TroubleDismissed():
            d.set(trouble=None)
        case ev.StaffRequested():
            if step is Step.FACE:
                identify.ask_staff(d, "identity")
            else:
                identify.call_staff(d)
        case ev.LookUpWanted():
            if step is Step.HOME:
                lookup.begin(d)
        case ev.ResumeWanted():
            if power.may_begin(d):
                resume.begin(d)
        case ev.TicketTyped():
            resume.typed(d, event.ticket)
        case ev.ElsewhereWanted():
            elsewhere.break_off(d, "person")
        case ev.LookUpCodeTyped():
            lookup.typed(d, event.lookup_code)
        case ev.CodeTyped() if step is Step.LOOKUP:
            lookup.typed(d, event.code.reveal())
        case ev.CodeTyped() if step is Step.RESUME:
            resume.typed(d, event.code)
        case ev.CodeTyped():
            identify.code_typed(d, event)
        case ev.StaffPinEntered():
            identify.pin_entered(d, event)
        case ev.FormEdited():
            if step is Step.FORM:
                errand.form_edited(d, event)
        case ev.FormPageDone():
            if step is Step.FORM and errand.form_page_done(d, event):
                nav.go_on(d, Step.FORM)
        case ev.BillToggled():
            if step is Step.BILLS:
                errand.bill_toggled(d, event)
        case ev.SlotChosen():
            if step is Step.SLOTS and event.slot in d.visit.slots:
                d.set(slot=event.slot)
        case ev.ConsentChanged():
            if step is Step.REVIEW:
                errand.consent_changed(d, event)
        case ev.PrintRequested() | ev.PaperDropped():
            printing.touched(d, event)
        case ev.Rated():
            ending.rated(d, event.grade)
        case ev.AnotherWanted():
            if step in (Step.RESULT, Step.ANSWER, Step.POLICIES):
                nav.another(d)
        case _:
            pass


def _continue(d: Draft) -> None:
    """The primary button: on, if this step has what it needs."""
    visit = d.visit
    if visit.trouble is not None or visit.busy:
        return
    match visit.step:
        case Step.GUIDE:
            if not visit.availability.possible:
                return
            if Step.PLACE in visit.trail and not visit.place:
                nav.enter(d, Step.PLACE)
            else:
                nav.resolve(d, visit.place)
        case Step.ANSWER | Step.POLICIES:
            if visit.answer is not None:
                nav.go_on(d, visit.step)
        case Step.BILLS:
            if visit.bills_chosen:
                nav.go_on(d, Step.BILLS)
        case Step.SLOTS:
            if visit.slot is not None and visit.slot in visit.slots:
                nav.go_on(d, Step.SLOTS)
        case Step.MATERIALS:
            if papers.go_on(d):
                nav.go_on(d, Step.MATERIALS)
        case Step.REVIEW:
            if visit.consent:
                nav.go_on(d, Step.REVIEW)
        case Step.WITHDRAW:
            nav.go_on(d, Step.WITHDRAW)
        case Step.SIGN:
            if visit.signature is not None:
                nav.go_on(d, Step.SIGN)
        case Step.PAYMENT:
            # Leaving the code behind: the result says truthfully that nothing was paid yet.
            submit.stop_payment(d)
            nav.go_on(d, Step.PAYMENT)
        case Step.RESULT | Step.KEPT:
            ending.finish(d)
        case _:
            pass


def _retry(d: Draft) -> None:
    visit = d.visit
    if visit.trouble is not None and "retry" not in visit.trouble.actions:
        return
    d.set(trouble=None)
    match visit.step:
        case Step.IDENTIFY:
            identify.read_again(d)
        case Step.FACE:
            if "face" not in visit.awaiting:
                identify.start_face(d)
        case Step.ANSWER | Step.BILLS | Step.POLICIES:
            if "query" not in visit.awaiting:
                errand.start_query(d)
        case Step.SLOTS:
            if "slots" not in visit.awaiting:
                errand.start_slots(d)
        case Step.MATERIALS:
            papers.look_again(d)
        case Step.REVIEW | Step.WITHDRAW:
            _continue(d)
        case Step.CASES:
            cases.retry(d)
        case Step.RESUME:
            resume.claim(d)
        case _:
            pass


# ---- outcomes and news ---------------------------------------------------------------------------


def _happened(
    d: Draft,
    event: ev.Outcome | ev.VerdictArrived | ev.TimerFired | ev.News,
) -> bool:
    """True if it shows a person at work, as a touch does."""
    if isinstance(event, ev.PaperOutcome):
        return papers.happened(d, event)
    match event:
        case ev.TimerFired():
            timers.fired(d, event)
        case ev.VerdictArrived():
            if submit.verdict_arrived(d, event):
                nav.delivered(d)
        case ev.ServiceLost():
            d.set(out_of_service=event.code or "visit.internal")
            if d.visit.step is Step.ATTRACT:
                ending.start_over(d)
            elsewhere.service_lost(d, d.visit.out_of_service)
        case ev.ServiceRestored():
            d.set(out_of_service="")
            if d.visit.step is Step.OUT_OF_SERVICE:
                ending.start_over(d)
        case ev.PresenceChanged():
            d.set(near=event.near)
        case ev.HeadsetChanged():
            return hearing.headset_changed(d, event.inserted)
        case ev.PowerChanged():
            power.power_changed(d, event.power)
        case ev.CardLies():
            d.set(card_lies=event.lies)
        case ev.DeviceReturned():
            device_return.device_returned(d, event.port)
        case ev.Wiped():
            ending.wiped(d, event.effect)
        case _:
            _outcome(d, event)
    return False


def _outcome(d: Draft, event: ev.Outcome) -> None:
    match event:
        case ev.PageAdvised() | ev.PageTaken() | ev.PageFailed():
            pass
        case ev.ItemOpened():
            opening.item_opened(d, event)
        case ev.RouteResolved():
            opening.route_resolved(d, event)
        case ev.ItemRefused() | ev.RouteRefused():
            opening.refused(d, event)
        case ev.CardSeen():
            identify.card_seen(d, event)
        case ev.CardNotLifted():
            identify.card_not_lifted(d, event)
        case ev.CardRead():
            if identify.card_read(d, event):
                nav.go_on(d, Step.IDENTIFY)
        case ev.CardFailed():
            identify.card_failed(d, event)
        case ev.CodeAwaited():
            identify.code_awaited(d, event)
        case ev.CodeSeen():
            identify.code_seen(d, event)
        case ev.CodeRead():
            if identify.code_read(d, event):
                nav.go_on(d, Step.IDENTIFY)
        case ev.CodeFailed():
            identify.code_failed(d, event)
        case ev.SocialCardAwaited():
            identify.social_awaited(d, event)
        case ev.SocialCardSeen():
            identify.social_seen(d, event)
        case ev.SocialCardRead():
            if identify.social_read(d, event):
                nav.go_on(d, Step.IDENTIFY)
        case ev.SocialCardFailed():
            identify.social_failed(d, event)
        case ev.FaceGuided():
            identify.face_guided(d, event)
        case ev.FaceChecked():
            if identify.face_checked(d, event):
                nav.go_on(d, Step.FACE)
        case ev.StaffTold():
            identify.staff_told(d, event)
        case ev.StaffAnswered():
            if identify.staff_answered(d, event):
                nav.go_on(d, nav.asked_at(d.visit))
        case ev.QueryAnswered():
            errand.query_answered(d, event)
        case ev.QueryFailed():
            errand.query_failed(d, event)
        case ev.SlotsListed():
            errand.slots_listed(d, event)
        case ev.SlotsFailed():
            errand.slots_failed(d, event)
        case ev.LookUpScanned() if d.visit.step is Step.RESUME:
            resume.scanned(d, event)
        case ev.LookUpScanned():
            lookup.scanned(d, event)
        case ev.LookedUp():
            lookup.looked_up(d, event)
        case ev.LookUpFailed():
            lookup.failed(d, event)
        case ev.CasesListed() | ev.CaseOpened() | ev.CasesFailed():
            case_moves.happened(d, event)
        case ev.DraftKept() | ev.DraftNotKept():
            elsewhere.happened(d, event)
        case ev.TicketChecked():
            if resume.checked(d, event):
                nav.enter(d, Step.RESUME if settled(d.visit, Step.IDENTIFY) else Step.IDENTIFY)
        case ev.DraftClaimed():
            resume.claimed(d, event)
        case ev.ClaimFailed():
            resume.refused(d, event)
        case ev.Stored():
            submit.stored(d, event)
        case ev.StoreRefused():
            submit.store_refused(d, event)
        case ev.PaymentChanged():
            if submit.payment_changed(d, event):
                nav.go_on(d, Step.PAYMENT)
        case (
            ev.DocumentFetched()
            | ev.DocumentFailed()
            | ev.PaperComposed()
            | ev.PrintPhase()
            | ev.PrintEnded()
        ):
            printing.happened(d, event)
        case ev.Wiped():
            pass
        case _:
            assert_never(event)
