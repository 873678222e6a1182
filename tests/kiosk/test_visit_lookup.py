"""Looking up a case by the code of its slip, led by hand."""

from __future__ import annotations

from random import Random

import pytest
from visit_walk import Walk

from kiosk.personal import Personal
from kiosk.simulation import world as ground
from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev

CODE = "7K4M92QF3TX7"


def looking() -> Walk:
    walk = Walk("yb-0022")
    walk.happen(ev.LookUpWanted(), perform=False)
    assert walk.visit.step is Step.LOOKUP
    return walk


def asked(walk: Walk) -> list[fx.LookUp]:
    return [effect for effect in walk.effects if isinstance(effect, fx.LookUp)]


def test_a_typed_code_is_looked_up_and_shown() -> None:
    walk = looking()
    walk.happen(ev.LookUpCodeTyped(CODE), perform=False)
    assert [one.lookup_code for one in asked(walk)] == [CODE]
    assert walk.visit.busy
    found = ground.found(Random(1))
    walk.happen(ev.LookedUp(walk.visit.awaiting["lookup"], found))
    assert walk.visit.found == found
    walk.happen(ev.LookUpCodeTyped(""), perform=False)
    assert walk.visit.found is None
    walk.happen(ev.WentBack())
    assert walk.visit.step is Step.HOME


def test_a_code_shown_to_the_scanner_is_looked_up_by_itself() -> None:
    walk = looking()
    walk.happen(ev.LookUpScanned(walk.visit.awaiting["scan"], CODE), perform=False)
    assert [one.lookup_code for one in asked(walk)] == [CODE]
    assert "scan" not in walk.visit.awaiting


def test_a_keyboard_scanner_works_too_and_redeems_nothing() -> None:
    walk = looking()
    walk.happen(ev.CodeTyped(Personal(CODE)), perform=False)
    assert [one.lookup_code for one in asked(walk)] == [CODE]
    assert not [effect for effect in walk.effects if isinstance(effect, fx.RedeemCode)]


def test_a_scanner_that_waited_long_goes_on_and_one_that_is_gone_does_not() -> None:
    walk = looking()
    first = walk.visit.awaiting["scan"]
    walk.happen(ev.LookUpScanned(first, "", "scanner.none"), perform=False)
    again = walk.visit.awaiting["scan"]
    assert again > first
    walk.happen(ev.LookUpScanned(again, "", "device.gone"), perform=False)
    assert "scan" not in walk.visit.awaiting
    assert walk.visit.trouble is None, "the code can still be typed"


@pytest.mark.parametrize("code", ground.LOOKUP)
def test_what_can_not_be_shown_is_said_and_can_be_tried_again(code: str) -> None:
    walk = looking()
    walk.happen(ev.LookUpCodeTyped(CODE), perform=False)
    walk.happen(ev.LookUpFailed(walk.visit.awaiting["lookup"], code), perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == code
    walk.happen(ev.LookUpCodeTyped(CODE), perform=False)
    assert walk.visit.trouble is None
    assert len(asked(walk)) == 2


def test_leaving_ends_the_scan_and_a_late_answer_shows_nothing() -> None:
    walk = looking()
    walk.happen(ev.LookUpCodeTyped(CODE), perform=False)
    number = walk.visit.awaiting["lookup"]
    walk.happen(ev.LookUpCodeTyped(CODE), perform=False)
    assert len(asked(walk)) == 1, "one question at a time"
    walk.happen(ev.LeaveRequested(), perform=False)
    assert walk.visit.step is Step.FAREWELL
    walk.happen(ev.LookedUp(number, ground.found(Random(1))), perform=False)
    assert walk.visit.found is None
