"""The person's own cases: the list, one of them, and what is handed in to it or takes it back.

A supplement goes the way of every errand: its fields are a form, its materials papers, then review,
submission and result. A withdrawal is said with its consequences first, and needs no consent of data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config import catalogue as cat
from config.text import Text
from kiosk import forms
from kiosk.supplements import asked_name
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit import papers
from kiosk.visit.draft import Draft
from kiosk.visit.errand import assurance
from kiosk.visit.journey import only_finish
from kiosk.visit.model import BLANK, Availability, PrintJob, Route, Step, Visit
from kiosk.visit.own import NOTHING_BEGUN, Act, Begun, OpenCase, Own
from kiosk.visit.page import EnclosedPage

TRAIL = (Step.IDENTIFY, Step.FACE, Step.CASES)
"""A card alone may be another's: whoever sees a list of cases was compared or vouched for."""
_AFTER = (Step.REVIEW, Step.SUBMITTING, Step.RESULT, Step.FAREWELL)


def acting(visit: Visit) -> OpenCase | None:
    """The case that something is being done to."""
    own = visit.own
    return own.opened if own is not None and own.act is not None else None


def act_of(visit: Visit) -> Act | None:
    """What is being done to it."""
    return visit.own.act if visit.own is not None else None


# ---- the list and one case -----------------------------------------------------------------------


def begin(d: Draft) -> None:
    """The way to the list; whoever was identified before is not asked again."""
    d.set(own=Own(), trail=TRAIL, trouble=None)


def list_anew(d: Draft) -> None:
    """The newest ones, as they stand now."""
    papers.drop_begun(d)
    d.set(own=Own(), trail=TRAIL, trouble=None)
    _list(d, "")


def older(d: Draft) -> None:
    """The next page."""
    own = d.visit.own
    if d.visit.step is Step.CASES and own is not None and own.cases and own.more:
        d.set(trouble=None, own=replace(own, reading=None))
        _list(d, own.cases[-1].number)


def _list(d: Draft, before: str) -> None:
    holder = d.visit.holder
    if holder is None or not {"cases", "case"}.isdisjoint(d.visit.awaiting):
        return
    sure = assurance(d.visit)
    d.issue("cases", lambda n: fx.ListCases(n, holder, sure, before))


def listed(d: Draft, event: ev.CasesListed) -> None:
    """Show them, older ones below those that are there."""
    own = d.visit.own
    if not d.wants("cases", event.effect) or own is None:
        return
    d.forget("cases")
    d.set(own=replace(own, cases=(*(own.cases or ()), *event.cases), more=event.more))


def choose(d: Draft, place: int) -> None:
    """Open one of those listed."""
    own = d.visit.own
    if d.visit.step is not Step.CASES or own is None or not own.cases:
        return
    if not 0 <= place < len(own.cases) or not {"cases", "case"}.isdisjoint(d.visit.awaiting):
        return
    _open(d, replace(own, reading=own.cases[place]))


def _open(d: Draft, own: Own) -> None:
    case = own.reading
    if case is not None:
        d.set(own=own, trouble=None)
        d.issue("case", lambda n: fx.OpenCase(n, case))


def opened(d: Draft, event: ev.CaseOpened) -> None:
    """Show it."""
    own = d.visit.own
    if not d.wants("case", event.effect) or own is None:
        return
    d.forget("case")
    if d.visit.step is Step.CASES:
        d.set(own=replace(own, reading=None, opened=event.opened), trail=(*TRAIL, Step.CASE))
        d.show(Step.CASE)


def failed(d: Draft, event: ev.CasesFailed) -> None:
    """Say why; the list that is there stays."""
    slot = "case" if d.wants("case", event.effect) else "cases"
    if not d.wants(slot, event.effect) or d.visit.own is None:
        return
    d.forget(slot)
    others = ("retry", "dismiss") if d.visit.own.cases else ("retry", "back")
    d.trouble(event.code, *others, "leave")


def retry(d: Draft) -> None:
    """What failed once more: one case, the older ones, or the list."""
    own = d.visit.own
    if own is None or not {"cases", "case"}.isdisjoint(d.visit.awaiting):
        return
    if own.cases is None:
        list_anew(d)
    elif own.reading is not None:
        _open(d, own)
    else:
        older(d)


def stop(d: Draft) -> None:
    """No answer is wanted any more."""
    d.forget("cases", "case")


# ---- doing something to it -----------------------------------------------------------------------


