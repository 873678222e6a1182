"""A social-security card instead of an ID card: what it is good for, and that it is never in the way."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from visit_walk import Walk

from config.catalogue import Identification, Level, Mode
from config.text import Text
from kiosk.advice import best_first
from kiosk.personal import Holder
from kiosk.simulation import world as ground
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.errand import assurance
from kiosk.visit.journey import SOCIAL_CARD
from kiosk.visit.model import Availability, FaceRecord, Route

OFFICE = Text(zh="局", en="Office")
ROUTE = Route(Mode.LOCAL, "440500", OFFICE, Level.CITY, "440500", "2026-12-11", True, 15, OFFICE)
MATCHED = FaceRecord("matched", True, True, 0.9, 0.6, "test", "basic")


def _code(level: Identification) -> str:
    items = (item for group in ground.world().offered.values() for item in group)
    return next(item.code for item in items if item.identification is level)


L1, L2, L3 = map(_code, (Identification.L1, Identification.L2, Identification.L3))


def holder(photo: str = "", method: str = SOCIAL_CARD) -> Holder:
    return replace(ground.person(Random(1)), method=method, photo=photo)


def at_the_reader(code: str) -> Walk:
    """At IDENTIFY, a card reader of either kind waiting; nothing answers by itself any more."""
    walk = Walk(code).to(Step.GUIDE)
    go_on(walk)
    walk.happen(ev.SocialCardAwaited(walk.visit.awaiting["social"]), perform=False)
    walk.effects.clear()
    return walk


def go_on(walk: Walk) -> None:
    """From the guide to IDENTIFY."""
    walk.happen(ev.Continued(), perform=False)
    if walk.visit.step is Step.PLACE:
        walk.happen(ev.PlaceChosen("440507"), perform=False)
    number = walk.visit.awaiting["route"]
    walk.happen(ev.RouteResolved(number, ROUTE, Availability()), perform=False)
    assert walk.visit.step is Step.IDENTIFY


def read(walk: Walk, found: Holder) -> None:
    number = walk.visit.awaiting["social"]
    walk.happen(ev.SocialCardSeen(number), perform=False)
    assert walk.visit.social_phase == "reading"
    walk.happen(ev.SocialCardRead(number, found), perform=False)


def fail(walk: Walk, code: str, *, seen: bool = True) -> None:
    number = walk.visit.awaiting["social"]
    if seen:
        walk.happen(ev.SocialCardSeen(number), perform=False)
    walk.happen(ev.SocialCardFailed(number, code), perform=False)


def done(walk: Walk, kind: type) -> int:
    return sum(isinstance(effect, kind) for effect in walk.effects)


def trouble(walk: Walk) -> tuple[str, tuple[str, ...]]:
    assert walk.visit.trouble is not None
    return walk.visit.trouble.code, walk.visit.trouble.actions


def test_it_is_offered_only_where_a_reader_waits() -> None:
    walk = Walk(L1).to(Step.GUIDE)
    go_on(walk)
    assert walk.visit.social_phase == ""
    assert at_the_reader(L1).visit.social_phase == "waiting"


def test_it_identifies_where_a_card_alone_is_enough() -> None:
    walk = at_the_reader(L1)
    read(walk, holder())
    assert walk.visit.step not in (Step.IDENTIFY, Step.FACE)
    assert assurance(walk.visit) == {"level": "L1", "methods": (SOCIAL_CARD,), "face": None}
    assert (done(walk, fx.CancelRead), done(walk, fx.StopCode)) == (1, 1)
    assert done(walk, fx.StopSocialCard) == 0, "its reading is over"
    assert (walk.visit.card_phase, walk.visit.code_phase, walk.visit.social_phase) == ("", "", "")


def test_without_a_photo_staff_vouch_or_the_id_card_is_laid_down() -> None:
    walk = at_the_reader(L2)
    read(walk, holder())
    assert walk.visit.step is Step.FACE
    assert trouble(walk) == ("face.social_card_has_no_photo", ("staff", "back"))
    assert done(walk, fx.CheckFace) == 0
    walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.holder is None
    while walk.visit.step is not Step.IDENTIFY:
        go_on(walk)
    assert {"card", "code", "social"} <= walk.visit.awaiting.keys()

    vouched = at_the_reader(L2)
    read(vouched, holder())
    vouched.happen(ev.StaffRequested(), perform=False)
    vouched.happen(ev.StaffPinEntered(holder().name), perform=False)
    vouched.happen(ev.StaffAnswered(vouched.visit.awaiting["staff"], "s-01"), perform=False)
    assert vouched.visit.step not in (Step.FACE, Step.STAFF)
    assert assurance(vouched.visit)["level"] == "L2"
    assert assurance(vouched.visit)["methods"] == (SOCIAL_CARD, "staff")


def test_a_picture_from_elsewhere_is_compared() -> None:
    walk = at_the_reader(L2)
    read(walk, holder(photo="photo-1"))
    assert (walk.visit.step, walk.visit.trouble) == (Step.FACE, None)
    walk.happen(ev.FaceChecked(walk.visit.awaiting["face"], MATCHED), perform=False)
    assert assurance(walk.visit)["methods"] == (SOCIAL_CARD, "face")
    assert assurance(walk.visit)["level"] == "L2"


def test_what_is_signed_takes_the_id_card() -> None:
    walk = at_the_reader(L3)
    read(walk, holder(photo="photo-1"))
    assert walk.visit.step is Step.IDENTIFY
    assert walk.visit.holder is None
    assert trouble(walk) == ("identity.id_card_needed", ("retry", "staff", "back"))
    walk.happen(ev.Retried(), perform=False)
    walk.happen(
        ev.CardRead(walk.visit.awaiting["card"], holder("photo-1", "id_card")), perform=False
    )
    assert walk.visit.step is Step.FACE


def test_whoever_is_known_by_it_shows_the_id_card_for_the_next_errand_that_is_signed() -> None:
    walk = at_the_reader(L1)
    read(walk, holder())
    walk.happen(ev.WentBack(), perform=False)
    while walk.visit.step is not Step.HOME:
        walk.happen(ev.WentBack(), perform=False)
    assert walk.visit.holder is not None
    walk.code = L3
    walk.to(Step.GUIDE)
    go_on(walk)
    assert walk.visit.holder is None, "asked anew"
    assert {"card", "code", "social"} <= walk.visit.awaiting.keys()


@pytest.mark.parametrize("code", ["device.gone", "device.cancelled", "smartcard.none"])
def test_without_card_or_reader_the_id_card_is_waited_for_all_the_same(code: str) -> None:
    walk = at_the_reader(L2)
    fail(walk, code, seen=False)
    assert (walk.visit.trouble, walk.visit.social_phase) == (None, "")
    walk.happen(
        ev.CardRead(walk.visit.awaiting["card"], holder("photo-1", "id_card")), perform=False
    )
    assert walk.visit.step is Step.FACE


@pytest.mark.parametrize("code", [*ground.SOCIAL_CARD, "device.gone", "idcard.expired"])
def test_a_card_that_was_put_in_and_is_no_good_is_explained(code: str) -> None:
    walk = at_the_reader(L1)
    number = walk.visit.awaiting["social"]
    fail(walk, code)
    assert trouble(walk) == (code, best_first(code, ("retry", "staff", "back")))
    assert {"card", "code", "social"}.isdisjoint(walk.visit.awaiting)
    assert (done(walk, fx.CancelRead), done(walk, fx.StopCode)) == (1, 1)
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.awaiting["social"] > number


def test_while_it_is_read_the_id_cards_time_limit_disturbs_nothing() -> None:
    walk = at_the_reader(L1)
    card, number = walk.visit.awaiting["card"], walk.visit.awaiting["social"]
    walk.happen(ev.SocialCardSeen(number), perform=False)
    walk.happen(ev.CardFailed(card, "idcard.none"), perform=False)
    assert (walk.visit.trouble, walk.visit.social_phase) == (None, "reading")
    walk.happen(ev.SocialCardRead(number, holder()), perform=False)
    assert walk.visit.step not in (Step.IDENTIFY, Step.FACE)


def test_while_a_code_is_checked_a_bad_card_disturbs_nothing() -> None:
    walk = at_the_reader(L1)
    code = walk.visit.awaiting["code"]
    walk.happen(ev.CodeSeen(code), perform=False)
    fail(walk, "smartcard.unreadable")
    assert (walk.visit.trouble, walk.visit.code_phase) == (None, "checking")
    walk.happen(ev.CodeRead(code, holder("photo-1", "qr_code")), perform=False)
    assert walk.visit.step not in (Step.IDENTIFY, Step.FACE)


def test_the_id_card_that_is_read_first_wins() -> None:
    walk = at_the_reader(L2)
    card, number = walk.visit.awaiting["card"], walk.visit.awaiting["social"]
    walk.happen(ev.SocialCardSeen(number), perform=False)
    walk.happen(ev.CardRead(card, holder("photo-1", "id_card")), perform=False)
    assert done(walk, fx.StopSocialCard) == 1
    before = walk.visit
    walk.happen(ev.SocialCardRead(number, holder()), perform=False)
    walk.happen(ev.SocialCardFailed(number, "smartcard.removed"), perform=False)
    assert walk.visit == before


def test_going_back_ends_the_wait() -> None:
    walk = at_the_reader(L2)
    walk.happen(ev.WentBack(), perform=False)
    assert "social" not in walk.visit.awaiting
    assert (done(walk, fx.StopSocialCard), walk.visit.social_phase) == (1, "")
