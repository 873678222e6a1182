"""The journey of an item: its steps, derived from catalogue data alone."""

from __future__ import annotations

from config.catalogue import Identification, Kind, PlaceChoice, RiskClass, ServiceItem
from config.policy_terms import FINDER
from kiosk.personal import Holder
from kiosk.visit.model import FaceRecord, Power, Step, Visit

SOCIAL_CARD = "social_security_card"
"""Method of identification: the free record of a chip that nobody authenticated."""

_ASKS = {
    Kind.QUERY: Step.ANSWER,
    Kind.PAY: Step.BILLS,
    Kind.APPOINTMENT: Step.SLOTS,
}


def derive(
    item: ServiceItem, *, staff_authorisation: bool = False, scans: bool = False
) -> tuple[Step, ...]:
    """All steps from guide to farewell. A person already identified skips what is settled.

    ``scans``: papers can be taken in here.
    """
    steps = [Step.GUIDE]
    if item.place is not PlaceChoice.NONE:
        steps.append(Step.PLACE)
    if item.identification is not Identification.L0:
        steps.append(Step.IDENTIFY)
    if needs_face(item):
        steps.append(Step.FACE)
    if item.kind in _ASKS and not finds_policies(item):
        steps.append(_ASKS[item.kind])
    if item.form is not None:
        steps.append(Step.FORM)
    if finds_policies(item):
        steps.append(Step.POLICIES)
    if scans and item.kind is not Kind.QUERY and any(m.paper for m in item.materials):
        steps.append(Step.MATERIALS)
    if item.kind is not Kind.QUERY:
        steps += _submission_steps(item, staff_authorisation)
    return (*steps, Step.RATING, Step.FAREWELL)


def _submission_steps(item: ServiceItem, staff_authorisation: bool) -> list[Step]:
    steps = [Step.REVIEW]
    if needs_signature(item):
        steps.append(Step.SIGN)
        if staff_authorisation:
            steps.append(Step.STAFF)
    steps.append(Step.SUBMITTING)
    if item.kind is Kind.PAY:
        steps.append(Step.PAYMENT)
    return [*steps, Step.RESULT]


def finds_policies(item: ServiceItem) -> bool:
    """It asks first, and then the terminal's own tables: no line is needed, and nobody's records."""
    return item.dataset == FINDER


def needs_face(item: ServiceItem) -> bool:
    """Identification L2 and above: the person must be compared with the card, or vouched for."""
    return item.identification in (Identification.L2, Identification.L3)


def needs_signature(item: ServiceItem) -> bool:
    """Identification L3."""
    return item.identification is Identification.L3


def agrees_at_once(item: ServiceItem | None) -> bool:
    """A proof of one's own: nothing is applied for and nothing is bound by it, so one button agrees to
    the text above it and prints."""
    return item is not None and item.kind is Kind.PRINT and not needs_signature(item)


def suffices(holder: Holder | None, item: ServiceItem | None) -> bool:
    """Is what this person showed enough for the item, whatever face and staff say beside it?

    A record that was read and not verified can be copied onto another chip. With a comparison or a
    vouching person it carries L2, never what is signed.
    """
    if holder is None:
        return False
    return holder.method != SOCIAL_CARD or item is None or not needs_signature(item)


def may_defer(item: ServiceItem) -> bool:
    """May this item be accepted while the portal can't be reached?"""
    return item.offline.risk is RiskClass.DEFER


def only_finish(visit: Visit) -> bool:
    """No new errand begins: the battery may not last for it."""
    return visit.power in (Power.SCARCE, Power.ENDING)


def settled(visit: Visit, step: Step) -> bool:
    """True if this step has nothing left to ask in this visit."""
    if step is Step.IDENTIFY:
        return suffices(visit.holder, visit.item)
    if step is Step.FACE:
        return face_settled(visit)
    if step is Step.STAFF:
        return bool(visit.staff_authorised)
    return False


def face_settled(visit: Visit) -> bool:
    """The person was matched with the card by the machine, or vouched for by staff."""
    return bool(visit.staff_verified) or face_matched(visit.face)


def face_matched(record: FaceRecord | None) -> bool:
    """Only a comparison that took place, passed, and says so in every field counts."""
    return (
        record is not None
        and record.compared
        and record.matched is True
        and record.outcome == "matched"
    )
