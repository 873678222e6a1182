"""Around a visit: somebody comes and goes, the mains fail and return, a card is left lying."""

from __future__ import annotations

import pytest
from visit_walk import Walk, submitted, timer

from kiosk.visit import Step, Visit, advance
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.ending import AWAY_PAYING_S, AWAY_S, AWAY_SLOW_S, CARD_REMINDERS, WARNING_S
from kiosk.visit.model import Assistance, Power, PrintJob, PrintState, SubmissionState
from kiosk.visit.power import GRACE_ROUNDS, GRACE_S
from kiosk.visit.replay import record_start, replay_record

AWAY, NEAR, BLIND = (ev.PresenceChanged(near) for near in (False, True, None))


def started(walk: Walk, name: str) -> list[float]:
    return [e.seconds for e in walk.effects if isinstance(e, fx.StartTimer) and e.timer == name]


def power(walk: Walk, *changes: Power) -> Walk:
    for change in changes:
        walk.happen(ev.PowerChanged(change), perform=False)
    return walk


# ---- presence ------------------------------------------------------------------------------------


def test_who_walks_up_is_greeted_and_nothing_else_happens() -> None:
    visit, effects = advance(Visit(), NEAR)
    assert (visit.near, visit.step, effects) == (True, Step.ATTRACT, ())
    visit, effects = advance(visit, AWAY)
    assert (visit.near, visit.timers, effects) == (False, {}, ())


def test_who_walks_away_is_warned_sooner_and_as_long_as_ever() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(AWAY, perform=False)
    assert started(walk, "away") == [AWAY_S]
    assert min(started(walk, "idle")) > AWAY_S
    timer(walk, "away")
    assert walk.visit.idle_warning
    assert (walk.visit.step, started(walk, "warning")) == (Step.FORM, [WARNING_S])
    assert fx.Record("visit.idle_warned", {"step": "form", "away": True}) in walk.effects


def test_coming_near_does_not_keep_an_abandoned_visit_open() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(AWAY, perform=False)
    timer(walk, "away")
    walk.happen(NEAR, perform=False)
    assert walk.visit.idle_warning  # it may be somebody else
    walk.now += WARNING_S
    timer(walk, "warning")
    assert walk.visit.step is Step.FAREWELL


def test_who_comes_back_in_time_is_not_warned() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(AWAY, perform=False)
    generation = walk.visit.timers["away"]
    walk.happen(NEAR, perform=False)
    assert "away" not in walk.visit.timers
    walk.happen(ev.TimerFired("away", generation), perform=False)
    assert not walk.visit.idle_warning


def test_a_touch_refutes_the_sensor_for_the_whole_visit() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(AWAY, perform=False)
    walk.happen(ev.Touched(), perform=False)
    assert "away" not in walk.visit.timers
    walk.happen(NEAR, perform=False)
    walk.happen(AWAY, perform=False)
    assert "away" not in walk.visit.timers
    assert "idle" in walk.visit.timers
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True))
    while walk.visit.step is not Step.ATTRACT:
        walk.wait()
    assert not walk.visit.presence_doubted


def test_a_sensor_that_did_not_see_the_person_come_cannot_see_them_gone() -> None:
    walk = Walk("rs-0012")
    walk.visit = Visit(near=False)
    walk.happen(ev.Started("v"))
    walk.to(Step.FORM)
    assert started(walk, "away") == []
    walk.happen(NEAR, perform=False)
    walk.happen(AWAY, perform=False)  # it sees after all: its word counts again
    assert started(walk, "away") == [AWAY_S]


def test_a_sensor_that_fails_takes_its_word_back() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(AWAY, perform=False)
    walk.happen(BLIND, perform=False)
    assert "away" not in walk.visit.timers
    assert walk.visit.step is Step.FORM


