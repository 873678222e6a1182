"""Moving along the trail: entering a step, the next one, back, home."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kiosk.visit import (
    cases,
    ending,
    errand,
    finder,
    identify,
    lookup,
    papers,
    printing,
    resume,
    signing,
    submit,
)
from kiosk.visit import effects as fx
from kiosk.visit.draft import Draft
from kiosk.visit.journey import settled
from kiosk.visit.model import (
    BLANK,
    Availability,
    Done,
    Finder,
    PaymentState,
    PrintJob,
    Step,
    Visit,
)


def enter(d: Draft, step: Step) -> None:
    """Show a step and start what it needs."""
    papers.stop(d)
    if step is Step.STAFF:
        identify.ask_staff(d, "authorise")
        return
    if step is Step.SUBMITTING:
        if submit.may_submit(d):
            d.show(step)
            submit.start_submission(d)
        else:
            d.show(cases.last_look(d.visit))
        return
    if step is Step.PAYMENT:
        if not submit.start_payment(d):
            go_on(d, Step.PAYMENT)
            return
    elif step is Step.FAREWELL:
        ending.end(d, "finished")
        return
    elif step is Step.FORM:
        errand.start_form(d)
        if resume.complete(d):
            go_on(d, Step.FORM)
            return
    d.show(step)
    match step:
        case Step.IDENTIFY:
            identify.forget_insufficient(d)
            identify.start_reading(d)
        case Step.FACE:
            identify.start_face(d)
        case Step.ANSWER | Step.BILLS | Step.POLICIES:
            errand.start_query(d)
        case Step.SLOTS:
            errand.start_slots(d)
        case Step.MATERIALS:
            papers.start(d)
        case Step.RESUME:
            resume.claim(d)
        case Step.CASES:
            cases.list_anew(d)
        case Step.SIGN:
            signing.begin(d)
        case Step.RESULT:
            printing.start_outputs(d)
        case _:
            pass


def go_on(d: Draft, after: Step) -> None:
    """Go to the first step of the trail behind ``after`` that has something to ask."""
    trail = d.visit.trail
    if after in trail:
        _first_of(d, trail[trail.index(after) + 1 :])


def _first_of(d: Draft, steps: tuple[Step, ...]) -> None:
    step = next((step for step in steps if not settled(d.visit, step)), None)
    if step is not None:
        enter(d, step)


def own_cases(d: Draft) -> None:
    """To the person's cases, by way of who that is; what was done before is behind them."""
    forget_errand(d)
    cases.begin(d)
    _first_of(d, d.visit.trail)


_REVISITABLE = frozenset(
    {
        Step.GUIDE, Step.PLACE, Step.ANSWER, Step.BILLS, Step.SLOTS, Step.FORM, Step.MATERIALS,
        Step.REVIEW, Step.CASE, Step.POLICIES,
    }
)  # fmt: skip


def go_back(d: Draft) -> None:
    """To the step before, with everything typed kept; never back over a submission."""
    visit = d.visit
    here = asked_at(visit) if visit.step is Step.STAFF else visit.step
    if finder.close(d):
        return
    if visit.step is Step.GUIDE and visit.finder is not None:
        back_to_the_policies(d, visit.finder)
        return
    if visit.step in (Step.GUIDE, Step.LOOKUP, Step.RESUME, Step.CASES):
        go_home(d)
        return
    if visit.step is Step.CASE:
        _back_to_the_list(d)
        return
    if visit.own is not None and visit.own.cases is None:  # not identified yet
        identify.end_call(d, "withdrawn")
        go_home(d)
        return
    if visit.step is Step.IDENTIFY and visit.ticket is not None:
        identify.stop_reading(d)
        resume.begin(d)
        return
    if visit.step is Step.HOME:
        ending.leave_requested(d)
        return
    if here not in visit.trail or here in (
        Step.SUBMITTING, Step.PAYMENT, Step.RESULT, Step.RATING, Step.FAREWELL
    ):  # fmt: skip
        return
    if visit.step is Step.FORM and visit.form_page > 0:
        d.set(form_page=errand.page_before(visit), form_errors=MappingProxyType({}), trouble=None)
        return
    if papers.go_back(d):
        return
    identify.stop_reading(d)
    identify.stop_face(d)
    papers.stop(d)
    d.forget("query", "slots", "route", "staff")
    if here is Step.FACE:
        identify.forget_without_photo(d)
    if visit.step is Step.STAFF:
        identify.end_call(d, "withdrawn")
        if here is Step.SIGN:
            enter(d, here)
            return
    before = visit.trail[: visit.trail.index(here)]
    target = next((s for s in reversed(before) if s in _REVISITABLE), Step.GUIDE)
    _revisit(d, target)


