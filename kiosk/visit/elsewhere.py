"""Breaking off: what was filled in is kept under a claim ticket, to go on at any terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from config.catalogue import Identification, ServiceItem
from kiosk import forms
from kiosk.personal import Personal
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit import navigation as nav
from kiosk.visit import printing
from kiosk.visit.draft import Draft
from kiosk.visit.model import Step, SubmissionState, Trouble, Visit

_UNDER_WAY = (
    Step.RESUME, Step.GUIDE, Step.PLACE, Step.IDENTIFY, Step.FACE, Step.STAFF, Step.ANSWER, Step.BILLS,
    Step.SLOTS, Step.FORM, Step.REVIEW, Step.SIGN,
)  # fmt: skip
_NOT_HANDED_IN = (SubmissionState.REFUSED, SubmissionState.WITHDRAWN)
_CORRECTED_HERE = ("portal.slot_taken", "portal.bill_changed")


def entered(item: ServiceItem, visit: Visit) -> Mapping[str, Personal]:
    """What the person filled in: not what the card says, nor what was left empty."""
    if item.form is None:
        return {}
    own = {name for name, field in item.form.fields.items() if not field.locked}
    known = forms.cleaned(visit.form)
    return MappingProxyType({name: value for name, value in known.items() if name in own})


def keepable(visit: Visit) -> bool:
    """May the journey be broken off: the person is known, something was filled in, and nothing was
    handed in?"""
    if visit.step not in _UNDER_WAY or visit.holder is None or "keep" in visit.awaiting:
        return False
    if visit.own is not None:  # the case itself waits at the portal, for any terminal
        return False
    if visit.submission is not None and visit.submission.state not in _NOT_HANDED_IN:
        return False
    item = visit.item
    if item is None:
        return visit.resumed is not None
    if item.identification is Identification.L0:
        return False
    prefilled = forms.prefill(item, visit.holder)
    return any(prefilled.get(name) != value for name, value in entered(item, visit).items())


def offer(d: Draft) -> None:
    """Where staff could be called or the visit ended, the journey can be taken elsewhere as well."""
    trouble = d.visit.trouble
    if trouble is None or "elsewhere" in trouble.actions or trouble.code in _CORRECTED_HERE:
        return
    if {"staff", "leave"}.isdisjoint(trouble.actions) or not keepable(d.visit):
        return
    others = tuple(action for action in trouble.actions if action != "leave")
    last = trouble.actions[len(others) :] and ("leave",)
    d.set(trouble=replace(trouble, actions=(*others, "elsewhere", *last)))


def service_lost(d: Draft, code: str) -> None:
    """The terminal will serve nobody after this visit: say it while it matters."""
    if d.visit.trouble is None and keepable(d.visit):
        # What is advised to others, the counter, would lose what this person filled in.
        d.set(trouble=Trouble(code, ("elsewhere", "dismiss", "leave")))


def break_off(d: Draft, reason: str) -> None:
    """Have it kept. The journey stays on the screen until it is."""
    visit = d.visit
    holder, item, resumed = visit.holder, visit.item, visit.resumed
    if not keepable(visit) or holder is None:
        return
    d.set(leaving=False, trouble=None)
    d.do(fx.Record("visit.broken_off", {"step": visit.step.value, "reason": reason}))
    if item is not None:
        form, place = entered(item, visit), visit.place
        d.issue("keep", lambda n: fx.KeepDraft(n, item.code, item.version, holder, place, form))
    elif resumed is not None:
        one = resumed
        d.issue(
            "keep",
            lambda n: fx.KeepDraft(n, one.item, one.item_version, holder, one.place, one.form),
        )


def happened(d: Draft, event: ev.DraftKept | ev.DraftNotKept) -> None:
    """The errand is forgotten here once it is kept; the ticket is shown, and printed if that works."""
    if not d.wants("keep", event.effect):
        return
    d.forget("keep")
    match event:
        case ev.DraftKept():
            nav.forget_errand(d)
            d.set(kept=event.kept)
            d.show(Step.KEPT)
            printing.print_receipt(d)
        case ev.DraftNotKept():
            d.trouble(event.code, "dismiss", "staff", "leave")
