"""A service opened and its way found: by a tile, or by what a ticket brought back."""

from __future__ import annotations

from config.text import Text
from kiosk.visit import events as ev
from kiosk.visit import finder, resume
from kiosk.visit import navigation as nav
from kiosk.visit.draft import Draft
from kiosk.visit.journey import derive
from kiosk.visit.model import Step


def refused(d: Draft, event: ev.ItemRefused | ev.RouteRefused) -> None:
    """Not here, or not to that place; what a ticket brought back can still be taken elsewhere."""
    slot = "item" if isinstance(event, ev.ItemRefused) else "route"
    if not d.wants(slot, event.effect):
        return
    d.forget(slot)
    back = () if slot == "item" else ("back",)
    _not_there(d)
    _stay_at_guide(d)
    more = {} if isinstance(event, ev.ItemRefused) else _exactly(event.reason, event.way_out)
    d.trouble(event.code, "dismiss", *back, "leave", **more)


def item_opened(d: Draft, event: ev.ItemOpened) -> None:
    """Show its guide; a journey gone on with looks for its way at once."""
    if not d.wants("item", event.effect):
        return
    d.forget("item")
    begun = finder.begun_from(d.visit, event.item)
    if begun is not None:
        nav.forget_errand(d)
        d.set(finder=begun, form=finder.carried(begun, event.item))
    authorised = d.visit.staff_authorisation
    trail = derive(event.item, staff_authorisation=authorised, scans=event.scans)
    place = d.visit.place if Step.PLACE in trail else ""
    d.set(item=event.item, availability=event.availability, trail=trail, place=place)
    resume.opened(d, event)
    if d.visit.resumed is not None and event.availability.possible:
        nav.resolve(d, d.visit.place)
    else:
        d.show(Step.GUIDE)


def route_resolved(d: Draft, event: ev.RouteResolved) -> None:
    """Go on, if it is possible now."""
    if not d.wants("route", event.effect):
        return
    d.forget("route")
    if not event.availability.possible:
        # Not kept: another place, or another moment, may still be possible.
        _not_there(d)
        _stay_at_guide(d)
        found = event.availability
        more = _exactly(found.words, found.way_out)
        d.trouble(found.code or "route.none", "dismiss", "back", "leave", **more)
        return
    d.set(route=event.route, availability=event.availability)
    if d.visit.step is Step.RESUME:
        nav.go_on(d, Step.PLACE if Step.PLACE in d.visit.trail else Step.GUIDE)
    elif d.visit.step in (Step.GUIDE, Step.PLACE):
        nav.go_on(d, d.visit.step)


def _exactly(reason: Text | None, way_out: Text | None) -> dict[str, Text | None]:
    return {} if reason is None else {"reason": reason, "way_out": way_out}


def _not_there(d: Draft) -> None:
    """A city that was chosen before the service, and can't be taken: another may be chosen."""
    if d.visit.step is Step.GUIDE:
        d.set(place="")


def _stay_at_guide(d: Draft) -> None:
    if d.visit.step is Step.RESUME and d.visit.item is not None:
        d.show(Step.GUIDE)
