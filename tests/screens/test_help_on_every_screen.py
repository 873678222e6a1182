"""What the assistance sheet promises, looked at on every screen; a person called; sounds and their
twins for the eye."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from config.text import Text
from kiosk.visit import advance, events
from kiosk.visit.model import Assistance, Availability, TextSize, Visit
from screens.accessible_tree import visible
from screens.audit.snapshot import Box
from screens.audit.stillness import nothing_moves, noticed, places, stirred
from screens.fixtures import FakeDirectory
from screens.gallery_states import settle, states
from screens.gallery_visits import visits
from screens.journeys.keypad import wait
from screens.speech import phrases, tones
from screens.speech.phrases import Kind

MOVES = ("Animation", "Timer")


def plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def moving(on: Any) -> list[str]:
    """Everything of the scene that beats again and again: endless animations and repeating timers."""
    root = on.shell.view.rootObject()
    found: list[str] = []
    for thing in root.findChildren(QObject):
        kind = thing.metaObject().className()
        if not any(word in kind for word in MOVES) or not thing.property("running"):
            continue
        if thing.property("repeat") or thing.property("loops") == -1:
            found.append(kind)
    return found


SHOWN_S = 5.0
TOLD = (Kind.TEXT, Kind.HEADING, Kind.ALERT)
DRAWN = re.compile(r"第 \d+ 步，共 \d+ 步：.+|已输入 \d+ 位")
"""The voice's words for what a drawing tells: the trail of steps, the dots of a PIN."""


def heard_only(on: Any) -> list[str]:
    """Sentences of the voice that stand nowhere on the screen."""
    shown = plain(on.seen())
    return [
        node.name
        for node in visible(on.shell.view)
        if node.kind in TOLD and plain(node.name) not in shown and not DRAWN.fullmatch(node.name)
    ]


def shown_all(on: Any) -> bool:
    """All that is said stands on the screen; a frame is drawn for what does not yet."""
    if heard_only(on):
        on.shell.grab()
    return not heard_only(on)


