"""What a screen says about time, about why something waits, and what the camera shows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem

from drivers.camera.framebuffer import FrameWriter
from kiosk.visit import events
from kiosk.visit.model import Availability, Step, Visit
from screens import wording
from screens.fixtures import NOTICE
from screens.gallery_states import portrait, settle, states
from screens.gallery_visits import visits
from screens.models.session import SessionModel

RED = QColor("#D02010")


@pytest.fixture
def honolulu() -> Iterator[None]:
    """A machine whose zone was never set right."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Honolulu"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_every_time_shown_is_chinas(stage: Callable[..., Any], honolulu: None) -> None:
    on = stage()
    moment = datetime(2026, 11, 22, 20, 5, tzinfo=UTC)
    session = SessionModel(on.port, now=lambda: moment)
    assert session.property("time") == "04:05"
    session.close()
    hours, minutes = map(int, on.shell.session.property("time").split(":"))
    now = datetime.now(UTC)
    ahead = (hours * 60 + minutes - now.hour * 60 - now.minute) % (24 * 60)
    assert ahead in (479, 480)
    assert wording.moment("2026-11-22T20:05:00Z", "en") == "23 November 2026 04:05"


@pytest.mark.parametrize(("slower", "seconds"), [(False, 30), (True, 60)])
def test_the_ring_shows_what_is_really_left(
    stage: Callable[..., Any], slower: bool, seconds: int
) -> None:
    on = stage()
    calm = visits()["result"]
    calm = replace(calm, assist=replace(calm.assist, slower=slower))
    warned = replace(calm, idle_warning=True)
    on.show(warned)
    ring = on.find("idleRing")
    assert (ring.property("total"), ring.property("remaining")) == (seconds, seconds)
    on.time += 12
    on.show(replace(warned, calling_staff=True))
    on.shell.session.idle_left_changed.emit()
    assert ring.property("remaining") == seconds - 12
    on.time += 1000
    on.shell.session.idle_left_changed.emit()
    assert ring.property("remaining") == 0
    on.show(calm)
    on.show(warned)
    assert on.find("idleRing").property("remaining") == seconds


def test_the_result_leads_to_the_case_and_to_nobody(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["result"])
    assert on.find("followCode").property("text") == "https://portal.example/lookup/7K4M92QF3TX7"
    assert on.find("lookupCode").property("text") == "7K4M·92QF·3TX7"
    on.show(visits()["result.rejected"])
    assert not [item for item in on.items() if item.objectName() == "followCode"]


def test_what_was_refused_after_all_leads_to_staff_with_its_code(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["result.rejected"])
    shown = [str(item.property("text") or "") for item in on.items()]
    assert "7K4M·92QF·3TX7" in shown
    assert on.find("primary").property("text") == "请工作人员帮忙"
    on.click("primary")
    assert events.HelpWanted() in on.port.posted
    on.click("secondary")
    assert on.port.posted[-1] == events.LeaveRequested()


@pytest.mark.parametrize(
    ("code", "available", "portal", "waits_for"),
    [
        ("", "", "ok", "answer"),
        ("", "", "portal.unreachable", "platform"),
        ("portal.unreachable", "", "ok", "platform"),
        ("gateway.unavailable", "", "portal.unreachable", "city"),
        ("", "item.city_down", "ok", "city"),
    ],
)
def test_a_kept_request_says_what_it_waits_for(
    stage: Callable[..., Any], code: str, available: str, portal: str, waits_for: str
) -> None:
    on = stage()
    on.port.broken = {"portal": portal}
    visit = visits()["result.stored"]
    assert visit.submission is not None
    stored = replace(visit.submission, code=code)
    on.show(replace(visit, submission=stored, availability=Availability(code=available)))
    model = on.shell.models[Step.RESULT]
    assert model.property("waitsFor") == waits_for
    words = {
        "city": "对方城市的系统现在收不了。",
        "platform": "现在连不上政务平台。",
        "answer": "政务平台还没有回复。",
    }
    shown = " ".join(str(item.property("text")) for item in on.items())
    assert [key for key, text in words.items() if text in shown] == [waits_for]
    on.show(visits()["result.unknown"])
    shown = " ".join(str(item.property("text")) for item in on.items())
    assert "申请已经送出" in shown
    assert not any(text in shown for text in words.values())


