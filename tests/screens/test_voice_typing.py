"""Who only hears: every letter typed, every offer apart from its like, and what they waited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.visit.model import Assistance
from screens.gallery_states import enter_line, settle
from screens.gallery_visits import visits
from screens.speech import phrases
from screens.speech.notice import Notice
from screens.speech.phrases import Kind, Node
from screens.speech.tones import tones
from screens.typing import characters, names
from screens.typing.engine import Candidate
from screens.typing.near import NearTypist
from screens.typing.telling import told
from screens.typing_desk import TypingDesk


class Hall:
    """A window with the voice on, and what it said since the last look."""

    def __init__(self, on: Any, qtbot: Any) -> None:
        self.on = on
        self._qtbot = qtbot

    def show(self, name: str, **change: Any) -> None:
        self.on.show(replace(visits()[name], assist=Assistance(voice=True), **change))

    def until(self, *words: str) -> str:
        said = self.on.speaker.said

        def all_said() -> None:
            assert not [w for w in words if not any(w in one.text for one in said)], said

        self._qtbot.waitUntil(all_said, timeout=10_000)
        heard = " | ".join(one.text for one in said)
        said.clear()
        return heard

    def strike(self, name: str) -> None:
        """Enter on a key of the screen, which then has the focus."""
        self.on.shell.grab()
        self.on.find(name).forceActiveFocus(Qt.FocusReason.TabFocusReason)
        self.until("按钮")
        self.on.time += 1
        QTest.keyClick(self.on.shell.view, Qt.Key.Key_Return)
        settle()


@pytest.fixture
def hall(stage: Callable[..., Any], qtbot: Any) -> Hall:
    return Hall(stage(), qtbot)


def test_a_letter_is_said_to_a_headset_and_is_a_tone_in_a_hall(hall: Hall) -> None:
    hall.show("form.second")
    enter_line(hall.on.shell, "note")
    hall.on.click("mode-letters")
    hall.until("输入框")
    hall.strike("key-w")
    assert "w" not in hall.until(tones(1))
    hall.on.shell.reader.private = True
    hall.strike("key-a")
    hall.until("a。")
    hall.strike("key-space")
    hall.until("空格，wa。")
    hall.strike("key-back")
    hall.until("空格，已删除。")


def test_offers_are_told_apart_and_the_word_is_said(hall: Hall) -> None:
    hall.show("form.second")
    enter_line(hall.on.shell, "note")
    hall.on.find("keyboard").setProperty("personName", True)
    hall.until("输入框")
    hall.strike("key-l")
    hall.until("l。1 ")
    hall.strike("key-i")
    hall.until("l i。1 李，木子李。2 黎，黎明的黎。")
    hall.on.shell.grab()
    hall.on.find("candidate-0").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    hall.until("李，木子李，按钮")
    hall.on.shell.reader.private = True
    QTest.keyClick(hall.on.shell.view, Qt.Key.Key_1)
    hall.until("李。")


def test_a_search_is_nobodys_secret_and_what_it_found_is_said(hall: Hall) -> None:
    hall.show("home")
    hall.until("您好")
    hall.on.shell.models[hall.on.port.visit.step].show_list("search", "")
    settle()
    hall.until("找要办的事")
    hall.strike("key-s")
    hall.until("s。", "项服务")
    hall.on.find("input-search").setProperty("text", "zzzzqq")
    hall.until("没有找到")


def test_free_times_that_come_after_a_wait_are_said(hall: Hall) -> None:
    hall.show("slots", slots=(), slot=None, busy=True)
    hall.until("正在查找空闲时段")
    hall.show("slots")
    hall.until("有空位的日子：")


NUMBER = Node(Kind.FIELD, "Number", value="138", key=7)


@pytest.mark.parametrize(
    ("before", "now", "private", "said"),
    [
        ("13", "138", True, "8"),
        ("138", "138 0", True, "0"),
        ("a", "ab c", True, "b c"),
        ("ab", "ab ", True, "space, ab"),
        ("wang", "王", True, "王"),
        ("ac", "abc", True, "b"),
        ("aa", "aaa", True, "a"),
        ("a@", "a", True, "at sign, deleted"),
        ("138", "13", False, "deleted"),
        ("13", "1380", False, tones(2)),
        ("13", "93", False, tones(1)),
    ],
)
def test_what_is_said_of_typing(before: str, now: str, private: bool, said: str) -> None:
    assert phrases.typed(before, now, "en", private=private) == said


def test_a_lone_mark_has_a_name() -> None:
    key = Node(Kind.BUTTON, "，")
    assert phrases.described(key, "zh_CN", private=False) == "逗号，按钮"
    assert phrases.described(key, "en", private=False) == "Chinese comma, button"


def test_a_field_that_changes_beside_the_focus_is_noticed_once() -> None:
    notice, more = Notice(), replace(NUMBER, value="1380")
    key = Node(Kind.BUTTON, "0", key=8)
    assert notice.written([NUMBER, key], key) == []
    assert notice.written([more, key], key) == [(NUMBER, more)]
    assert notice.written([more, key], key) == []
    assert notice.written([NUMBER], NUMBER) == [], "the focus itself says so"


def test_what_was_waited_for_is_said_on_its_own_page_alone() -> None:
    page = [Node(Kind.PANE, "Times"), Node(Kind.HEADING, "Times", depth=1)]
    work = Node(Kind.WORK, "Looking", depth=1)
    there = [*page, Node(Kind.TEXT, "Free on 5 days", depth=1), Node(Kind.BUTTON, "Book", depth=1)]
    sheet = [Node(Kind.DIALOG, "Trouble")]
    notice = Notice()
    assert notice.arrived([*page, work], ("slots",)) == []
    assert notice.arrived(sheet, ("slots",)) == []
    assert notice.arrived(there, ("slots",)) == ["Times", "Free on 5 days"]
    assert notice.arrived(there, ("slots",)) == []
    assert notice.arrived([*page, work], ("slots",)) == []
    assert notice.arrived(there, ("answer",)) == []


def test_every_usual_character_of_names_is_told_from_its_like() -> None:
    assert told("李建国") == "木子李，建设的建，国家的国"
    assert told("䶮") == "龙天䶮"
    assert told("䴗") == "读音ju第二声"
    assert told("汕头市政府") == ""
    usual = {*names._SURNAMES, *"".join(names._COMPOUND), *names._GIVEN, *characters._COMMON}
    words = {char: told(char) for char in usual}
    assert not [char for char, word in words.items() if char not in word and "读音" not in word]
    assert len([word for word in words.values() if "读音" in word]) < 20
    assert len(set(words.values())) > len(words) - 5


class Slow(NearTypist):
    """An engine that has not answered yet."""

    def __init__(self) -> None:
        self.answers: list[Callable[[], None]] = []

    def words(self, letters: str, *, name: bool, told: Callable[[list[Candidate]], None]) -> None:
        self.answers.append(lambda: told([Candidate("李", 2)] if letters == "li" else []))


def test_that_there_is_no_such_character_is_known_once_the_engine_has_answered(
    qapp: QGuiApplication,
) -> None:
    engine = Slow()
    desk = TypingDesk(engine)
    for letters, found in (("v", 0), ("li", 1)):
        desk.look_up(letters, False)
        assert desk.property("asking") is True
        engine.answers.pop()()
        settle()
        assert desk.property("asking") is False
        assert len(desk.property("offers")) == found
    desk.look_up("l", False)
    desk.clear()
    assert desk.property("asking") is False
