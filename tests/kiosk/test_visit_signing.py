"""Signing without drawing: a statement, two presses, and staff beside whom the machine did not compare."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from visit_walk import Walk

from config.text import Text
from kiosk.documents.reading import sentences
from kiosk.documents.slips import slip_for
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.terminal import composing
from kiosk.terminal_port import Place
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Confirmed, Signature
from kiosk.visit.replay import parse_event, record_event
from kiosk.visit.signature import STATEMENT, STATEMENT_SAYS

PRESS = ev.StatementConfirmed(STATEMENT)
HERE = Text(zh="大厅", en="The hall")
PLACE = Place("T-1", HERE, HERE, HERE, "0754-8888-0000")
AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
STROKES = ground.signature(Random(1))


def at_the_signature(*, vouched: bool = False) -> Walk:
    """At SIGN; ``vouched``: staff knew the person where the machine did not."""
    walk = Walk("rs-0008")
    if vouched:
        walk.to(Step.FACE)
        walk.happen(ev.StaffRequested())
        answered_by_staff(walk)
    return walk.to(Step.SIGN)


def answered_by_staff(walk: Walk, staff: str = "S-07") -> None:
    walk.happen(ev.StaffPinEntered(Personal("478215")), perform=False)
    walk.happen(ev.StaffAnswered(walk.visit.awaiting["staff"], staff), perform=False)


def handed_in(walk: Walk) -> list[fx.Submit]:
    return [effect for effect in walk.effects if isinstance(effect, fx.Submit)]


def test_the_second_press_signs_and_hands_in() -> None:
    walk = at_the_signature()
    walk.happen(PRESS)
    assert (walk.visit.confirming, walk.visit.signature) == ("", None), "no words were shown yet"
    walk.happen(ev.SignByConfirming())
    walk.happen(ev.Continued())
    walk.happen(ev.StatementConfirmed("confirm/0"))
    assert walk.visit.confirming == "read"
    walk.happen(PRESS)
    assert (walk.visit.confirming, walk.visit.step) == ("pressed", Step.SIGN)
    assert handed_in(walk) == []
    walk.happen(PRESS, perform=False)
    assert walk.visit.step is Step.SUBMITTING
    (effect,) = handed_in(walk)
    assert (effect.signature, effect.assurance_level) == (Confirmed(STATEMENT), "L3")


def test_one_press_is_forgotten_with_the_language_and_on_the_way_back() -> None:
    walk = at_the_signature()
    for event in (ev.SignByConfirming(), PRESS, ev.LanguageChosen("en")):
        walk.happen(event)
    assert walk.visit.confirming == "read", "what is read now is in other words"
    walk.happen(PRESS)
    walk.happen(ev.SignByConfirming(wanted=False))
    assert walk.visit.confirming == ""
    walk.happen(ev.SignByConfirming())
    walk.happen(PRESS)
    walk.happen(ev.WentBack())
    walk.happen(ev.Continued())
    assert (walk.visit.step, walk.visit.confirming) == (Step.SIGN, "")


def test_a_drawn_signature_gives_way_to_a_confirmation_and_back() -> None:
    walk = at_the_signature()
    walk.happen(ev.SignatureDrawn(STROKES))
    walk.happen(ev.SignByConfirming())
    assert walk.visit.signature is None
    walk.happen(ev.SignByConfirming(wanted=False))
    walk.happen(ev.SignatureDrawn(STROKES))
    walk.happen(ev.Continued(), perform=False)
    assert handed_in(walk)[0].signature == STROKES


def test_what_could_not_be_stored_is_confirmed_anew() -> None:
    walk = at_the_signature()
    for event in (ev.SignByConfirming(), PRESS):
        walk.happen(event)
    walk.happen(PRESS, perform=False)
    walk.happen(ev.StoreRefused(walk.visit.awaiting["store"], "outbox.full"))
    assert walk.visit.step is Step.REVIEW
    walk.happen(ev.Retried())
    assert (walk.visit.step, walk.visit.confirming) == (Step.SIGN, "read")
    assert walk.visit.signature is None


def test_staff_witness_whom_the_machine_did_not_compare() -> None:
    walk = at_the_signature(vouched=True)
    for event in (ev.SignByConfirming(), PRESS, PRESS):
        walk.happen(event)
    assert (walk.visit.step, walk.visit.staff_reason) == (Step.STAFF, "witness")
    walk.happen(ev.WentBack())
    assert (walk.visit.step, walk.visit.signature) == (Step.SIGN, None)
    assert not walk.visit.calling_staff
    for event in (PRESS, PRESS):
        walk.happen(event)
    walk.happen(ev.StaffPinEntered(Personal("000000")), perform=False)
    walk.happen(ev.StaffAnswered(walk.visit.awaiting["staff"], "", "staff.pin_wrong"))
    assert (walk.visit.step, handed_in(walk)) == (Step.STAFF, [])
    answered_by_staff(walk, "S-08")
    assert walk.visit.step is Step.SUBMITTING
    (effect,) = handed_in(walk)
    assert effect.signature == Confirmed(STATEMENT, "S-08")
    assert effect.staff == "S-07", "who knew the person, not who looked on"


def test_who_authorises_has_looked_on() -> None:
    walk = Walk("rs-0008")
    walk.visit = replace(walk.visit, staff_authorisation=True)
    walk.to(Step.SIGN)
    for event in (ev.SignByConfirming(), PRESS, PRESS):
        walk.happen(event)
    assert (walk.visit.step, walk.visit.staff_reason) == (Step.STAFF, "authorise")
    answered_by_staff(walk)
    (effect,) = handed_in(walk)
    assert effect.signature == Confirmed(STATEMENT, "S-07")


@pytest.mark.parametrize("event", [ev.SignByConfirming(), PRESS, ev.SignatureDrawn(STROKES)])
def test_a_record_of_signing_is_read_back(event: ev.Event) -> None:
    found = parse_event(record_event(event))
    assert isinstance(found, type(event))
    if not isinstance(event, ev.SignatureDrawn):
        assert found == event


def test_the_portal_is_told_how() -> None:
    told = composing.signature(Confirmed(STATEMENT, "S-08"), AT)
    assert told is not None
    assert told.model_dump(mode="json") == {
        "width": 0, "height": 0, "strokes": [],
        "act": {"method": "witnessed", "statement": "confirm/1", "at": AT.isoformat(),
                "witness": "S-08"},
    }  # fmt: skip
    alone = composing.signature(Confirmed(STATEMENT), AT)
    assert alone is not None
    assert alone.act is not None
    assert (alone.act.method, alone.act.witness) == ("confirmed", None)
    drawn = composing.signature(Signature(9, 9, (((0, 0, 0),),)), AT)
    assert drawn is not None
    assert drawn.act is None


@pytest.mark.parametrize(
    ("staff", "says"),
    [
        ("", "Signature，Confirmed instead of drawn"),
        ("S-08", "Signature，Confirmed instead of drawn, witnessed by staff"),
    ],
)
def test_the_slip_says_so(staff: str, says: str) -> None:
    walk = at_the_signature()
    for event in (ev.SignByConfirming(), PRESS):
        walk.happen(event)
    walk.happen(PRESS, perform=False)
    walk.happen(ev.Stored(walk.visit.awaiting["store"], "key", "LOOKUP", AT.isoformat()), False)
    visit = replace(walk.visit, language="en", signature=Confirmed(STATEMENT, staff))
    assert says in sentences(slip_for(visit, "submission", PLACE, AT, "https://x.example/{code}"))
    drawn = replace(visit, signature=STROKES)
    told = sentences(slip_for(drawn, "submission", PLACE, AT, "https://x.example/{code}"))
    assert not [line for line in told if line.startswith("Signature")]


def test_other_words_are_another_version() -> None:
    words = f"{STATEMENT_SAYS.zh}\n{STATEMENT_SAYS.en}".encode()
    known = {"confirm/1": "f5bf42e2a6b985e4"}
    assert hashlib.sha256(words).hexdigest()[:16] == known[STATEMENT]
