"""Policies that fit an enterprise: the list, one of them, a question answered after all, and what is begun
from there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from config.catalogue import ServiceItem
from config.policy_terms import APPLICATION, REMINDER, Fit
from config.text import Text
from kiosk.personal import Personal
from kiosk.visit import effects as fx
from kiosk.visit import errand
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.journey import finds_policies, only_finish
from kiosk.visit.model import Finder, FoundPolicy, PrintState, Step, Visit
from kiosk.visit.print_job import NO_RECEIPT

_PRINTED = (PrintState.CONFIRMED, PrintState.DROPPED, PrintState.FAILED)


def opened(visit: Visit) -> FoundPolicy | None:
    """The policy that is looked at."""
    found = visit.answer.policies if visit.answer is not None else ()
    return next((one for one in found if one.code == visit.policy), None)


def may_apply(policy: FoundPolicy) -> bool:
    """It has to be applied for, and nothing that was answered rules it out."""
    return not policy.automatic and policy.fit is not Fit.NO


def question(visit: Visit, name: str) -> Text | None:
    """What this field of the form asks, in a few words."""
    form = visit.item.form if visit.item is not None else None
    field = form.fields.get(name) if form is not None else None
    return field.label if field is not None else None


def touched(d: Draft, event: ev.PolicyTouch) -> None:
    """What the person does with the list."""
    if d.visit.step is not Step.POLICIES or d.visit.answer is None:
        return
    match event:
        case ev.PolicyOpened():
            codes = {one.code for one in d.visit.answer.policies}
            d.set(policy=event.code if event.code in codes else "")
            _new_slip(d)
        case ev.QuestionReopened():
            _reopen(d, event.name)
        case ev.PolicyApplied():
            policy = opened(d.visit)
            if policy is not None and may_apply(policy):
                _begin(d, APPLICATION)
        case ev.RemindersWanted():
            _begin(d, REMINDER)


def _new_slip(d: Draft) -> None:
    """What was printed belongs to what was shown; a job that runs, or is in doubt, stays in sight."""
    if d.visit.receipt_print.state in _PRINTED:
        d.set(receipt_print=NO_RECEIPT)


def _reopen(d: Draft, name: str) -> None:
    policy, item = opened(d.visit), d.visit.item
    if policy is None or item is None or item.form is None:
        return
    if name not in (*policy.open, *policy.against):
        return
    page = next((n for n, page in enumerate(item.form.pages) if name in page.fields), None)
    if page is not None:
        d.set(form_page=page, form_errors=MappingProxyType({}))
        _new_slip(d)
        d.show(Step.FORM)


def _begin(d: Draft, code: str) -> None:
    if "item" in d.visit.awaiting:
        return
    if only_finish(d.visit):
        d.trouble("power.finish_only", "dismiss", "leave")
        return
    d.set(trouble=None)
    d.issue("item", lambda n: fx.OpenItem(n, code))


def close(d: Draft) -> bool:
    """Back from one policy to the list, or from its question to the policy; False if neither is shown."""
    visit = d.visit
    if not visit.policy or visit.step not in (Step.POLICIES, Step.FORM):
        return False
    if visit.step is Step.POLICIES:
        d.set(policy="", trouble=None)
        _new_slip(d)
    else:
        d.set(form_errors=MappingProxyType({}), form_page=errand.last_page(visit))
        d.show(Step.POLICIES)
    return True


def begun_from(visit: Visit, item: ServiceItem) -> Finder | None:
    """The list that is left for ``item``, if one is shown and ``item`` is begun from it."""
    if visit.step is not Step.POLICIES or visit.item is None or not finds_policies(visit.item):
        return None
    if item.code not in (APPLICATION, REMINDER):
        return None
    return Finder(
        visit.item, visit.availability, visit.route, visit.trail,
        visit.form, visit.form_page, visit.answer, visit.policy,
    )  # fmt: skip


def carried(left: Finder, item: ServiceItem) -> Mapping[str, Personal]:
    """What was answered and chosen there, of what ``item`` asks for. "Don't know" answers nothing."""
    if item.form is None:
        return MappingProxyType({})
    known = {**left.form, **({"policy": Personal(left.policy)} if left.policy else {})}
    rules = item.form.schema_.get("properties", {})
    return MappingProxyType(
        {
            name: value
            for name, value in known.items()
            if name in item.form.fields and value.reveal() in rules[name].get("enum", ())
        }
    )


def restore(d: Draft, left: Finder) -> None:
    """Everything of the list as it was."""
    d.set(
        item=left.item,
        availability=left.availability,
        route=left.route,
        trail=left.trail,
        form=left.form,
        form_page=left.form_page,
        answer=left.answer,
        policy=left.policy,
    )
