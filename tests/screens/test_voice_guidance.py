"""Voice guidance: the right words at the right moment, silence when somebody acts, and none after
the visit. That everything seen can be heard is proved in test_screens_every_look.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.documents import sentences, slip_for
from kiosk.terminal.clock import china_now
from kiosk.visit import advance, events
from kiosk.visit.assistance import LOUDEST, RATES
from kiosk.visit.model import Assistance, PrintJob, PrintState, Trouble, Visit
from screens.gallery_states import settle
from screens.gallery_visits import visits
from screens.speech import Said, phrases
from screens.speech.phrases import Kind, Node
from screens.speech.spoken import spoken


def heard(name: str, **change: Any) -> Visit:
    return replace(visits()[name], **{"assist": Assistance(voice=True), **change})


class Listener:
    """Someone who hears what the stage says, and has keys."""

    def __init__(self, on: Any, qtbot: Any) -> None:
        self.on = on
        self._qtbot = qtbot
        self.heard: list[Said] = []

    def until(self, *words: str) -> str:
        """Wait for all these words; all that was said meanwhile. It is then forgotten."""
        said = self.on.speaker.said

        def all_said() -> None:
            assert not [w for w in words if not any(w in one.text for one in said)], said

        self._qtbot.waitUntil(all_said, timeout=10_000)
        self.heard = list(said)
        said.clear()
        return " | ".join(one.text for one in self.heard)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.on.shell.view, key)
        settle()


def to_the_telephone(listener: Listener) -> None:
    """By the keys: into the page, not to what stands above it."""
    listener.press(Qt.Key.Key_Tab)
    assert listener.until("手机号码，输入框，还没填").startswith("手机号码")


def test_the_tools_follow_the_page(listener: Listener) -> None:
    listener.on.show(heard("out_of_service"))
    listener.until("暂停服务")
    for words in (
        "呼叫工作人员，按钮。",
        "朗读整页，按钮，",
        "语音引导，可勾选，已选中。",
        "对比度：标准，按钮。",
    ):
        listener.press(Qt.Key.Key_Tab)
        listener.until(words)


@pytest.fixture
def listener(stage: Callable[..., Any], qtbot: Any) -> Listener:
    return Listener(stage(), qtbot)


def test_it_starts_by_one_key_and_ends_with_the_setting(listener: Listener) -> None:
    on = listener.on
    on.show(visits()["home"])
    listener.press(Qt.Key.Key_Tab)
    listener.press(Qt.Key.Key_F2)
    assert on.speaker.said == []
    listener.press(Qt.Key.Key_F1)
    assert on.events(events.AssistChanged) == [events.AssistChanged(Assistance(voice=True))]
    on.show(heard("home"))
    listener.until("您好，今天想办什么事？")
    on.show(visits()["home"])
    stops = len(on.speaker.stops)
    assert stops > 0
    listener.press(Qt.Key.Key_Tab)
    listener.press(Qt.Key.Key_F1)
    assert on.speaker.said == []


def test_one_touch_in_the_assistance_sheet(listener: Listener) -> None:
    on = listener.on
    on.show(visits()["home"])
    on.click("assist")
    on.click("voice")
    assert on.events(events.AssistChanged) == [events.AssistChanged(Assistance(voice=True))]


def test_a_page_is_named_and_what_gets_the_focus_is_said(listener: Listener) -> None:
    on = listener.on
    on.show(heard("form"))
    words = listener.until("请核对您的信息。 第 1 页，共")
    assert "林晓岚" not in words
    to_the_telephone(listener)
    listener.press(Qt.Key.Key_F1)
    words = listener.until("林晓岚", "按钮")
    assert words.index("请核对您的信息") < words.index("林晓岚") < words.index("市民之窗")


def test_whatever_is_said_stops_when_somebody_acts(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    before = len(on.speaker.stops)
    listener.press(Qt.Key.Key_Shift)
    assert len(on.speaker.stops) == before + 1
    on.click("assist")
    assert len(on.speaker.stops) == before + 2
    assert on.speaker.said == [] or not on.speaker.said[0].text.startswith("您好")


def test_an_error_is_said_when_it_appears_and_only_then(listener: Listener) -> None:
    on = listener.on
    on.show(heard("form", form_errors={}))
    listener.until("请核对您的信息")
    on.show(heard("form", form_errors={"phone": "required"}))
    words = listener.until("请注意，请填写这一项")
    assert "请核对" not in words
    listener.press(Qt.Key.Key_F2)
    assert listener.until("请注意，请填写这一项")


def test_a_sheet_is_read_instead_of_what_it_covers(listener: Listener) -> None:
    on = listener.on
    on.show(heard("result"))
    listener.until("已受理。 不用您再来。")
    on.show(heard("result", idle_warning=True))
    listener.until("您还在吗")
    assert listener.heard[-1].interrupt
    listener.press(Qt.Key.Key_F1)
    words = listener.until("我还需要时间，按钮")
    assert "龙湖区" not in words
    on.show(heard("result", trouble=Trouble("printer.paper_out", ("retry", "staff"))))
    listener.until("纸")


def test_silence_is_told_where_voice_guidance_is_switched(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    on.click("assist")
    listener.until("让操作更轻松")
    listener.press(Qt.Key.Key_F1)
    listener.until("语音引导，可勾选，已选中，把屏幕上的字读给您听")
    on.speaker.trouble = "no_device"
    listener.press(Qt.Key.Key_Tab)
    listener.until("小")
    listener.press(Qt.Key.Key_F1)
    listener.until("语音引导，可勾选，已选中，这台机器现在没有声音")


def test_a_card_left_behind_is_called_out_again(listener: Listener) -> None:
    on = listener.on
    left = heard("farewell.card_left", card_reminders=0)
    on.show(left)
    listener.until("卡")
    on.show(replace(left, card_reminders=1))
    listener.until("卡")


def test_the_language_changes_at_once(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    on.show(heard("home", language="en"))
    listener.until("What can we do for you?")
    assert on.speaker.said == []


def set_to(on: Any) -> Assistance:
    """What the person last asked for."""
    wanted = on.events(events.AssistChanged)[-1]
    assert isinstance(wanted, events.AssistChanged)
    return wanted.assist


def test_repeat_and_silence(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    listener.press(Qt.Key.Key_F2)
    assert listener.until("您好").startswith("您好")
    listener.press(Qt.Key.Key_F3)
    assert on.speaker.said == []
    assert not on.speaker.paused


@pytest.mark.parametrize(
    ("up", "down", "setting", "steps"),
    [
        (Qt.Key.Key_F5, Qt.Key.Key_F4, "rate", RATES),
        (Qt.Key.Key_F9, Qt.Key.Key_F8, "volume", range(1, LOUDEST + 1)),
    ],
)
def test_rate_and_volume_go_by_steps_within_limits_and_are_heard_at_once(
    listener: Listener, up: Qt.Key, down: Qt.Key, setting: str, steps: Sequence[float]
) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    for key, last in ((up, steps[-1]), (down, steps[0])):
        for _ in steps:
            before = len(on.port.posted)
            listener.press(key)
            if on.events(events.AssistChanged) and len(on.port.posted) > before:
                on.show(replace(visits()["home"], assist=set_to(on)))
            assert listener.until("您好").startswith("您好"), "the same again, as it is now"
        assert getattr(on.speaker, setting) == last
        assert getattr(set_to(on), setting) == last


def test_a_pause_keeps_the_place_and_the_key_goes_on(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    listener.press(Qt.Key.Key_F6)
    assert on.speaker.paused
    assert on.shell.session.readingPaused
    listener.press(Qt.Key.Key_F6)
    assert (on.speaker.paused, on.speaker.speaking) == (False, True)
    assert not on.shell.session.readingPaused
    listener.press(Qt.Key.Key_F7)
    assert on.speaker.skips == 1
    assert on.speaker.said == []


def test_one_button_reads_pauses_and_goes_on(listener: Listener) -> None:
    on = listener.on
    on.show(heard("home"))
    listener.until("您好")
    on.speaker.stop()
    on.click("readPage")
    listener.until("您好", "朗读整页，按钮")
    on.click("readPage")
    assert on.speaker.paused
    assert on.find("readPage").property("glyph") == "play"
    on.click("readPage")
    assert on.speaker.speaking
    assert on.find("readPage").property("glyph") == "book-open"
    assert not any("您好" in one.text for one in on.speaker.said), (
        "it goes on, it does not begin anew"
    )


def test_a_headset_is_welcomed_and_what_is_said_is_for_one_person(listener: Listener) -> None:
    on = listener.on
    plugged = advance(visits()["form"], events.HeadsetChanged(True))[0]
    on.show(plugged)
    words = listener.until("耳机已插入，只有您听得到", "请核对您的信息")
    assert words.startswith("请注意，耳机已插入"), "who it is for comes first"
    assert on.speaker.headset
    assert on.shell.reader.private
    on.show(advance(plugged, events.HeadsetChanged(False))[0])
    assert not on.speaker.headset
    assert not on.speaker.speaking
    settle()
    assert on.speaker.said == [], "the hall hears nothing"
    assert "耳机已拔出，不再朗读" in on.seen()


def test_a_headset_at_the_first_page_is_spoken_to(listener: Listener) -> None:
    on = listener.on
    on.show(advance(Visit(), events.HeadsetChanged(True))[0])
    listener.until("请注意，耳机已插入")
    on.show(
        advance(advance(Visit(), events.HeadsetChanged(True))[0], events.HeadsetChanged(False))[0]
    )
    assert "耳机已拔出，不再朗读" in on.seen()


def test_nothing_of_a_visit_is_left_to_be_said(listener: Listener) -> None:
    on = listener.on
    on.show(heard("result"))
    listener.until("已受理。")
    on.show(heard("result", assist=Assistance(voice=True, rate=2.0, volume=5)))
    on.speaker.said.clear()
    on.show(Visit())
    assert (on.speaker.rate, on.speaker.volume, on.speaker.paused) == (1.0, 3, False)
    listener.press(Qt.Key.Key_F2)
    assert on.speaker.said == []
    on.show(heard("home"))
    assert "您好" in listener.until("您好")
    on.shell.close()
    assert on.speaker.closed


def test_what_was_typed_is_said_into_a_headset_only(listener: Listener) -> None:
    on = listener.on
    on.show(heard("form", form_errors={}))
    listener.until("请核对您的信息")
    to_the_telephone(listener)
    field = on.find("input-field-phone")
    field.setProperty("text", "138")
    on.shell.grab()
    listener.press(Qt.Key.Key_F1)
    assert "138" not in listener.until("手机号码，输入框，已填3个字")
    on.shell.reader.private = True
    listener.press(Qt.Key.Key_F1)
    assert "138" in listener.until("手机号码，输入框，138")
    field.setProperty("text", "1380")
    listener.until("0")


def test_what_the_slip_says_is_said_once_it_is_printed_and_with_the_page(
    listener: Listener,
) -> None:
    on = listener.on
    printing = heard("result", receipt_print=PrintJob("receipt", PrintState.PRINTING))
    on.show(printing)
    assert "凭条上印着" not in listener.until("已受理")
    printed = replace(printing, receipt_print=PrintJob("receipt", PrintState.CONFIRMED))
    on.show(printed)
    words = listener.until("凭条上印着", "申请人")
    slip = slip_for(printed, "submission", on.port.place, china_now(), on.port.lookup_url)
    for sentence in sentences(slip)[:-2]:  # the last lines tell the minute
        assert spoken(sentence, "zh_CN", private=False) in words, sentence
    assert "号码不读出" in words
    listener.press(Qt.Key.Key_F1)
    assert listener.until("凭条上印着").index("已受理") < listener.heard[-1].text.index(
        "凭条上印着"
    )


FIELD = Node(Kind.FIELD, "Phone", value="138", description="For news")


def test_what_is_said_of_a_thing() -> None:
    assert phrases.described(FIELD, "en", private=False) == (
        "Phone, text field, 3 characters entered, For news"
    )
    assert phrases.described(FIELD, "en", private=True) == "Phone, text field, 138, For news"
    chosen = Node(Kind.RADIO, "大字", checkable=True, checked=True, disabled=True)
    assert phrases.described(chosen, "zh_CN", private=False) == "大字，单选，已选中，现在不能用"
    assert phrases.typed("13", "138", "en", private=True) == "8"
    assert phrases.typed("13", "1380", "en", private=False) == "♪♪"
    assert phrases.typed("138", "13", "en", private=False) == "deleted"


def test_the_topmost_sheet_hides_the_rest() -> None:
    nodes = [
        Node(Kind.TEXT, "site"),
        Node(Kind.PANE, "Home"),
        Node(Kind.HEADING, "Home", depth=1),
        Node(Kind.BUTTON, "Start", depth=1),
        Node(Kind.DIALOG, "Leave?"),
        Node(Kind.HEADING, "Leave?", depth=1),
        Node(Kind.TEXT, "All is erased.", depth=1),
        Node(Kind.BUTTON, "Stay", depth=1),
        Node(Kind.TEXT, "behind"),
    ]
    assert [node.name for node in phrases.on_top(nodes)][1:] == ["Leave?", "All is erased.", "Stay"]
    assert phrases.summary(phrases.on_top(nodes)) == ["Leave?", "All is erased."]
    assert phrases.whole_page(nodes[:4], "en", private=False) == ["Home", "Start, button", "site"]


def test_no_node_shows_words_in_its_repr() -> None:
    assert "138" not in repr(FIELD)
    assert "Phone" not in repr(FIELD)
