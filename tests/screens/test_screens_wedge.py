"""A scanner in keyboard mode: caught before any field, told from a person by the keys' own times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

import screens.wedge_filter
from kiosk.visit import events
from screens.gallery_states import settle
from screens.gallery_visits import visits
from screens.shell import ShellOptions

CODE = "CWID1.Ab-9_x"
SCAN_MS, PERSON_MS = 4, 140
DEADLINE_MS = 20_000
NOBODY = Qt.KeyboardModifier.NoModifier


class Typist:
    """Keys to the window of a form whose remark field has the focus, at times of their own."""

    def __init__(self, stage: Any) -> None:
        self.stage, self.ms = stage, 1_000
        stage.show(visits()["form.second"])
        self.field: QQuickItem = stage.find("input-field-note")
        self.field.forceActiveFocus()
        settle()

    @property
    def text(self) -> str:
        return str(self.field.property("text"))

    def press(self, text: str, later: int, key: Qt.Key | None = None, **more: Any) -> None:
        self.ms += later
        code = int(key or (Qt.Key.Key_Return if text == "\r" else ord(text.upper())))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, more.get("held", NOBODY), text, more.get("again", False))
            event.setTimestamp(self.ms)
            QCoreApplication.sendEvent(self.stage.shell.view, event)

    def type(self, text: str, later: int) -> None:
        for sign in text:
            self.press(sign, later)

    def codes(self) -> list[str]:
        return [event.code.reveal() for event in self.stage.events(events.CodeTyped)]


@pytest.fixture
def typist(stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Typist:
    # Only keys end what is held, so that a busy machine's timer does not decide.
    monkeypatch.setattr(screens.wedge_filter, "HOLD_MS", 600_000)
    return Typist(stage(options=ShellOptions(keyboard_scanner=True)))


def test_a_scan_reaches_the_visit_and_no_field(typist: Typist) -> None:
    typist.type(CODE + "\r", SCAN_MS)
    settle()
    assert (typist.codes(), typist.text) == ([CODE], "")
    typist.type(CODE[::-1] + "\r", SCAN_MS)
    assert (typist.codes(), typist.text) == ([CODE, CODE[::-1]], "")
    assert not typist.stage.events(events.FormEdited)
    assert typist.stage.events(events.Touched), "whoever scans is there"


def test_what_a_person_types_arrives_in_order_and_is_no_code(typist: Typist) -> None:
    typist.type("sample\r", PERSON_MS)
    assert (typist.codes(), typist.text) == ([], "sample")


def test_a_person_types_before_and_after_a_scan(typist: Typist) -> None:
    typist.type("ab", PERSON_MS)
    typist.ms += PERSON_MS
    typist.type(CODE + "\r", SCAN_MS)
    typist.type("cd\r", PERSON_MS)
    assert (typist.codes(), typist.text) == ([CODE], "abcd")


def test_two_keys_struck_together_are_typing(typist: Typist) -> None:
    typist.type("at\r", SCAN_MS)
    assert (typist.codes(), typist.text) == ([], "at")


def test_half_a_scan_is_no_typing_and_no_code(typist: Typist) -> None:
    typist.type(CODE, SCAN_MS)
    typist.type("x\r", PERSON_MS)
    assert (typist.codes(), typist.text) == ([], "x")


def test_what_is_too_long_for_a_code_goes_nowhere(typist: Typist) -> None:
    typist.type("7" * 1100 + "\r", SCAN_MS)
    assert (typist.codes(), typist.text) == ([], "")


def test_shift_belongs_to_a_scan_and_a_command_does_not(typist: Typist) -> None:
    for sign in CODE:
        typist.press("", 1, Qt.Key.Key_Shift)
        typist.press(sign, 1)
    typist.press("\r", 1)
    assert typist.codes() == [CODE]
    typist.type("ab", SCAN_MS)
    typist.press("\x01", SCAN_MS, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    typist.press("c", SCAN_MS)
    typist.press("\r", SCAN_MS)
    assert (typist.codes(), typist.text) == ([CODE], "abc"), "the command parts it; it does nothing"


def test_a_key_held_down_is_a_person(typist: Typist) -> None:
    typist.press("a", PERSON_MS)
    for _ in range(6):
        typist.press("a", 30, again=True)
    assert (typist.codes(), typist.text) == ([], "a" * 7)


def test_a_single_key_waits_only_a_moment(stage: Callable[..., Any], qtbot: QtBot) -> None:
    typist = Typist(stage(options=ShellOptions(keyboard_scanner=True)))
    typist.press("a", PERSON_MS)
    assert typist.text == ""
    qtbot.waitUntil(lambda: typist.text == "a", timeout=DEADLINE_MS)


def test_without_such_a_scanner_keys_are_keys(stage: Callable[..., Any]) -> None:
    typist = Typist(stage())
    typist.type("quick", SCAN_MS)
    assert (typist.codes(), typist.text) == ([], "quick")
