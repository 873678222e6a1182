"""Going on with a ticket: the ticket first, then who holds it, then what was filled in elsewhere."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from config.catalogue import ServiceItem
from kiosk import forms
from kiosk.personal import Personal
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.draft import Draft
from kiosk.visit.errand import MAX_FIELD_CHARS, assurance
from kiosk.visit.journey import only_finish
from kiosk.visit.model import Step, Visit

SCAN_TIMEOUT_S = 120.0
_WORKING = ("ticket", "claim", "item", "route")


def begin(d: Draft) -> None:
    """Ask for the ticket: by the keys, or at the scanner, if there is one."""
    d.set(ticket=None, resumed=None, trouble=None, trail=())
    d.show(Step.RESUME)
    _await_scan(d)


def typed(d: Draft, ticket: Personal) -> None:
    """Have the ticket looked at before anybody is asked for a card."""
    if d.visit.step is not Step.RESUME or not set(_WORKING).isdisjoint(d.visit.awaiting):
        return
    if d.visit.item is not None:
        return
    _stop_scan(d)
    d.set(trouble=None, ticket=None, resumed=None)
    d.issue("ticket", lambda n: fx.CheckTicket(n, ticket))


def scanned(d: Draft, event: ev.LookUpScanned) -> None:
    """Whoever shows a code means it; a scanner that only waited long enough goes on waiting."""
    if not d.wants("scan", event.effect):
        return
    d.forget("scan")
    if event.lookup_code:
        typed(d, Personal(event.lookup_code))
    elif event.code == "scanner.none":
        _await_scan(d)


def checked(d: Draft, event: ev.TicketChecked) -> bool:
    """True if the person holding it is to be identified now."""
    if not d.wants("ticket", event.effect):
        return False
    d.forget("ticket")
    if event.code:
        _refuse(d, event.code)
        return False
    d.set(ticket=event.ticket, trail=(Step.IDENTIFY, Step.RESUME))
    return True


def claim(d: Draft) -> None:
    """Ask for the draft, as the person who was identified."""
    ticket, holder = d.visit.ticket, d.visit.holder
    if ticket is None or holder is None or "claim" in d.visit.awaiting:
        return
    if only_finish(d.visit):  # what is given back is given once: not to a terminal about to end
        d.trouble("power.finish_only", "dismiss", "leave")
        return
    sure = assurance(d.visit)
    d.issue("claim", lambda n: fx.ClaimDraft(n, ticket, holder, sure))


def claimed(d: Draft, event: ev.DraftClaimed) -> None:
    """The draft is here: open its service."""
    if not d.wants("claim", event.effect):
        return
    d.forget("claim")
    holder = d.visit.holder
    whose = holder.number if holder is not None else None
    d.set(resumed=replace(event.claimed, whose=whose), ticket=None, trail=())
    d.issue("item", lambda n: fx.OpenItem(n, event.claimed.item))


def refused(d: Draft, event: ev.ClaimFailed) -> None:
    """Say why. A portal out of reach can be asked again; somebody else's ticket asks for its owner."""
    if not d.wants("claim", event.effect):
        return
    d.forget("claim")
    if event.code == "ticket.not_yours":
        d.set(holder=None, face=None, face_tries=0, staff_verified="")
    if event.code.startswith("ticket.") and event.code != "ticket.portal_away":
        d.set(ticket=None)
        _refuse(d, event.code)
    else:
        d.trouble(event.code, "retry", "dismiss", "leave")


def brought(item: ServiceItem, visit: Visit) -> dict[str, Personal]:
    """What a ticket brought back for this service: what it still asks for, and no locked field."""
    if visit.resumed is None or item.form is None:
        return {}
    own = {name for name, field in item.form.fields.items() if not field.locked}
    return {
        name: Personal(value.reveal()[:MAX_FIELD_CHARS])
        for name, value in visit.resumed.form.items()
        if name in own
    }


def missing(item: ServiceItem, visit: Visit) -> dict[str, str]:
    """Field → error code of what is missing or no longer right in what was brought back."""
    values = {**forms.prefill(item, visit.holder), **brought(item, visit)}
    return forms.check_all(item, {name: value.reveal() for name, value in values.items()})


def opened(d: Draft, event: ev.ItemOpened) -> None:
    """Put what was filled in into the service's form, and note what is missing."""
    resumed = d.visit.resumed
    if resumed is None:
        return
    errors = MappingProxyType({**missing(event.item, d.visit), **event.form_errors})
    form = MappingProxyType(brought(event.item, d.visit))
    d.set(form=form, place=resumed.place, resumed=replace(resumed, missing=errors))


def complete(d: Draft) -> bool:
    """On first coming to the form: True if nothing is missing; otherwise its first incomplete page
    says what is."""
    item, resumed = d.visit.item, d.visit.resumed
    if resumed is None or resumed.missing is None or item is None or item.form is None:
        return False
    d.set(resumed=replace(resumed, missing=None))
    for number, page in enumerate(item.form.pages):
        errors = {name: resumed.missing[name] for name in page.fields if name in resumed.missing}
        if errors:
            d.set(form_page=number, form_errors=MappingProxyType(errors))
            return False
    d.set(form_page=len(item.form.pages) - 1)
    return True


def stop(d: Draft) -> None:
    """No ticket is wanted any more."""
    _stop_scan(d)
    d.forget("ticket", "claim")


def _refuse(d: Draft, code: str) -> None:
    d.trouble(code, "dismiss", "staff")
    _await_scan(d)


def scanner_returned(d: Draft) -> None:
    """Wait at it again while a ticket is asked for."""
    if d.visit.ticket is None and "ticket" not in d.visit.awaiting:
        _await_scan(d)


def _await_scan(d: Draft) -> None:
    if "scan" not in d.visit.awaiting:
        d.issue("scan", lambda n: fx.ScanLookUpCode(n, SCAN_TIMEOUT_S))


def _stop_scan(d: Draft) -> None:
    if "scan" in d.visit.awaiting:
        d.do(fx.StopLookUpScan())
        d.forget("scan")
