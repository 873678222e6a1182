"""The errand between identity and submission: query, bills, slots, form, review, signature."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from config.catalogue import Identification, Kind
from kiosk import forms
from kiosk.personal import Holder, Personal
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.journey import SOCIAL_CARD, face_matched
from kiosk.visit.model import Visit

MAX_FIELD_CHARS = 500


def consent_version(visit: Visit) -> str:
    """The version of the consent text this visit's item shows."""
    return f"{visit.item.code}/{visit.item.version}" if visit.item else ""


def agreed_to(visit: Visit) -> tuple[Any, ...]:
    """What consent, signature and authorisation refer to: a change of any of it voids them."""
    return (
        visit.item, visit.route, visit.place, visit.holder,
        visit.bills_chosen, visit.slot, visit.form, visit.papers,
    )  # fmt: skip


def void_changed_consent(before: Visit, d: Draft) -> None:
    """Consent and signature are for what was shown; after any change they are asked again."""
    after = d.visit
    if not (after.consent or after.signature or after.staff_authorised):
        return
    if agreed_to(before) != agreed_to(after):
        d.set(consent="", signature=None, staff_authorised="")


def holder_for(visit: Visit) -> Holder | None:
    """Who the errand is for; an item that asks for no identity gets none."""
    if visit.item is None or visit.item.identification is Identification.L0:
        return None
    return visit.holder


def assurance(visit: Visit) -> dict[str, Any]:
    """How sure we are of the person: level reached and by what."""
    methods: list[str] = []
    level = Identification.L0
    if visit.holder is not None:
        methods.append(visit.holder.method)
        level = Identification.L1
        if visit.staff_verified:
            methods.append("staff")
            level = Identification.L2
        elif face_matched(visit.face):
            methods.append("face")
            level = Identification.L2
        signed = visit.signature is not None and visit.holder.method != SOCIAL_CARD
        if level is Identification.L2 and signed:
            level = Identification.L3
    return {"level": level.value, "methods": tuple(methods), "face": visit.face}


def start_query(d: Draft) -> None:
    """Ask the authority's records (ANSWER, BILLS), or the terminal's own tables (POLICIES)."""
    visit = d.visit
    item, route = visit.item, visit.route
    if item is None or route is None:
        return
    d.set(answer=None, bills_chosen=frozenset(), trouble=None)
    holder = holder_for(visit)
    d.issue(
        "query",
        lambda n: fx.RunQuery(
            n,
            item.code,
            route.destination,
            holder,
            assurance(visit),
            forms.answered(item, visit.form),
        ),
    )


def query_answered(d: Draft, event: ev.QueryAnswered) -> None:
    """Show the records; everything due is ticked to begin with, but for sums of which one is chosen."""
    if not d.wants("query", event.effect):
        return
    d.forget("query")
    d.set(answer=event.answer)
    if d.visit.item is not None and d.visit.item.kind is Kind.PAY:
        d.set(
            bills_chosen=frozenset(bill.bill_id for bill in event.answer.bills if not bill.one_of)
        )


def query_failed(d: Draft, event: ev.QueryFailed) -> None:
    """Look-ups are online only: say so, offer another try."""
    if d.wants("query", event.effect):
        d.forget("query")
        d.trouble(event.code, "retry", "back", "leave")


def bill_toggled(d: Draft, event: ev.BillToggled) -> None:
    """Tick or untick one amount due; of alternatives the one ticked last stays."""
    bills = d.visit.answer.bills if d.visit.answer is not None else ()
    touched = next((bill for bill in bills if bill.bill_id == event.bill_id), None)
    if touched is None:
        return
    chosen = d.visit.bills_chosen ^ {touched.bill_id}
    if touched.one_of:
        chosen -= {
            bill.bill_id for bill in bills if bill.one_of == touched.one_of and bill is not touched
        }
    d.set(bills_chosen=chosen)


def start_slots(d: Draft) -> None:
    """Ask for free appointments; one chosen before stays chosen if it is still free."""
    visit = d.visit
    item, route = visit.item, visit.route
    if item is None or route is None:
        return
    d.set(slots=(), trouble=None)
    d.issue("slots", lambda n: fx.ListSlots(n, item.code, route.division))


def slots_listed(d: Draft, event: ev.SlotsListed) -> None:
    """Show them."""
    if d.wants("slots", event.effect):
        d.forget("slots")
        chosen = d.visit.slot.slot_id if d.visit.slot is not None else ""
        d.set(slots=event.slots, slot=next((s for s in event.slots if s.slot_id == chosen), None))


def slots_failed(d: Draft, event: ev.SlotsFailed) -> None:
    """Appointments are online only."""
    if d.wants("slots", event.effect):
        d.forget("slots")
        d.trouble(event.code, "retry", "back", "leave")


def start_form(d: Draft) -> None:
    """Prefill what was never asked; what was typed or cleared before stays so."""
    visit = d.visit
    if visit.item is None:
        return
    known = forms.prefill(visit.item, visit.holder)
    merged = {**known, **visit.form}
    d.set(form=MappingProxyType(merged), form_errors=MappingProxyType({}))


def page_before(visit: Visit) -> int:
    """The last page before the present one that is asked; the first page if there is none."""
    if visit.item is None:
        return 0
    values = {name: value.reveal() for name, value in visit.form.items()}
    pages = [n for n in forms.pages_asked(visit.item, values) if n < visit.form_page]
    return pages[-1] if pages else 0


def last_page(visit: Visit) -> int:
    """The last page that is asked."""
    if visit.item is None:
        return 0
    values = {name: value.reveal() for name, value in visit.form.items()}
    return max(forms.pages_asked(visit.item, values), default=0)


def form_edited(d: Draft, event: ev.FormEdited) -> None:
    """One field changed; its error goes until the next check. Locked fields stay as the card says."""
    item = d.visit.item
    field = item.form.fields.get(event.name) if item and item.form else None
    if field is None or (field.locked and d.visit.form.get(event.name)):
        return
    value = Personal(event.value.reveal()[:MAX_FIELD_CHARS])
    errors = {k: v for k, v in d.visit.form_errors.items() if k != event.name}
    d.set(
        form=MappingProxyType({**d.visit.form, event.name: value}),
        form_errors=MappingProxyType(errors),
    )


def form_page_done(d: Draft, event: ev.FormPageDone) -> bool:
    """Check the page here too; True if it was the last one and all is well."""
    item = d.visit.item
    if item is None or item.form is None:
        return False
    values = {name: value.reveal() for name, value in d.visit.form.items()}
    errors = {**event.errors, **forms.check_page(item, d.visit.form_page, values)}
    here = item.form.pages[d.visit.form_page].fields
    elsewhere = {k: v for k, v in d.visit.form_errors.items() if k not in here}
    d.set(form_errors=MappingProxyType({**elsewhere, **errors}))
    if errors:
        return False
    following = [page for page in forms.pages_asked(item, values) if page > d.visit.form_page]
    if d.visit.policy:  # one question of it was to be answered
        d.set(form_page=last_page(d.visit))
        return True
    if not following:
        return True
    d.set(form_page=following[0])
    return False


def consent_changed(d: Draft, event: ev.ConsentChanged) -> None:
    """Only agreement to the very text shown counts."""
    d.set(consent=event.version if event.version == consent_version(d.visit) else "")
