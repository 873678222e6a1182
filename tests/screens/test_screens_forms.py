"""The form's controls, by real touches and keys: grouping, the wheel, errors, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.personal import Personal
from kiosk.visit import events
from screens.gallery_states import enter_line, settle
from screens.gallery_visits import visits


def at(stage: Callable[..., Any], visit: str, field: str = "") -> Any:
    on = stage()
    on.show(visits()[visit])
    if field:
        enter_line(on.shell, field)
        settle()
    return on


def keys(on: Any, text: str) -> None:
    for char in text:
        QTest.keyClick(on.shell.view, char)
    settle()


def key(on: Any, *codes: Qt.Key) -> None:
    for code in codes:
        QTest.keyClick(on.shell.view, code)
    settle()


def line(on: Any, field: str) -> str:
    return str(on.find(f"input-field-{field}").property("text"))


def edits(on: Any, field: str) -> list[str]:
    return [e.value.reveal() for e in on.events(events.FormEdited) if e.name == field]


def hear(on: Any) -> None:
    """The visit with all edits so far comes back from the terminal."""
    visit = on.port.visit
    edited = {e.name: e.value for e in on.events(events.FormEdited)}
    on.port.posted.clear()
    on.show(replace(visit, form=MappingProxyType({**visit.form, **edited})))


def focused(on: Any) -> str:
    return str(on.shell.view.activeFocusItem().objectName())


@pytest.mark.parametrize(
    ("page", "field", "typed", "shown", "kept"),
    [
        ("form", "phone", "13900000012", "139 0000 0012", "13900000012"),
        ("form.numbers", "month", "202603", "2026-03", "2026-03"),
    ],
)
def test_a_line_groups_what_is_typed_and_keeps_it_plain(
    stage: Callable[..., Any], page: str, field: str, typed: str, shown: str, kept: str
) -> None:
    on = at(stage, page, field)
    keys(on, typed)
    assert line(on, field) == shown
    assert edits(on, field)[-1] == kept


def test_a_key_in_the_middle_goes_where_the_cursor_is(stage: Callable[..., Any]) -> None:
    on = at(stage, "form", "phone")
    keys(on, "1390000012")
    on.find("input-field-phone").setProperty("cursorPosition", 3)
    keys(on, "77")
    assert line(on, "phone") == "139 7700 0001"
    key(on, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert line(on, "phone") == "139 0000 01"


def test_late_echoes_undo_nothing(stage: Callable[..., Any]) -> None:
    on = at(stage, "form", "phone")
    start = on.port.visit
    for text in ("1", "3", "9"):
        keys(on, text)
    for seen in ("1", "13"):
        on.show(replace(start, form=MappingProxyType({**start.form, "phone": Personal(seen)})))
        assert line(on, "phone") == "139"
    key(on, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert edits(on, "phone") == ["1", "13", "139", "13", "1", ""]
    hear(on)
    assert line(on, "phone") == ""


def test_the_wheel_by_touch(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.second", "since")
    on.click("wheel-year-after", later=0.01)
    assert edits(on, "since") == ["2028-01-01"]
    on.click("wheel-day-before", later=0.01)  # before the terminal answered
    assert edits(on, "since") == ["2028-01-01", "2027-12-31"]
    hear(on)
    assert line(on, "since") == "2027-12-31"
    assert on.find("typingDone").property("text") == "就选 2027年12月31日 星期五"
    value = on.find("wheel-month")
    start = on.centre(value)
    view, left, none = on.shell.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, left, none, start)
    for dy in range(10, 90, 10):
        QTest.mouseMove(view, start + QPoint(0, dy))
    QTest.mouseRelease(view, left, none, start + QPoint(0, 80))
    settle()
    assert edits(on, "since")[-1] in ("2027-11-30", "2027-10-30")  # pulled down: back
    on.click("typingDone")
    assert not [i for i in on.items() if i.objectName() == "dateWheel"]


def test_the_wheel_by_keypad_alone(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.second", "since")
    assert on.find("dateWheel").isVisible()
    key(on, Qt.Key.Key_Return)
    assert focused(on) == "wheel-year"
    key(on, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up)
    assert edits(on, "since") == ["2028-01-01", "2027-12-01"]
    key(on, Qt.Key.Key_Return)
    assert focused(on) == "input-field-since"
    assert not any(item.objectName() == "dateWheel" for item in on.items())
    key(on, Qt.Key.Key_Return)
    assert focused(on) == "wheel-year"
    key(on, Qt.Key.Key_Escape)
    assert focused(on) == "input-field-since"
    assert on.events(events.WentBack) == []


def test_an_untouched_wheel_takes_what_it_shows(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.numbers", "month")
    today = on.shell.models[on.port.visit.step].wall().date()
    on.click("typingDone")
    assert edits(on, "month") == [f"{today:%Y-%m}"]


def test_digits_instead_of_the_wheel(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.second", "since")
    on.click("wheelDigits")
    assert on.find("key-7").isVisible()
    on.find("input-field-since").selectAll()
    keys(on, "20270315")
    assert edits(on, "since")[-1] == "2027-03-15"


def test_the_pad_has_what_the_field_needs(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.numbers", "spouse")
    on.click("key-X", later=0.05)
    assert line(on, "spouse") == "440599 1980 0101 0014"  # complete: nothing more goes in
    on.click("key-back", later=0.05)
    on.click("key-X", later=0.05)
    assert line(on, "spouse") == "440599 1980 0101 001X"


def test_an_error_is_said_beside_the_field_and_the_focus_goes_there(
    stage: Callable[..., Any],
) -> None:
    on = at(stage, "form.numbers")
    wrong = {"spouse": "citizen-number", "employer": "company-code"}
    on.click("primary")
    on.show(replace(on.port.visit, form_errors=MappingProxyType(wrong)))
    assert focused(on) == "input-field-spouse"
    said = [i.property("text") for i in on.items() if "对照" in str(i.property("text"))]
    assert any("身份证" in text for text in said)
    assert any("营业执照" in text for text in said)
    # Asked again with the same still wrong, it goes there again.
    on.click("typingDone")
    on.find("primary").forceActiveFocus()
    on.click("primary")
    assert focused(on) == "input-field-spouse"


def test_what_was_typed_but_not_yet_heard_is_checked(stage: Callable[..., Any]) -> None:
    on = at(stage, "form", "phone")
    keys(on, "13900000012")
    on.click("primary")
    assert on.events(events.FormPageDone)[-1].errors == {}


def test_a_change_of_language_keeps_the_line_and_the_wheel(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.second", "since")
    on.click("wheel-month-after")
    hear(on)
    on.show(replace(on.port.visit, language="en"))
    assert line(on, "since") == "2027-02-01"
    assert on.find("typingDone").property("text") == "Take Monday, 1 February 2027"


def test_an_address_by_touch_and_typing(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.address")
    on.click("address-440507")
    on.click("address-440507001")
    on.click("address-440507001003")
    assert edits(on, "lives")[-1] == "广东省汕头市龙湖区金霞街道金珠居委会"
    assert focused(on) == "input-field-lives"
    on.find("input-field-lives").setProperty("text", "8号")
    on.click("typingDone")
    hear(on)
    on.show(replace(on.port.visit, language="en"))
    assert line(on, "lives") == "8号"
    on.click("address-step-440500")  # from the city on: another one
    on.click("address-441900")
    on.click("address-441900003")
    assert edits(on, "lives")[-1] == "广东省东莞东城街道8号"


def test_an_address_without_its_place_is_not_handed_in(stage: Callable[..., Any]) -> None:
    on = at(stage, "form.address", "lives")
    on.find("input-field-lives").setProperty("text", "珠池路8号")
    on.click("typingDone")
    on.click("primary")
    assert on.events(events.FormPageDone)[-1].errors == {"lives": "address_region"}
    on.find("input-field-lives").setProperty("text", "金霞")
    settle()
    on.click("address-offer-0")
    assert edits(on, "lives")[-1] == "广东省汕头市龙湖区金霞街道"
