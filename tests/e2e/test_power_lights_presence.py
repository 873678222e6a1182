"""The whole terminal on its real wires: mains, lights, presence sensor and headset socket."""

from __future__ import annotations

from dataclasses import replace

from e2e_support import JOBLESS, LOOK_UP, Desk, Stage

from kiosk.demo import ScriptedPerson
from kiosk.visit.ending import closed
from kiosk.visit.model import Power, PrintState, Step, Visit, at_rest


def lights(stage: Stage) -> dict[str, str]:
    return dict(stage.world.panel.state()["lights"])


def lit(desk: Desk, **wanted: str) -> None:
    """Wait until exactly these lights are lit on the board."""
    dark = dict.fromkeys(lights(desk.stage), "off")
    desk.eventually(f"lights {wanted}", lambda: lights(desk.stage) == {**dark, **wanted})


def power_is(desk: Desk, power: Power) -> Visit:
    return desk.until(f"power {power}", lambda v: v.power is power)


# ---- lights and presence -------------------------------------------------------------------------


def test_the_lights_lead_through_a_visit_and_come_back_with_the_board(
    desk: Desk, stage: Stage
) -> None:
    desk.begin("rs-0002")
    lit(desk)
    desk.hands.primary()
    desk.until("the reader", lambda v: v.step is Step.IDENTIFY)
    lit(desk, card="flash")
    stage.play.command("panel", "unplug")
    desk.eventually("the board is missed", lambda: desk.terminal.readiness()["panel"] != "ok")
    stage.play.command("panel", "replug")
    lit(desk, card="flash")
    stage.play.command("panel", "restart")
    lit(desk, card="flash")
    desk.identify("resident")
    desk.until("the comparison", lambda v: v.step is Step.FACE)
    lit(desk, camera="on")
    desk.hands.trouble("staff")
    lit(desk, staff="flash")
    desk.leave()
    lit(desk)


def test_a_board_that_is_gone_disturbs_nobody(desk: Desk, stage: Stage) -> None:
    stage.play.command("panel", "unplug")
    assert desk.visit(replace(LOOK_UP, slip=True)).receipt == "confirmed"
    stage.play.command("panel", "replug")
    desk.ready()


def test_paper_in_the_slot_is_shown_until_the_person_has_gone(desk: Desk) -> None:
    desk.begin("yb-0022")
    desk.hands.primary()
    desk.until("the answer", lambda v: v.answer is not None)
    desk.hands.print_slip()
    desk.until("the slip", lambda v: v.receipt_print.state is PrintState.CONFIRMED)
    lit(desk, receipt="flash")
    desk.leave()
    lit(desk)


def test_who_walks_up_is_seen_and_who_walks_away_is_warned(desk: Desk, stage: Stage) -> None:
    stage.play.command("panel", "approach")
    assert desk.until("somebody", lambda v: v.near is True).step is Step.ATTRACT
    desk.to_form()
    stage.play.command("panel", "leave")
    desk.until("nobody", lambda v: v.near is False and "away" in v.timers)
    stage.play.command("panel", "sensor", broken=True)
    visit = desk.until("a blind sensor", lambda v: v.near is None)
    assert "away" not in visit.timers
    stage.play.command("panel", "sensor", broken=False)
    desk.watch.run_out("away")
    visit = desk.until("the warning", lambda v: v.idle_warning)
    assert visit.step is Step.FORM
    desk.watch.run_out("warning")
    desk.until("the farewell", lambda v: v.step is Step.FAREWELL and v.wiped)
    desk.watch.run_out("farewell")
    desk.until("the attract screen", lambda v: v.step is Step.ATTRACT)


# ---- power ---------------------------------------------------------------------------------------


def test_a_visit_goes_on_through_a_power_cut_that_gets_worse_and_ends(
    desk: Desk, stage: Stage
) -> None:
    def fails(_person: ScriptedPerson) -> None:
        stage.play.command("ups", "mains_fail", charge=80, runtime=1500)
        power_is(desk, Power.BATTERY)

    def gets_low(_person: ScriptedPerson) -> None:
        stage.play.command("ups", "mains_fail", charge=7, runtime=90, low=True)
        assert "power" in power_is(desk, Power.ENDING).timers

    def returns(_person: ScriptedPerson) -> None:
        stage.play.command("ups", "mains_return")
        assert "power" not in power_is(desk, Power.MAINS).timers

    def lasts(person: ScriptedPerson) -> None:
        gets_low(person)
        returns(person)

    seen = desk.visit(replace(JOBLESS, at={Step.FORM: fails, Step.REVIEW: lasts}))
    assert (seen.submission, seen.receipt) == ("delivered", "confirmed")
    desk.delivered_once(seen.key)


def test_on_a_scarce_battery_nobody_begins_until_the_mains_are_back(
    desk: Desk, stage: Stage
) -> None:
    stage.play.command("ups", "mains_fail", charge=12, runtime=1500)
    visit = desk.until("closed", lambda v: v.step is Step.OUT_OF_SERVICE)
    assert closed(visit) == "power.no_new"
    desk.hands.start("zh_CN")
    lit(desk)
    stage.play.command("ups", "mains_return")
    visit = desk.until("open again", lambda v: v.power is Power.MAINS)
    assert (visit.step, visit.visit_id) == (Step.ATTRACT, "")
    assert desk.visit(LOOK_UP).submission == ""


# ---- headset -------------------------------------------------------------------------------------


def test_a_headset_is_spoken_to_from_the_first_page_until_it_is_pulled_out(
    desk: Desk, stage: Stage
) -> None:
    stage.play.command("headset", "plug_in")
    visit = desk.until("speech", lambda v: v.assist.voice)
    assert (visit.step, visit.headset) == (Step.ATTRACT, True)
    stage.play.command("headset", "pull_out")
    visit = desk.until("silence", lambda v: not v.assist.voice)
    assert (visit.step, visit.voice_notice) == (Step.ATTRACT, "voice.headset_out")
    desk.watch.run_out("idle")
    desk.until("nothing of it left", lambda v: v == at_rest(v, Step.ATTRACT))
