"""Every shipped service walked to its end, and the branches off the way."""

from __future__ import annotations

from random import Random

import pytest
from visit_walk import Walk, submitted, timer

from config.catalogue import PlaceChoice, ServiceItem
from config.text import Text
from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.journey import derive
from kiosk.visit.model import Assistance, Availability, FaceRecord, SubmissionState

ITEMS = [item for items in ground.world().offered.values() for item in items]
OFFERED = {item.code for item in ITEMS}
GUIDES = [item for item in ground.world().catalogue.items if item.code not in OFFERED]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_every_service_is_walked_to_farewell(item: ServiceItem) -> None:
    walk = Walk(item.code, 4).to(Step.FAREWELL)
    assert set(derive(item, scans=True)) <= set(walk.steps) | {Step.PAYMENT}
    walk.to(Step.ATTRACT)


@pytest.mark.parametrize("item", GUIDES, ids=lambda item: item.code)
def test_what_cannot_be_finished_here_is_a_guide_and_goes_no_further(item: ServiceItem) -> None:
    walk = Walk(item.code).to(Step.GUIDE)
    assert not walk.visit.availability.possible
    assert walk.visit.availability.way_out is not None
    walk.happen(ev.Continued())
    assert walk.visit.step is Step.GUIDE


@pytest.mark.parametrize("code", ground.CARD)
def test_card_failures_offer_another_try(code: str) -> None:
    walk = Walk("rs-0001").to(Step.IDENTIFY)
    walk.happen(ev.CardFailed(walk.visit.awaiting["card"], code))
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == code
    walk.happen(ev.Retried())
    assert "card" in walk.visit.awaiting


def waited_in_vain(code: str) -> Walk:
    """At the reader, no card came in time; nothing else happens by itself."""
    walk = Walk("rs-0001").to(Step.IDENTIFY)
    walk.happen(ev.CardFailed(walk.visit.awaiting["card"], code), perform=False)
    return walk


@pytest.mark.parametrize("code", ["idcard.none", "idcard.not_lifted"])
def test_a_card_found_at_last_is_just_laid_down(code: str) -> None:
    walk = waited_in_vain(code)
    assert walk.visit.trouble is not None
    number = walk.visit.awaiting["card"]
    walk.happen(ev.CardSeen(number), perform=False)
    assert (walk.visit.trouble, walk.visit.card_phase) == (None, "reading")
    walk.happen(ev.CardRead(number, ground.person(Random(3))), perform=False)
    assert walk.visit.step is Step.FACE


def test_who_went_away_from_the_reader_is_not_waited_for_without_end() -> None:
    walk = waited_in_vain("idcard.none")
    assert "idle" in walk.visit.timers
    generation = walk.visit.timers["idle"]
    walk.happen(ev.CardFailed(walk.visit.awaiting["card"], "idcard.none"), perform=False)
    assert walk.visit.timers["idle"] == generation  # another wait in vain is no touch
    timer(walk, "idle")
    assert walk.visit.idle_warning


def test_try_again_waits_the_full_time_once_more() -> None:
    walk = waited_in_vain("idcard.none")
    before = walk.visit.awaiting["card"]
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.trouble is None
    assert walk.visit.awaiting["card"] > before
    assert "idle" not in walk.visit.timers  # the terminal waits for the reader again


def test_a_card_that_was_left_there_is_asked_to_be_lifted() -> None:
    walk = Walk("rs-0001").to(Step.IDENTIFY)
    number = walk.visit.awaiting["card"]
    walk.happen(ev.CardNotLifted(number), perform=False)
    assert walk.visit.card_phase == "unlifted"
    walk.happen(ev.CardSeen(number), perform=False)
    assert walk.visit.card_phase == "reading"


def test_three_faces_then_staff() -> None:
    walk = Walk("rs-0001").to(Step.FACE)
    for _ in range(3):
        number = walk.visit.awaiting["face"]
        walk.happen(ev.FaceChecked(number, FaceRecord("not_matched", True, False)))
        walk.happen(ev.Retried(), perform=False)
    assert "face" not in walk.visit.awaiting
    walk.happen(ev.StaffRequested())
    walk.happen(ev.StaffPinEntered(Personal("000000")), perform=False)
    walk.happen(ev.StaffAnswered(walk.visit.awaiting["staff"], "", "staff.locked"))
    assert walk.visit.staff_code == "staff.locked"
    walk.to(Step.FORM)