@pytest.mark.parametrize(
    ("code", "step", "assist", "seconds"),
    [
        ("rs-0012", Step.FORM, Assistance(slower=True), AWAY_SLOW_S),
        ("rs-0012", Step.FORM, Assistance(voice=True), AWAY_SLOW_S),
        ("sw-0009", Step.PAYMENT, Assistance(), AWAY_PAYING_S),
    ],
)
def test_slower_people_and_payers_get_more_time(
    code: str, step: Step, assist: Assistance, seconds: float
) -> None:
    walk = Walk(code).to(step)
    walk.happen(ev.AssistChanged(assist), perform=False)
    walk.happen(AWAY, perform=False)
    assert started(walk, "away")[-1] == seconds


def test_who_listens_has_time_to_hear_a_page_and_the_farewell() -> None:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(ev.AssistChanged(Assistance(voice=True)), perform=False)
    assert started(walk, "idle")[-1] == 180
    walk.happen(ev.TimerFired("idle", walk.visit.timers["idle"]), perform=False)
    assert started(walk, "warning") == [60]
    walk.now += 60
    walk.happen(ev.TimerFired("warning", walk.visit.timers["warning"]), perform=False)
    assert walk.visit.step is Step.FAREWELL
    assert started(walk, "farewell") == [25]


def test_while_the_terminal_works_nobody_is_missed() -> None:
    walk = Walk("rs-0002").to(Step.IDENTIFY)
    walk.happen(AWAY, perform=False)
    assert "away" not in walk.visit.timers
    walk.happen(ev.CardFailed(walk.visit.awaiting["card"], "idcard.none"), perform=False)
    assert "away" in walk.visit.timers


# ---- power ---------------------------------------------------------------------------------------


def test_on_battery_a_visit_goes_on_and_the_next_one_begins() -> None:
    walk = power(Walk("rs-0012").to(Step.FORM), Power.BATTERY)
    assert walk.to(Step.RESULT).visit.submission is not None
    assert power(Walk("rs-0012"), Power.BATTERY).to(Step.GUIDE).visit.trouble is None


def test_on_a_scarce_battery_the_visit_goes_on_but_no_errand_begins() -> None:
    walk = power(Walk("rs-0012").to(Step.FORM), Power.BATTERY, Power.SCARCE).to(Step.RESULT)
    walk.happen(ev.AnotherWanted(), perform=False)
    walk.happen(ev.ItemChosen("rs-0012"), perform=False)
    assert walk.visit.step is Step.HOME
    assert walk.visit.trouble is not None
    assert (walk.visit.trouble.code, walk.visit.trouble.actions) == (
        "power.finish_only",
        ("dismiss", "leave"),
    )
    power(walk, Power.MAINS)
    walk.happen(ev.ItemChosen("rs-0012"), perform=False)
    assert "item" in walk.visit.awaiting


@pytest.mark.parametrize("low", [Power.SCARCE, Power.ENDING])
def test_no_visit_begins_until_the_mains_are_back(low: Power) -> None:
    visit = advance(Visit(), ev.PowerChanged(low))[0]
    assert (visit.step, visit.out_of_service) == (Step.OUT_OF_SERVICE, "")
    assert advance(visit, ev.Started("v"))[0].step is Step.OUT_OF_SERVICE
    assert advance(visit, ev.ServiceRestored())[0].step is Step.OUT_OF_SERVICE
    assert advance(visit, ev.PowerChanged(Power.MAINS))[0].step is Step.ATTRACT


def test_a_terminal_that_lost_its_storage_stays_closed_when_the_mains_return() -> None:
    visit = advance(Visit(), ev.PowerChanged(Power.ENDING))[0]
    visit = advance(visit, ev.ServiceLost("service.outbox"))[0]
    visit = advance(visit, ev.PowerChanged(Power.MAINS))[0]
    assert (visit.step, visit.out_of_service) == (Step.OUT_OF_SERVICE, "service.outbox")


def test_a_low_battery_ends_the_visit_in_order_and_then_asks_for_the_shutdown() -> None:
    walk = power(Walk("rs-0012").to(Step.FORM), Power.BATTERY, Power.ENDING)
    assert walk.visit.step is Step.FORM
    assert started(walk, "power") == [GRACE_S]
    walk.now += GRACE_S
    walk.happen(ev.TimerFired("power", walk.visit.timers["power"]))
    assert walk.visit.step is Step.FAREWELL
    assert fx.Record("visit.ended", {"reason": "power", "step": "form"}) in walk.effects
    assert not any(isinstance(effect, fx.PowerDown) for effect in walk.effects)
    while walk.visit.step is Step.FAREWELL:
        walk.wait()
    assert walk.visit.step is Step.OUT_OF_SERVICE
    assert walk.effects.count(fx.PowerDown()) == 1