def begin_act(d: Draft, act: Act) -> bool:
    """True if the steps of it may begin now."""
    own = d.visit.own
    if d.visit.step is not Step.CASE or own is None or own.opened is None:
        return False
    item = _item(own.opened, act)
    if item is None or own.opened.waiting is not None:
        return False
    if only_finish(d.visit):
        d.trouble("power.finish_only", "dismiss", "leave")
        return False
    begun, left = NOTHING_BEGUN, own.begun
    if act is Act.SUPPLEMENT:
        if own.begun.of == _asking_of(own.opened):
            begun = own.begun
        else:
            papers.drop_begun(d)
        left = NOTHING_BEGUN
    d.set(
        own=replace(own, act=act, begun=left),
        item=item,
        availability=Availability(),
        route=_route(own.opened),
        trail=(*TRAIL, Step.CASE, *_steps(item, act)),
        form=begun.form,
        papers=begun.papers,
        paper_at=0,
        form_page=0,
        form_errors=BLANK.form_errors,
        consent="",
        submission=None,
        receipt_print=PrintJob("receipt"),
        trouble=None,
    )
    return True


def tried(visit: Visit) -> bool:
    """Something was tried at the portal that may have changed the case; fields that are to be put right
    have not."""
    return visit.submission is not None and not visit.submission.to_correct


def set_aside(d: Draft) -> Own | None:
    """What was begun for a case waits while it is looked at again; what was tried is over."""
    own = d.visit.own
    if own is None:
        return None
    if tried(d.visit):
        return replace(own, act=None, begun=NOTHING_BEGUN)  # its pages go with the errand
    begun = own.begun
    if own.act is Act.SUPPLEMENT and own.opened is not None:
        papers.stop(d)
        begun = Begun(_asking_of(own.opened), d.visit.form, d.visit.papers)
    d.set(papers=BLANK.papers, paper_at=0, own=replace(own, begun=NOTHING_BEGUN))
    return replace(own, act=None, begun=begun)


def _asking_of(case: OpenCase) -> str:
    return f"{case.case.number} {case.asking.request_id}" if case.asking is not None else ""


def _item(case: OpenCase, act: Act) -> cat.ServiceItem | None:
    if act is Act.WITHDRAWAL:
        return case.withdrawal
    return case.asking.item if case.asking is not None else None


def _steps(item: cat.ServiceItem, act: Act) -> tuple[Step, ...]:
    if act is Act.WITHDRAWAL:
        return (Step.WITHDRAW, *_AFTER[1:])
    form = (Step.FORM,) if item.form is not None else ()
    shelf = (Step.MATERIALS,) if papers.of_item(item) else ()
    return (*form, *shelf, *_AFTER)


def _route(case: OpenCase) -> Route:
    """To whoever has the case already; nothing new is promised."""
    return Route(
        mode=cat.Mode.LOCAL,
        destination=case.case.destination,
        authority=case.case.authority,
        level=cat.Level.CITY,
        division=case.case.destination,
        promised=None,
        promised_estimated=False,
        working_days=0,
        explanation=Text(zh="", en=""),
    )


def last_look(visit: Visit) -> Step:
    """Where a submission that came to nothing is shown again, with everything still there."""
    return Step.WITHDRAW if act_of(visit) is Act.WITHDRAWAL else Step.REVIEW


def agreed(visit: Visit, version: str) -> bool:
    """Consent to the text shown; a withdrawal hands nothing over that would need it."""
    if act_of(visit) is Act.WITHDRAWAL:
        return True
    return bool(visit.consent) and visit.consent == version


def hand_in(d: Draft, expires_after_s: float | None) -> None:
    """Have it sealed and stored behind its case."""
    visit, case, act = d.visit, acting(d.visit), act_of(d.visit)
    holder = visit.holder
    if case is None or act is None or holder is None:
        return
    asking = case.asking if act is Act.SUPPLEMENT else None
    codes = asked_codes(case)
    sure = assurance(visit)
    d.issue(
        "store",
        lambda n: fx.ActOnCase(
            effect=n,
            act=act,
            case_no=case.case.number,
            case_key=case.key,
            destination=case.case.destination,
            item=case.case.item,
            lookup_code=case.lookup_code,
            request_id=asking.request_id if asking is not None else "",
            holder=holder,
            assurance=sure,
            form={
                codes[name]: value
                for name, value in forms.cleaned(visit.form).items()
                if name in codes
            },
            consent=visit.consent,
            pages=tuple(
                EnclosedPage(codes[page.kind], page.handle) for page in papers.enclosed(visit)
            ),
            expires_after_s=expires_after_s,
        ),
    )


def asked_codes(case: OpenCase | None) -> Mapping[str, str]:
    """What a field or paper is called here → what the authority calls it."""
    things = case.asking.things if case is not None and case.asking is not None else ()
    return {asked_name(n): thing.code for n, thing in enumerate(things)}
