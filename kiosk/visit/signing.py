"""Signing: with a finger, or by confirming a statement where somebody can't draw."""

from __future__ import annotations

from kiosk.visit import identify
from kiosk.visit.draft import Draft
from kiosk.visit.journey import face_matched, needs_signature
from kiosk.visit.model import Step, Visit
from kiosk.visit.signature import STATEMENT, Confirmed
from kiosk.visit.signing_events import (
    SignatureDrawn,
    SignByConfirming,
    SigningTouch,
    StatementConfirmed,
)

READ, PRESSED = "read", "pressed"


def begin(d: Draft) -> None:
    """A drawn signature stays on its page; a confirmation is good for one handing in, and is made
    anew."""
    again = isinstance(d.visit.signature, Confirmed)
    d.set(confirming=READ if again else "", signature=None if again else d.visit.signature)


def touched(d: Draft, event: SigningTouch) -> bool:
    """True if it signs, and the visit may go on."""
    visit = d.visit
    if visit.step is not Step.SIGN or visit.item is None or not needs_signature(visit.item):
        return False
    match event:
        case SignatureDrawn():
            given = event.signature
            d.set(signature=given if given is not None and any(given.strokes) else None)
        case SignByConfirming():
            d.set(confirming=READ if event.wanted else "", signature=None)
        case StatementConfirmed() if visit.confirming and event.statement == STATEMENT:
            return _pressed(d)
        case _:
            pass
    return False


def _pressed(d: Draft) -> bool:
    """The first press asks for the second."""
    if d.visit.confirming != PRESSED:
        d.set(confirming=PRESSED)
        return False
    d.set(signature=Confirmed(STATEMENT))
    if witness_missing(d.visit):
        identify.ask_staff(d, "witness")
        return False
    return True


def read_anew(before: Visit, d: Draft) -> None:
    """What was pressed once in another language was not read in this one."""
    if d.visit.confirming == PRESSED and before.language != d.visit.language:
        d.set(confirming=READ)


def wants_witness(visit: Visit) -> bool:
    """A press has nothing of the person in it. It counts of whom the machine has just compared with
    the document; of others while staff look on, who come anyway where they authorise."""
    return Step.STAFF not in visit.trail and not face_matched(visit.face)


def witness_missing(visit: Visit) -> bool:
    """It was confirmed, and whoever has to look on has not put their name to it."""
    signed = visit.signature
    return isinstance(signed, Confirmed) and not signed.witness and wants_witness(visit)