def test_mains_that_return_in_time_put_all_back() -> None:
    walk = power(Walk("rs-0012").to(Step.FORM), Power.BATTERY, Power.ENDING, Power.MAINS)
    assert "power" not in walk.visit.timers
    assert walk.to(Step.RESULT).visit.submission is not None


def test_what_is_stored_gets_its_slip_before_the_end() -> None:
    walk = power(submitted("rs-0012"), Power.ENDING)
    walk.now += GRACE_S
    timer(walk, "power")
    assert walk.visit.step is Step.RESULT
    assert walk.visit.submission is not None
    assert walk.visit.submission.state is SubmissionState.STORED
    assert walk.visit.receipt_print.state is PrintState.PRINTING
    number = walk.visit.awaiting["print_receipt"]
    timer(walk, "power")
    assert walk.visit.step is Step.RESULT  # not while it prints
    walk.happen(ev.PrintEnded(number, "confirmed"), perform=False)
    timer(walk, "power")
    assert walk.visit.step is Step.FAREWELL
    assert walk.visit.receipt_print == PrintJob("receipt", PrintState.CONFIRMED)


def test_a_printer_that_never_ends_does_not_hold_up_the_end() -> None:
    walk = power(submitted("rs-0012"), Power.ENDING)
    walk.now += GRACE_S
    for _ in range(GRACE_ROUNDS + 1):
        timer(walk, "power")
        assert walk.visit.step is Step.RESULT
    timer(walk, "power")
    assert walk.visit.step is Step.FAREWELL


def test_what_may_not_wait_is_withdrawn_when_the_battery_ends() -> None:
    walk = power(submitted("rs-0001"), Power.ENDING)
    walk.now += GRACE_S
    timer(walk, "power")
    assert walk.visit.step is Step.FAREWELL
    assert fx.WithdrawSubmission("key") in walk.effects


# ---- a card left in a reader ---------------------------------------------------------------------


def farewell_with_card() -> Walk:
    walk = Walk("rs-0012").to(Step.FORM)
    walk.happen(ev.CardLies(True), perform=False)
    walk.happen(ev.LeaveRequested(), perform=False)
    walk.happen(ev.LeaveAnswered(True), perform=False)
    walk.happen(ev.Wiped(walk.visit.awaiting["wipe"]), perform=False)
    return walk


def test_a_card_left_behind_is_asked_for_and_then_staff_are_called() -> None:
    walk = farewell_with_card()
    for _ in range(CARD_REMINDERS):
        timer(walk, "farewell")
        assert walk.visit.step is Step.FAREWELL
    timer(walk, "farewell")
    assert walk.visit.step is Step.ATTRACT
    assert walk.visit.card_lies
    assert fx.CallStaff("card_left") in walk.effects


def test_a_card_taken_ends_the_farewell_as_usual() -> None:
    walk = farewell_with_card()
    timer(walk, "farewell")
    walk.happen(ev.CardLies(False), perform=False)
    timer(walk, "farewell")
    assert (walk.visit.step, walk.visit.card_lies) == (Step.ATTRACT, False)
    assert fx.CallStaff("card_left") not in walk.effects


# ---- records -------------------------------------------------------------------------------------


def test_a_record_begins_with_what_is_true_of_the_terminal() -> None:
    at_rest = Visit(effects_issued=7, near=False, power=Power.BATTERY, card_lies=True)
    line = record_start(at_rest)
    assert line is not None
    assert list(replay_record([line])) == [("start", at_rest)]
    old = {"start": "attract", "effects_issued": 3, "out_of_service": ""}
    assert list(replay_record([old])) == [("start", Visit(effects_issued=3))]
    with pytest.raises(ValueError, match="no such start"):
        list(replay_record([{**line, "power": "solar"}]))
