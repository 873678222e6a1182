"""A code shown instead of a card: offered where a scanner waits, checked once, never in the way."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from visit_walk import Walk

from config.catalogue import Level, Mode
from config.text import Text
from kiosk.personal import Holder, Personal
from kiosk.simulation import world as ground
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.errand import assurance
from kiosk.visit.model import Availability, Route

OFFICE = Text(zh="局", en="Office")
ROUTE = Route(Mode.LOCAL, "440500", OFFICE, Level.CITY, "440500", "2026-12-11", True, 15, OFFICE)
TYPED = ev.CodeTyped(Personal("CWID1.of-somebody"))


def holder(photo: str = "photo") -> Holder:
    return replace(ground.person(Random(1)), method="qr_code", photo=photo)


def at_the_reader(code: str = "rs-0001", *, scanner: bool = True) -> Walk:
    """At IDENTIFY with card and code awaited; nothing answers by itself any more."""
    walk = Walk(code).to(Step.GUIDE)
    go_on(walk)
    if scanner:
        walk.happen(ev.CodeAwaited(walk.visit.awaiting["code"]), perform=False)
    walk.effects.clear()
    return walk


def go_on(walk: Walk) -> None:
    """From the guide to IDENTIFY."""
    walk.happen(ev.Continued(), perform=False)
    number = walk.visit.awaiting["route"]
    walk.happen(ev.RouteResolved(number, ROUTE, Availability()), perform=False)
    assert walk.visit.step is Step.IDENTIFY


def done(walk: Walk, kind: type) -> int:
    return sum(isinstance(effect, kind) for effect in walk.effects)


def test_it_is_offered_only_where_a_scanner_waits() -> None:
    assert at_the_reader(scanner=False).visit.code_phase == ""
    assert at_the_reader().visit.code_phase == "waiting"


@pytest.mark.parametrize("code", ["device.gone", "scanner.none", "camera.no_frame"])
def test_without_code_or_scanner_the_card_is_waited_for_all_the_same(code: str) -> None:
    walk = at_the_reader()
    walk.happen(ev.CodeFailed(walk.visit.awaiting["code"], code), perform=False)
    assert (walk.visit.trouble, walk.visit.code_phase) == (None, "")
    assert walk.visit.card_phase == "waiting"
    walk.happen(ev.CardRead(walk.visit.awaiting["card"], holder()), perform=False)
    assert walk.visit.step is Step.FACE


def test_a_person_known_by_code_goes_on_to_the_comparison_and_is_vouched_for_as_such() -> None:
    walk = at_the_reader()
    number = walk.visit.awaiting["code"]
    walk.happen(ev.CodeSeen(number), perform=False)
    assert walk.visit.code_phase == "checking"
    walk.happen(ev.CodeRead(number, holder()), perform=False)
    assert (walk.visit.step, walk.visit.code_phase, walk.visit.card_phase) == (Step.FACE, "", "")
    assert done(walk, fx.CancelRead) == 1, "the reader is told that no card is wanted"
    assert assurance(walk.visit) == {"level": "L1", "methods": ("qr_code",), "face": None}


def test_while_a_code_is_checked_the_card_disturbs_nothing() -> None:
    walk = at_the_reader()
    card, number = walk.visit.awaiting["card"], walk.visit.awaiting["code"]
    walk.happen(ev.CodeSeen(number), perform=False)
    walk.happen(ev.CardFailed(card, "idcard.none"), perform=False)
    assert (walk.visit.trouble, walk.visit.code_phase) == (None, "checking")
    walk.happen(ev.CodeRead(number, holder()), perform=False)
    assert walk.visit.step is Step.FACE


def test_a_card_read_while_a_code_is_checked_wins_and_the_code_is_dropped() -> None:
    walk = at_the_reader()
    card, number = walk.visit.awaiting["card"], walk.visit.awaiting["code"]
    walk.happen(ev.CodeSeen(number), perform=False)
    walk.happen(ev.CardRead(card, replace(holder(), method="id_card")), perform=False)
    assert walk.visit.step is Step.FACE
    before = walk.visit
    walk.happen(ev.CodeRead(number, holder()), perform=False)
    assert walk.visit == before


def test_a_code_that_is_refused_is_explained_and_another_may_be_shown() -> None:
    walk = at_the_reader()
    number = walk.visit.awaiting["code"]
    walk.happen(ev.CodeSeen(number), perform=False)
    walk.happen(ev.CodeFailed(number, "identity.code_expired"), perform=False)
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (
        "identity.code_expired", ("retry", "staff", "back"),
    )  # fmt: skip
    assert {"card", "code"}.isdisjoint(walk.visit.awaiting)
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.trouble is None
    assert {"card", "code"} <= walk.visit.awaiting.keys()
    assert walk.visit.awaiting["code"] > number


def test_a_keyboard_scanners_code_is_redeemed_once() -> None:
    walk = at_the_reader()
    waiting = walk.visit.awaiting["code"]
    walk.happen(TYPED, perform=False)
    walk.happen(TYPED, perform=False)
    assert (done(walk, fx.RedeemCode), done(walk, fx.StopCode)) == (1, 1)
    walk.happen(ev.CodeFailed(waiting, "scanner.none"), perform=False)
    assert walk.visit.code_phase == "checking", "the wait that was ended says nothing any more"
    walk.happen(ev.CodeRead(walk.visit.awaiting["code"], holder()), perform=False)
    assert walk.visit.step is Step.FACE


def test_a_code_typed_where_none_is_asked_for_means_nothing() -> None:
    walk = at_the_reader(scanner=False)
    before = walk.visit
    walk.happen(TYPED, perform=False)
    assert (walk.visit, done(walk, fx.RedeemCode)) == (before, 0)
    for step in (Step.GUIDE, Step.FORM):
        elsewhere = Walk("rs-0001").to(step)
        elsewhere.effects.clear()
        elsewhere.happen(TYPED, perform=False)
        assert done(elsewhere, fx.RedeemCode) == 0


def test_going_back_ends_the_wait_for_a_code() -> None:
    walk = at_the_reader()
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.step is Step.GUIDE
    assert "code" not in walk.visit.awaiting
    assert (done(walk, fx.StopCode), done(walk, fx.CancelRead)) == (1, 1)


def test_a_code_without_a_photo_leads_to_staff_or_back_to_the_card() -> None:
    walk = at_the_reader()
    walk.happen(ev.CodeRead(walk.visit.awaiting["code"], holder(photo="")), perform=False)
    assert walk.visit.step is Step.FACE
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (
        "face.code_has_no_photo", ("staff", "back"),
    )  # fmt: skip
    assert done(walk, fx.CheckFace) == 0
    walk.happen(ev.WentBack(), perform=False)
    assert (walk.visit.step, walk.visit.holder) == (Step.GUIDE, None)
    go_on(walk)
    assert {"card", "code"} <= walk.visit.awaiting.keys()