_STAFF_ASKED_AT = {"authorise": Step.STAFF, "witness": Step.SIGN}


def asked_at(visit: Visit) -> Step:
    """The step of the journey at which staff were asked for."""
    return _STAFF_ASKED_AT.get(visit.staff_reason, Step.FACE)


def _back_to_the_list(d: Draft) -> None:
    own = d.visit.own
    if own is not None:
        d.set(own=replace(own, opened=None), trail=cases.TRAIL)
        d.show(Step.CASES)


def _back_to_the_case(d: Draft) -> None:
    """What was typed and laid down waits there; what was tried at the portal may have changed it, so
    it is listed anew."""
    tried = cases.tried(d.visit)
    own = cases.set_aside(d)
    forget_errand(d)
    d.set(own=own, trail=(*cases.TRAIL, Step.CASE))
    if tried:
        enter(d, Step.CASES)
    else:
        d.show(Step.CASE)


def _revisit(d: Draft, step: Step) -> None:
    if step is Step.CASE:
        _back_to_the_case(d)
        return
    answered = step in (Step.ANSWER, Step.BILLS, Step.POLICIES) and d.visit.answer is not None
    listed = step is Step.SLOTS and d.visit.slots
    if answered or listed or step is Step.FORM:
        d.show(step)
    else:
        enter(d, step)


def back_to_the_policies(d: Draft, left: Finder) -> None:
    """The list as it was before something was begun from it."""
    forget_errand(d)
    finder.restore(d, left)
    d.show(Step.POLICIES)


def another(d: Draft) -> None:
    """Home for another errand; what this one handed in stays counted."""
    visit = d.visit
    if visit.item is not None and visit.submission is not None and visit.submission.key:
        d.set(done=(*visit.done, Done(visit.item.code, visit.submission.key)))
    go_home(d)


def go_home(d: Draft) -> None:
    """Home, still identified; the errand is forgotten."""
    forget_errand(d)
    d.show(Step.HOME)


def forget_errand(d: Draft) -> None:
    """Stop what it waits for and drop everything of it; the person stays identified."""
    identify.stop_reading(d)
    identify.stop_face(d)
    submit.stop_payment(d)
    papers.forget(d)
    lookup.stop(d)
    resume.stop(d)
    cases.stop(d)
    submit.give_up_waiting(d)
    printing.call_off(d)
    d.set(
        awaiting=MappingProxyType({}),
        trail=(),
        item=None,
        availability=Availability(),
        route=None,
        place="",
        answer=None,
        policy="",
        finder=None,
        bills_chosen=frozenset(),
        slots=(),
        slot=None,
        form=BLANK.form,
        form_page=0,
        form_errors=BLANK.form_errors,
        consent="",
        signature=None,
        confirming="",
        submission=None,
        payment=PaymentState.NONE,
        receipt_print=PrintJob("receipt"),
        proof_print=PrintJob("proof"),
        rating=None,
        leaving=False,
        staff_authorised="",
        staff_reason="",
        staff_code="",
        own=None,
        kept=None,
        ticket=None,
        resumed=None,
    )
    d.stop_timer("verdict")


def delivered(d: Draft) -> None:
    """The portal has it: to payment or result, wherever the person is by now."""
    identify.stop_reading(d)
    identify.stop_face(d)
    papers.stop(d)
    d.forget("query", "slots", "route", "staff")
    d.stop_timer("verdict")
    go_on(d, Step.SUBMITTING)


def resolve(d: Draft, place: str) -> None:
    """Have the route found for the place chosen ("" = here)."""
    item = d.visit.item
    if item is not None:
        d.issue("route", lambda n: fx.ResolveRoute(n, item.code, place))