def test_an_edit_after_consent_voids_it() -> None:
    walk = Walk("rs-0008").to(Step.SIGN)
    walk.happen(ev.WentBack())
    walk.happen(ev.WentBack())
    assert walk.visit.consent
    walk.happen(ev.FormEdited("phone", Personal("13911111111")))
    assert not walk.visit.consent
    assert walk.visit.signature is None


def test_a_refused_store_keeps_everything() -> None:
    walk = Walk("rs-0008").to(Step.SIGN)
    walk.happen(ev.SignatureDrawn(ground.signature(Random(1))))
    walk.happen(ev.Continued(), perform=False)
    walk.happen(ev.StoreRefused(walk.visit.awaiting["store"], "outbox.full"))
    assert walk.visit.step is Step.REVIEW
    assert walk.visit.form
    assert walk.visit.submission is not None
    assert walk.visit.submission.state is SubmissionState.REFUSED


def test_time_can_be_extended_and_settings_end_with_the_visit() -> None:
    walk = Walk("rs-0008")
    walk.happen(ev.AssistChanged(Assistance(slower=True)))
    for _ in range(12):
        walk.now += 120
        walk.happen(ev.TimerFired("idle", walk.visit.timers["idle"]), perform=False)
        assert walk.visit.idle_warning
        walk.happen(ev.MoreTimeWanted(), perform=False)
    assert walk.visit.extensions == 12
    walk.happen(ev.LeaveRequested())
    walk.to(Step.ATTRACT)
    assert walk.visit.assist == Assistance()


def test_a_deferrable_submission_ends_in_an_offline_receipt() -> None:
    walk = submitted("rs-0008")
    timer(walk, "verdict")
    assert walk.visit.step is Step.RESULT
    assert any(isinstance(effect, fx.PrintReceipt) for effect in walk.effects)


def test_what_may_not_wait_is_withdrawn_and_can_be_tried_again() -> None:
    walk = submitted("rs-0001")
    timer(walk, "verdict")
    assert walk.effects.count(fx.WithdrawSubmission("key")) == 1
    walk.happen(ev.VerdictArrived("key", SubmissionState.WITHDRAWN))
    assert walk.visit.step is Step.REVIEW
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.step is Step.SUBMITTING


def test_a_taken_slot_must_be_chosen_anew_and_agreed_to_again() -> None:
    walk = submitted("ga-0041")
    walk.happen(ev.VerdictArrived("key", SubmissionState.REJECTED, code="portal.slot_taken"))
    assert walk.visit.step is Step.SLOTS
    assert walk.visit.slot is None
    assert not walk.visit.consent


def test_a_late_delivery_fetches_the_proof() -> None:
    walk = submitted("rs-0001")
    timer(walk, "verdict")
    timer(walk, "verdict")
    assert walk.visit.step is Step.RESULT
    receipt = {"document": {"document_id": "d"}}
    walk.happen(ev.VerdictArrived("key", SubmissionState.DELIVERED, receipt), perform=False)
    assert "document" in walk.visit.awaiting


def test_a_slow_wipe_counts_though_it_was_asked_for_again() -> None:
    walk = Walk("rs-0001")
    walk.happen(ev.LeaveRequested(), perform=False)
    first = walk.visit.awaiting["wipe"]
    timer(walk, "farewell")
    assert walk.visit.step is Step.FAREWELL
    walk.happen(ev.Wiped(first), perform=False)
    timer(walk, "farewell")
    assert walk.visit.step is Step.ATTRACT


def test_a_city_that_was_looked_in_is_not_asked_for_again() -> None:
    code, city = next(
        (item.code, offer.city)
        for item in ground.world().catalogue.items
        for offer in item.cities
        if item.place is PlaceChoice.CITY and offer.city in ground.world().places[item.code]
    )
    walk = Walk(code)
    walk.happen(ev.ItemChosen(code, city), perform=False)
    item = ground.world().catalogue.item(code)
    assert item is not None
    walk.happen(ev.ItemOpened(walk.visit.awaiting["item"], item, Availability()), perform=False)
    walk.happen(ev.Continued(), perform=False)
    (wanted,) = (effect for effect in walk.effects if isinstance(effect, fx.ResolveRoute))
    assert (walk.visit.step, wanted.place) == (Step.GUIDE, city)
    told = Text(zh="那里不办", en="Not done there"), Text(zh="请到窗口", en="Use a counter")
    walk.happen(ev.RouteRefused(walk.visit.awaiting["route"], "route.none", *told), perform=False)
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.reason, walk.visit.trouble.way_out) == told
    walk.happen(ev.TroubleDismissed(), perform=False)
    walk.happen(ev.Continued(), perform=False)
    assert (walk.visit.step, walk.visit.place) == (Step.PLACE, ""), "another may be chosen"
