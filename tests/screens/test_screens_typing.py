"""The terminal's keyboard, by its keys: sound, handwriting, letters, marks and digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.visit.model import Contrast, TextSize
from screens.gallery import dressed
from screens.gallery_states import enter_line, settle, states
from screens.gallery_visits import visits


def at_field(stage: Callable[..., Any], name: str, visit: str = "form.second") -> Any:
    on = stage()
    on.show(visits()[visit])
    enter_line(on.shell, name)
    settle()
    return on


def press(on: Any, keys: str) -> None:
    for key in keys:
        on.click(f"key-{key}", later=0.05)


def typed(on: Any, name: str) -> str:
    return str(on.find(f"input-field-{name}").property("text"))


def offered(on: Any) -> list[str]:
    return [offer["text"] for offer in on.shell._typing.offers]


def take(on: Any, text: str) -> None:
    on.shell.grab()  # a list is laid out when a frame is drawn
    on.click(f"candidate-{offered(on).index(text)}", later=0.05)


def draw(on: Any, strokes: list[list[tuple[float, float]]]) -> None:
    pad: QQuickItem = on.find("writingPad")
    for stroke in strokes:
        points = [
            pad.mapToScene(QPoint(round(x * pad.width()), round(y * pad.height()))).toPoint()
            for x, y in stroke
        ]
        view, left, none = on.shell.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(view, left, none, points[0])
        for point in points[1:]:
            QTest.mouseMove(view, point)
        QTest.mouseRelease(view, left, none, points[-1])
    settle()


def test_another_language_brings_the_keys_back_from_under_all_offers(
    stage: Callable[..., Any],
) -> None:
    on = at_field(stage, "note")
    press(on, "yan")
    on.click("moreOffers", later=0.05)
    assert "key-q" not in {item.objectName() for item in on.items()}
    on.show(replace(on.port.visit, language="en"))
    assert on.find("key-q").isVisible()
    press(on, "yan")
    assert typed(on, "note") == "yan"


@pytest.mark.parametrize("text", ["你好", "李建国", "镕", "堃", "䶮"])
def test_words_names_and_rare_characters(stage: Callable[..., Any], text: str) -> None:
    letters = {"你好": "nihao", "李建国": "lijianguo", "镕": "rong", "堃": "kun", "䶮": "yan"}
    on = at_field(stage, "note")
    on.find("keyboard").setProperty("personName", text != "你好")
    press(on, letters[text])
    if len(text) == 1:  # on the first page of all characters of that sound
        on.click("moreOffers", later=0.05)
        on.shell.grab()
        singles = [offer for offer in offered(on) if len(offer) == 1]
        on.click(f"character-{singles.index(text)}", later=0.05)
    else:
        assert offered(on)[0] == text
        take(on, text)
    assert typed(on, "note") == text
    assert on.find("keyboard").property("letters") == ""


def test_part_of_the_letters_becomes_a_word_and_the_rest_waits(stage: Callable[..., Any]) -> None:
    on = at_field(stage, "note")
    press(on, "shantoushi")
    take(on, "汕头")
    assert (typed(on, "note"), on.find("keyboard").property("letters")) == ("汕头", "shi")
    on.click("key-back", later=0.05)
    assert on.find("keyboard").property("letters") == "sh"
    press(on, "1")  # a digit goes straight into the line
    assert typed(on, "note") == "汕头1"


def test_a_character_is_written_by_hand(stage: Callable[..., Any]) -> None:
    on = at_field(stage, "note")
    on.click("mode-hand")
    draw(
        on,
        [
            [(0.25, 0.2), (0.75, 0.2)],
            [(0.28, 0.5), (0.72, 0.5)],
            [(0.5, 0.2), (0.5, 0.84)],
            [(0.15, 0.84), (0.85, 0.84)],
        ],
    )
    assert offered(on)[0] == "王"
    take(on, "王")
    assert typed(on, "note") == "王"
    assert offered(on) == []
    assert on.find("writingPad").property("empty")
    draw(on, [[(0.3, 0.3), (0.6, 0.6)]])
    on.click("wipeWriting", later=0.05)
    assert offered(on) == []
    on.click("writing-back", later=0.05)
    assert typed(on, "note") == ""


def test_letters_capitals_and_marks(stage: Callable[..., Any]) -> None:
    on = at_field(stage, "note")
    on.click("mode-letters")
    on.click("key-shift", later=0.05)
    press(on, "ab")
    on.click("mode-marks")
    press(on, "？2")
    assert typed(on, "note") == "Ab？2"


def test_a_character_of_two_units_is_deleted_as_one(stage: Callable[..., Any]) -> None:
    on = at_field(stage, "note")
    press(on, "ji")
    assert "𪟝" in offered(on)
    on.click("key-back", later=0.05)
    on.click("key-back", later=0.05)
    on.find("input-field-note").setProperty("text", "一𪟝")
    on.find("input-field-note").setProperty("cursorPosition", 3)
    on.click("key-back", later=0.05)
    assert typed(on, "note") == "一"


def test_nothing_typed_outlives_the_visit(stage: Callable[..., Any]) -> None:
    on = at_field(stage, "note")
    press(on, "nihao")
    assert offered(on) != []
    on.show(visits()["attract"])
    assert offered(on) == []


def test_the_line_typed_in_stays_in_sight_where_there_is_least_room(
    stage: Callable[..., Any], qtbot: Any
) -> None:
    on = stage("landscape")
    state = states()["form.keyboard"]
    on.enter(
        state, dressed(state.visit, "zh_CN", TextSize.LARGEST, Contrast.NORMAL, low_reach=True)
    )

    def seen_whole() -> bool:
        line, keys = on.find("input-field-note"), on.find("keyboard")
        area = line.mapRectToScene(line.boundingRect())
        top = keys.mapToScene(keys.boundingRect().topLeft()).y()
        return bool(area.top() > 200 and area.bottom() <= top)

    qtbot.waitUntil(seen_whole)
    assert not [item for item in on.items() if item.objectName() == "pageDown"]


@pytest.mark.parametrize(
    ("state", "size"), [("form.resumed", TextSize.NORMAL), ("form", TextSize.LARGEST)]
)
def test_tab_leads_from_a_line_to_the_button_below_though_the_keys_on_the_screen_close(
    stage: Callable[..., Any], state: str, size: TextSize
) -> None:
    """With the keys the buttons to scroll with go, and the action bar may come."""
    on = stage()
    found = states()[state]
    on.enter(found, dressed(found.visit, "zh_CN", size, Contrast.NORMAL))
    on.click("input-field-phone")
    assert on.find("keyboard").isVisible()
    QTest.keyClick(on.shell.view, Qt.Key.Key_Tab)
    settle()
    assert on.shell.view.activeFocusItem().objectName() == "back"
    assert "keyboard" not in {item.objectName() for item in on.items()}
