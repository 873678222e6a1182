"""A device that is there again: work goes on by itself, once, and under nobody's finger."""

from __future__ import annotations

from typing import Any

import pytest
from visit_walk import Walk

from kiosk.visit import Step
from kiosk.visit import effects as fx
from kiosk.visit import events as ev
from kiosk.visit.model import FaceRecord

_ASIDE = (fx.Record, fx.StartTimer, fx.StopTimer)


def at_the_reader() -> Walk:
    walk = Walk("rs-0001").to(Step.GUIDE)
    walk.happen(ev.Continued())
    while walk.visit.step is not Step.IDENTIFY:
        walk.wait()
    walk.due.clear()
    walk.effects.clear()
    return walk


def broken(walk: Walk, code: str = "device.gone") -> Walk:
    walk.happen(ev.CardFailed(walk.visit.awaiting["card"], code), perform=False)
    assert walk.visit.trouble is not None
    walk.effects.clear()
    return walk


def returned(walk: Walk, port: str) -> list[type[fx.Effect]]:
    walk.effects.clear()
    walk.happen(ev.DeviceReturned(port), perform=False)
    return [type(effect) for effect in walk.effects if not isinstance(effect, _ASIDE)]


@pytest.mark.parametrize("code", ["device.gone", "device.offline", "device.hung"])
def test_a_reader_plugged_in_again_is_read_at_once(code: str) -> None:
    walk = broken(at_the_reader(), code)
    assert returned(walk, "id_card_reader") == [fx.ReadCard, fx.AwaitCode, fx.AwaitSocialCard]
    assert walk.visit.trouble is None


def test_one_that_comes_and_goes_opens_and_closes_no_sheet_under_a_finger() -> None:
    walk = broken(at_the_reader())
    assert returned(walk, "id_card_reader")
    broken(walk)
    assert returned(walk, "id_card_reader") == []
    assert walk.visit.trouble is not None
    walk.happen(ev.Retried(), perform=False)
    broken(walk)
    assert returned(walk, "id_card_reader"), "somebody touched the screen meanwhile"


@pytest.mark.parametrize("code", ["idcard.unreadable", "idcard.expired", "idcard.sam_fault"])
def test_what_a_device_has_not_stopped_it_does_not_begin(code: str) -> None:
    walk = broken(at_the_reader(), code)
    assert returned(walk, "id_card_reader") == []
    assert walk.visit.trouble is not None


def test_another_device_changes_nothing() -> None:
    walk = broken(at_the_reader())
    for port in ("receipt_printer", "camera", "document_camera", "indicator_light", ""):
        assert returned(walk, port) == []
    assert walk.visit.trouble is not None


@pytest.mark.parametrize(
    ("slot", "failed", "port", "again"),
    [
        ("code", ev.CodeFailed, "scanner", fx.AwaitCode),
        ("social", ev.SocialCardFailed, "smart_card_reader", fx.AwaitSocialCard),
    ],
)
def test_a_reader_beside_the_one_waited_at_is_offered_again(
    slot: str, failed: Any, port: str, again: type[fx.Effect]
) -> None:
    walk = at_the_reader()
    assert returned(walk, port) == [], "it is awaited"
    walk.happen(failed(walk.visit.awaiting[slot], "device.gone"), perform=False)
    assert returned(walk, port) == [again]
    walk.happen(failed(walk.visit.awaiting[slot], "device.gone"), perform=False)
    walk.happen(ev.CardSeen(walk.visit.awaiting["card"]), perform=False)
    assert returned(walk, port) == [], "a card is being read"


def test_a_comparison_stopped_by_the_camera_begins_again() -> None:
    walk = Walk("rs-0001").to(Step.FACE)
    tries = walk.visit.face_tries
    lost = ev.FaceChecked(walk.visit.awaiting["face"], FaceRecord("cancelled"))
    walk.due.clear()
    walk.happen(lost, perform=False)
    assert walk.visit.trouble is not None
    assert walk.visit.trouble.code == "camera.no_frame"
    assert returned(walk, "camera") == [fx.CheckFace]
    assert (walk.visit.trouble, walk.visit.face_tries) == (None, tries + 1)
    assert returned(walk, "camera") == []


def test_papers_are_looked_at_again() -> None:
    walk = Walk("yb-0105").to(Step.FORM)
    while walk.visit.step is Step.FORM:
        touch = walk.person.touch(walk.visit)
        assert touch is not None
        walk.happen(touch, perform=False)
    walk.happen(ev.PageFailed(walk.visit.awaiting["page"], "device.gone"), perform=False)
    assert walk.visit.trouble is not None
    assert fx.TakePage in returned(walk, "document_camera")
    assert walk.visit.trouble is None


@pytest.mark.parametrize("step", [Step.LOOKUP, Step.RESUME])
def test_a_code_is_waited_for_again(step: Step) -> None:
    walk = Walk("rs-0001")
    walk.happen(ev.LookUpWanted() if step is Step.LOOKUP else ev.ResumeWanted(), perform=False)
    assert walk.visit.step is step
    assert returned(walk, "scanner") == [], "it is awaited"
    walk.happen(ev.LookUpScanned(walk.visit.awaiting["scan"], "", "device.gone"), perform=False)
    assert returned(walk, "scanner") == [fx.ScanLookUpCode]


def test_at_rest_it_is_no_news() -> None:
    walk = Walk("rs-0001")
    for port in ("id_card_reader", "scanner", "camera"):
        assert returned(walk, port) == []
