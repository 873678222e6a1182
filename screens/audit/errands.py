"""What an errand must allow (A19, A24): another way than the face, a way back, a last look. By the
real reducer, on the gallery's visits and on every service of the shipped catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.catalogue import ServiceItem
from config.shipped import load_catalogue
from kiosk.visit import advance, events
from kiosk.visit.journey import derive
from kiosk.visit.model import Step, Visit
from screens.audit.judges import Fault
from screens.gallery_visits import visits

_HANDED_IN = (Step.SUBMITTING, Step.PAYMENT)
_ENTERED = ("item", "place", "holder", "form", "papers", "slot")
"""What a person chose, typed or laid down; consent and signature are for a page that was seen."""


def not_by_face_alone(known: Mapping[str, Visit] | None = None) -> Iterator[Fault]:
    """A19: whoever is asked for the face may ask for a person instead."""
    for name, visit in (known or visits()).items():
        if visit.step is not Step.FACE:
            continue
        after, _ = advance(visit, events.StaffRequested())
        if after.step is not Step.STAFF:
            yield "A19", f"{name}: no person vouches instead of the camera"


def back_keeps(known: Mapping[str, Visit] | None = None) -> Iterator[Fault]:
    """A24: one step back from wherever there is one, and all that was entered is still there."""
    for name, visit in (known or visits()).items():
        after, _ = advance(visit, events.WentBack())
        if after.step in (visit.step, Step.HOME):
            continue  # at home the errand is over
        case = after.own if after.step is Step.CASE else None
        for field in _ENTERED:
            kept = getattr(after, field)
            if case is not None:
                # What is done to a case is chosen there; what was typed or laid down for it waits.
                begun = {"form": case.begun.form, "papers": case.begun.papers}
                kept = begun.get(field, getattr(visit, field))
            if kept != getattr(visit, field):
                yield "A24", f"back from {name} loses {field}"


def looked_over(items: tuple[ServiceItem, ...] | None = None) -> Iterator[Fault]:
    """A24: nothing is handed in before a page that shows all of it."""
    for item in items or tuple(load_catalogue().items):
        steps = derive(item, scans=True)
        handed = [steps.index(step) for step in _HANDED_IN if step in steps]
        if handed and (Step.REVIEW not in steps or steps.index(Step.REVIEW) > min(handed)):
            yield "A24", f"{item.code} is handed in without a review"