def test_every_screen_stands_still_on_wish_and_shows_what_it_says(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    beat: set[str] = set()
    wrong: list[tuple[str, ...]] = []
    for name, state in states().items():
        if "." in name and name not in ("home.call_failed", "attract.headset", "result.paper_out"):
            continue
        on.enter(state)
        beat |= {name} if moving(on) else set()
        assist = replace(state.visit.assist, voice=True, reduced_motion=True)
        on.enter(state, replace(state.visit, assist=assist))
        # What is said stands there once the page has come up, which a busy machine is slow at.
        wait(lambda: shown_all(on), SHOWN_S)
        wrong += [(name, *moving(on), *heard_only(on))] if moving(on) or heard_only(on) else []
    assert wrong == []
    assert {"attract", "submitting", "identify"} <= beat, "the rest of the test looks at nothing"


# --- a person -------------------------------------------------------------------------------------


def test_a_call_shows_its_time_and_is_taken_back_by_one_touch(stage: Callable[..., Any]) -> None:
    on = stage()
    visit = advance(visits()["home"], events.HelpWanted())[0]
    on.show(visit)
    since = on.shell.session.callSince
    assert re.fullmatch(r"\d\d:\d\d", since)
    assert f"正在通知工作人员（{since}）" in on.seen()
    told = advance(visit, events.StaffTold(visit.help_call, True))[0]
    on.show(told)
    assert f"{since} 已通知工作人员" in on.seen()
    on.click("headerNote")
    on.click("withdrawCall")
    assert on.events(events.HelpWithdrawn) == [events.HelpWithdrawn()]
    on.show(advance(told, events.HelpWithdrawn())[0])
    assert "通知工作人员" not in on.seen()
    assert on.shell.session.callSince == ""


def test_in_low_reach_a_call_is_taken_back_in_the_sheet(
    stage: Callable[..., Any], qtbot: Any
) -> None:
    on = stage()
    low = replace(visits()["home.calling"], assist=Assistance(low_reach=True))
    on.show(low)
    assert not on.find("headerNote").isEnabled()
    on.click("assist")
    # The sheet takes some rounds to find its height.
    qtbot.waitUntil(lambda: len({on.place("withdrawHere").toTuple() for _ in range(8)}) == 1)
    on.click("withdrawHere")
    assert on.events(events.HelpWithdrawn) == [events.HelpWithdrawn()]


def test_a_second_call_is_one_only_if_the_first_did_not_get_through(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    called = visits()["home.calling"]
    on.show(called)
    on.click("help")
    assert on.events(events.HelpWanted) == [events.HelpWanted()]
    assert advance(called, events.HelpWanted())[0].help_call == called.help_call
    failed = replace(called, help_told=False)
    assert advance(failed, events.HelpWanted())[0].help_call != failed.help_call


def test_a_call_that_did_not_get_through_says_so_and_is_made_again(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    on.show(visits()["home.call_failed"])
    assert "没有通知到工作人员" in on.seen()
    on.click("headerNote")
    on.click("callAgain")
    assert on.events(events.HelpWanted) == [events.HelpWanted()]


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
def test_what_comes_up_moves_nothing_under_a_finger(
    stage: Callable[..., Any], orientation: str
) -> None:
    on = stage(orientation)
    looks = (
        Assistance(reduced_motion=True),
        Assistance(reduced_motion=True, text_size=TextSize.LARGEST, voice=True),
        Assistance(reduced_motion=True, text_size=TextSize.LARGE, low_reach=True),
    )
    for assist in looks:
        for name in ("home", "review"):
            on.show(replace(visits()[name], assist=assist))
            assert len(places(on.shell)) > 5
            every = assist.text_size is TextSize.NORMAL
            assert list(nothing_moves(on.shell, on.port, every=every)) == [], (name, assist)


@pytest.mark.parametrize("orientation", ["portrait", "landscape"])
@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGE])
def test_news_of_a_call_moves_nothing_on_the_sheet_that_tells_of_it(
    stage: Callable[..., Any], orientation: str, size: TextSize
) -> None:
    on = stage(orientation)
    for name, again in (
        ("home.calling", False),
        ("home.notices", False),
        ("home.call_failed", True),
    ):
        visit = visits()[name]
        on.show(replace(visit, assist=Assistance(reduced_motion=True, text_size=size)))
        on.click("headerNote")
        assert ("callAgain 1" in places(on.shell)) is again
        assert list(nothing_moves(on.shell, on.port, every=True)) == [], name
        on.click("noteWaits")


def test_a_call_that_fails_while_its_sheet_is_open_can_be_made_again_from_it(
    stage: Callable[..., Any],
) -> None:
    on = stage()
    on.show(visits()["home.calling"])
    on.click("headerNote")
    on.port.put(noticed(on.port.visit)["a call that failed"])
    settle()
    on.click("callAgain")
    assert on.events(events.HelpWanted) == [events.HelpWanted()]


def test_what_a_finger_would_miss() -> None:
    here, beside = Box(0, 0, 10, 10), Box(20, 0, 10, 10)
    assert stirred({"go 1": here}, {"go 1": here, "new 1": beside}) == ""
    assert stirred({"go 1": here, "old 1": beside}, {"go 1": here}) == ""
    assert stirred({"go 1": here}, {"go 1": beside}) == "go moves"
    assert stirred({"go 1": here}, {"new 1": Box(9, 9, 10, 10)}) == "new comes up where go was"


def test_two_things_at_once_stand_in_the_header_and_all_is_told_by_a_touch(
    stage: Callable[..., Any], qtbot: Any
) -> None:
    on = stage()
    on.show(visits()["home.notices"])
    assert "已通知" in on.seen()
    assert "停电" in on.seen()
    on.click("headerNote")
    qtbot.waitUntil(lambda: "这件事可以办完，不再开始新的" in on.seen())
    qtbot.waitUntil(lambda: len({on.place("withdrawCall").toTuple() for _ in range(8)}) == 1)
    on.click("withdrawCall")
    assert on.events(events.HelpWithdrawn) == [events.HelpWithdrawn()]


def test_a_sheet_goes_with_what_it_told_of(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(visits()["home.calling"])
    on.click("headerNote")
    assert on.find("noteSheet").property("title") != ""
    on.show(visits()["home"])
    assert "noteSheet" not in {item.objectName() for item in on.items()}


class _Away(FakeDirectory):
    """Nothing can be had now."""

    def availability(self, code: str, city: str = "") -> Availability:
        return Availability(
            possible=False,
            code="item.offline_never",
            words=Text(zh="网络不通，暂不能办", en="No network now"),
        )


def test_when_the_network_goes_nothing_of_home_moves(stage: Callable[..., Any], qtbot: Any) -> None:
    on = stage()
    on.show(visits()["home"])

    def stands() -> bool:
        return any(name.startswith("mine ") for name in places(on.shell))

    qtbot.waitUntil(stands, timeout=10_000)
    before = places(on.shell)
    on.port.directory = _Away()
    on.port.change()
    settle()
    assert "网络不通" in on.seen()
    assert places(on.shell) == before


# --- sounds and their twins -----------------------------------------------------------------------


def test_a_tone_has_a_character_that_appears(stage: Callable[..., Any], qtbot: Any) -> None:
    on = stage()
    on.show(replace(visits()["form"], assist=Assistance(voice=True), form_errors={}))
    qtbot.waitUntil(lambda: bool(on.speaker.said), timeout=10_000)
    field = on.find("input-field-phone")
    field.forceActiveFocus()
    qtbot.waitUntil(lambda: "手机号码" in on.speaker.said[-1].text, timeout=10_000)
    field.setProperty("text", "138")
    on.shell.grab()
    qtbot.waitUntil(lambda: tones.TONE in on.speaker.said[-1].text, timeout=10_000)
    assert on.speaker.said[-1].text.count(tones.TONE) == 3
    assert field.property("displayText") == "138"
    assert phrases.typed("1", "13", "zh_CN", private=False) == tones.TONE
    settle()


def test_a_visit_without_voice_makes_no_sound(stage: Callable[..., Any]) -> None:
    on = stage()
    on.show(Visit())
    on.show(visits()["home.calling"])
    settle()
    assert on.speaker.said == []