def test_typing_on_the_screen_searches_and_turns_letters_into_characters(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    on.show(visits()["home"])
    on.click("searchWay")
    settle()
    for key in "she":
        on.click(f"key-{key}", later=0.05)
    model = on.shell.models[Step.HOME]
    assert model.property("words") == "she"
    assert on.find("item-SI-PROOF").isVisible()
    on.shell.grab()  # a list is laid out when a frame is drawn
    assert on.find("candidate-0").property("text") == "设"
    on.click("candidate-1")
    assert model.property("words") == "社"
    for key in "baozm":
        on.click(f"key-{key}", later=0.05)
    on.click("key-back", later=0.05)
    assert model.property("words") == "社baoz"
    on.shell.grab()
    on.click("candidate-0")
    assert len(model.property("words")) == 3
    assert model.property("words")[0] == "社"
    on.click("back")
    assert model.property("mode") == "home"


def still(visit: Visit) -> Visit:
    """Without the fade of a new screen, which would mix colours."""
    return replace(visit, assist=replace(visit.assist, reduced_motion=True))


def colour_at(on: Any, item: QQuickItem, x: float, y: float) -> QColor:
    settle()
    place = item.mapToScene(item.boundingRect().topLeft()).toPoint()
    offset = QPoint(round(item.width() * x), round(item.height() * y))
    return on.shell.grab().pixelColor(place + offset)


def camera(on: Any) -> QQuickItem:
    (found,) = (i for i in on.items() if i.metaObject().className().startswith("CameraFrame"))
    return found


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1280, 720)])
def test_the_camera_is_seen_and_goes_away(
    stage: Callable[..., Any], width: int, height: int
) -> None:
    on = stage()
    writer = FrameWriter(width, height)
    writer.write(bytes((RED.blue(), RED.green(), RED.red())) * (width * height))
    on.port.frames = writer.info
    on.show(still(Visit()))
    on.show(still(visits()["face"]))
    live = camera(on)
    assert live.property("hasFrame")
    assert colour_at(on, live, 0.5, 0.5) == RED
    on.port.frames = None
    live.look()
    assert not live.property("hasFrame")
    assert colour_at(on, live, 0.3, 0.3) != RED
    writer.close()


@pytest.mark.parametrize(
    ("state", "words"), [("staff", "印的照片"), ("staff.portrait", "同一个人")]
)
def test_staff_are_told_what_to_compare_the_person_with(
    stage: Callable[..., Any], state: str, words: str
) -> None:
    on = stage()
    on.enter(states()[state], visits()["staff"])
    assert any(words in str(item.property("text")) for item in on.items())


def test_the_portrait_on_the_card_is_shown_to_staff_and_goes_with_it(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    on.show(still(Visit()))
    on.enter(states()["staff"], still(visits()["staff"]))
    (picture,) = (i for i in on.items() if i.metaObject().className().startswith("CardPortrait"))
    assert not picture.property("hasFrame")
    on.port.portrait = portrait()
    on.show(still(replace(visits()["staff"], staff_reason="face.again")))
    assert picture.property("hasFrame")
    assert colour_at(on, picture, 0.5, 0.5) == QColor("#D9B79C")
    on.port.portrait = None
    on.show(still(visits()["staff"]))
    assert not picture.property("hasFrame")


def test_a_notice_comes_and_goes_while_nobody_touches_anything(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["attract"])
    names = [item.objectName() for item in on.items()]
    assert "attractNotice" not in names
    on.port.posters = (NOTICE,)
    on.port.change()
    settle()
    shown = " ".join(str(item.property("text")) for item in on.items())
    assert f"{NOTICE.text.zh}（2026年11月26日 08:00 起）" in shown
    on.port.posters = ()
    on.port.change()
    settle()
    assert "attractNotice" not in [item.objectName() for item in on.items()]
