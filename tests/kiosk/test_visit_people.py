"""People, faces and staff; help, leaving, settings, and a terminal that can no longer serve."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from visit_walk import Walk, submitted, timer

from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.visit import Step, Visit
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import Assistance, Contrast, FaceRecord, TextSize

PIN = ev.StaffPinEntered(Personal("478215"))


def calls(walk: Walk) -> list[str]:
    return [effect.reason for effect in walk.effects if isinstance(effect, fx.CallStaff)]


# ---- faces ---------------------------------------------------------------------------------------


def looked_at(outcome: str) -> Walk:
    walk = Walk("rs-0001").to(Step.FACE)
    record = FaceRecord(outcome, False, None)
    walk.happen(ev.FaceChecked(walk.visit.awaiting["face"], record), perform=False)
    assert walk.visit.step is Step.FACE
    return walk


@pytest.mark.parametrize(
    ("outcome", "code"),
    [("unavailable", "face.unavailable"), ("poor_card_photo", "face.poor_card_photo")],
)
def test_where_another_look_is_hopeless_staff_vouch(outcome: str, code: str) -> None:
    walk = looked_at(outcome)
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (code, ("staff", "back"))
    walk.happen(ev.Retried(), perform=False)
    assert "face" not in walk.visit.awaiting
    walk.happen(ev.StaffRequested(), perform=False)
    assert (walk.visit.step, walk.visit.staff_reason, calls(walk)) == (
        Step.STAFF, "identity", ["identity"],
    )  # fmt: skip
    walk.happen(PIN, perform=False)
    walk.happen(ev.StaffAnswered(walk.visit.awaiting["staff"], "s-07"), perform=False)
    assert (walk.visit.step, walk.visit.staff_verified) == (Step.FORM, "s-07")
    assert fx.Record("staff.vouched", {"staff": "s-07", "for": "identity"}) in walk.effects


def test_several_faces_may_look_again() -> None:
    walk = looked_at("several_faces")
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (
        "face.several", ("retry", "staff", "back"),
    )  # fmt: skip
    walk.happen(ev.Retried(), perform=False)
    assert walk.visit.trouble is None
    matched = FaceRecord("matched", True, True)
    walk.happen(ev.FaceChecked(walk.visit.awaiting["face"], matched), perform=False)
    assert walk.visit.step is Step.FORM


@pytest.mark.parametrize(
    "record",
    [FaceRecord("matched"), FaceRecord("matched", True, None), FaceRecord("else", True, True)],
)
def test_a_record_that_does_not_say_so_in_every_field_passes_nobody(record: FaceRecord) -> None:
    walk = Walk("rs-0001").to(Step.FACE)
    walk.happen(ev.FaceChecked(walk.visit.awaiting["face"], record), perform=False)
    assert walk.visit.step is Step.FACE
    assert walk.visit.trouble is not None


def test_a_card_without_photo_goes_to_staff_without_a_look() -> None:
    walk = Walk("rs-0001").to(Step.IDENTIFY)
    walk.effects.clear()
    holder = replace(ground.person(Random(1)), photo="")
    walk.happen(ev.CardRead(walk.visit.awaiting["card"], holder), perform=False)
    assert walk.visit.step is Step.FACE
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "face.poor_card_photo"
    assert not [effect for effect in walk.effects if isinstance(effect, fx.CheckFace)]


# ---- staff ---------------------------------------------------------------------------------------


def test_a_wrong_pin_is_said_and_another_may_be_tried() -> None:
    walk = looked_at("unavailable")
    walk.happen(ev.StaffRequested(), perform=False)
    walk.happen(PIN, perform=False)
    walk.happen(PIN, perform=False)
    checked = [effect for effect in walk.effects if isinstance(effect, fx.VerifyStaff)]
    assert len(checked) == 1, "one at a time"
    walk.happen(ev.StaffAnswered(walk.visit.awaiting["staff"], ""), perform=False)
    assert (walk.visit.step, walk.visit.staff_code) == (Step.STAFF, "staff.pin_wrong")
    assert walk.visit.staff_verified == ""
    walk.happen(PIN, perform=False)
    assert walk.visit.staff_code == ""
    walk.happen(ev.StaffAnswered(checked[0].effect, "s-07"), perform=False)
    assert walk.visit.step is Step.STAFF, "the answer to the first PIN comes too late"


def test_going_back_from_staff_calls_the_call_off() -> None:
    walk = looked_at("unavailable")
    walk.happen(ev.StaffRequested(), perform=False)
    walk.happen(ev.WentBack(), perform=False)
    assert not walk.visit.calling_staff
    assert "help" not in walk.visit.timers
    assert walk.visit.step is not Step.STAFF
    assert walk.visit.staff_verified == ""


def test_a_call_for_help_stops_the_idle_clock_for_a_while() -> None:
    walk = Walk("rs-0008")
    assert "idle" in walk.visit.timers
    walk.happen(ev.HelpWanted(), perform=False)
    walk.happen(ev.HelpWanted(), perform=False)
    assert calls(walk) == ["help"]
    assert set(walk.visit.timers) == {"help"}
    timer(walk, "help")
    assert not walk.visit.calling_staff
    assert set(walk.visit.timers) == {"idle"}


def test_a_call_for_help_takes_the_idle_warning_back() -> None:
    walk = Walk("rs-0008")
    timer(walk, "idle")
    assert walk.visit.idle_warning
    walk.happen(ev.HelpWanted(), perform=False)
    assert not walk.visit.idle_warning
    assert set(walk.visit.timers) == {"help"}


# ---- leaving and settings ------------------------------------------------------------------------


def test_leaving_is_asked_where_something_would_be_lost() -> None:
    walk = Walk("rs-0008").to(Step.FORM)
    typed = walk.visit.form
    walk.happen(ev.LeaveAnswered(True), perform=False)
    assert walk.visit.step is Step.FORM, "nobody asked"
    walk.happen(ev.LeaveRequested(), perform=False)
    assert (walk.visit.step, walk.visit.leaving) == (Step.FORM, True)
    walk.happen(ev.LeaveAnswered(False), perform=False)
    assert (walk.visit.step, walk.visit.leaving, walk.visit.form) == (Step.FORM, False, typed)
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.FormEdited("phone", Personal("13800000000")), perform=False)
    assert not walk.visit.leaving, "whoever goes on does not leave"
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    assert walk.visit.step is Step.FAREWELL
    assert fx.Record("visit.ended", {"reason": "left", "step": "form"}) in walk.effects


def test_nobody_leaves_in_the_middle_of_a_submission() -> None:
    walk = submitted("rs-0008")
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    assert (walk.visit.step, walk.visit.leaving) == (Step.SUBMITTING, False)


def test_language_and_assistance_last_until_the_farewell_and_no_longer() -> None:
    walk = Walk("rs-0008")
    wanted = Assistance(TextSize.LARGEST, Contrast.HIGH, low_reach=True, voice=True)
    walk.happen(ev.LanguageChosen("en"), perform=False)
    walk.happen(ev.AssistChanged(wanted), perform=False)
    walk.happen(ev.LeaveRequested(), perform=False)
    assert (walk.visit.step, walk.visit.language, walk.visit.assist) == (
        Step.FAREWELL, "en", wanted,
    )  # fmt: skip
    walk.happen(ev.Wiped(walk.visit.awaiting["wipe"]), perform=False)
    timer(walk, "farewell")
    assert walk.visit == Visit(effects_issued=walk.visit.effects_issued)


def test_settings_changed_before_the_start_do_not_stay_for_the_next_person() -> None:
    walk = Walk("rs-0008")
    walk.visit = Visit(effects_issued=walk.visit.effects_issued)
    walk.happen(ev.LanguageChosen("en"), perform=False)
    timer(walk, "idle")
    assert walk.visit == Visit(effects_issued=walk.visit.effects_issued)


# ---- service -------------------------------------------------------------------------------------


def at_farewell_after(*events: ev.Event) -> Walk:
    walk = Walk("rs-0008").to(Step.FORM)
    for event in events:
        walk.happen(event, perform=False)
        assert walk.visit.step is Step.FORM, "whoever is there may finish"
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    walk.happen(ev.Wiped(walk.visit.awaiting["wipe"]), perform=False)
    timer(walk, "farewell")
    return walk


def test_a_lost_service_closes_the_terminal_after_the_visit() -> None:
    walk = at_farewell_after(ev.ServiceLost("service.outbox"))
    assert (walk.visit.step, walk.visit.out_of_service) == (Step.OUT_OF_SERVICE, "service.outbox")
    before = walk.visit
    for touch in (ev.Touched(), ev.Started("v-2"), ev.ItemChosen("x")):
        walk.happen(touch, perform=False)
    assert walk.visit == before
    walk.happen(ev.LanguageChosen("en"), perform=False)
    walk.happen(ev.AssistChanged(Assistance(TextSize.LARGEST)), perform=False)
    assert (walk.visit.language, walk.visit.assist.text_size) == ("en", TextSize.LARGEST)
    timer(walk, "idle")  # the next one finds the words as they were
    assert walk.visit == replace(before, effects_issued=walk.visit.effects_issued)
    walk.happen(ev.HelpWanted(), perform=False)
    assert calls(walk)[-1] == "help"
    walk.happen(ev.ServiceRestored(), perform=False)
    assert walk.visit == Visit(effects_issued=walk.visit.effects_issued)
    walk.happen(ev.Started("v-3"), perform=False)
    assert walk.visit.step is Step.HOME


def test_a_service_restored_during_the_visit_leaves_no_trace() -> None:
    walk = at_farewell_after(ev.ServiceLost(""), ev.ServiceRestored())
    assert (walk.visit.step, walk.visit.out_of_service) == (Step.ATTRACT, "")


def test_a_lost_service_closes_an_unused_terminal_at_once() -> None:
    walk = Walk("rs-0008")
    walk.visit = Visit(effects_issued=walk.visit.effects_issued)
    walk.happen(ev.ServiceLost("service.reader"), perform=False)
    assert (walk.visit.step, walk.visit.out_of_service) == (Step.OUT_OF_SERVICE, "service.reader")
