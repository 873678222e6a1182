"""Home is made behind the page that nobody is at, shown by the touch, and let go when left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from config.text import Text
from kiosk.visit.model import Availability, Step
from screens.gallery_visits import visits
from screens.shell import walk

if TYPE_CHECKING:
    from conftest import Stage


@pytest.fixture
def ready(stage: Callable[..., Stage], qtbot: QtBot) -> Stage:
    """The attract screen, home made behind it."""
    one = stage()
    one.show(visits()["attract"])
    qtbot.waitUntil(lambda: made(one))
    return one


def made(one: Stage) -> bool:
    """Is home there, whole, behind the page?"""
    place = next(i for i in walk(one.shell.view.rootObject()) if i.objectName() == "standing")
    return bool(place.property("item")) and not place.isVisible()


def rows(one: Stage) -> int:
    """What stands behind: life situations on a home that nobody sees."""
    names = [
        item.objectName() for item in walk(one.shell.view.rootObject()) if not item.isVisible()
    ]
    return len([name for name in names if name.startswith("situation-")])


def seen(one: Stage) -> list[str]:
    return [item.objectName() for item in one.items()]


def test_the_touch_shows_what_stood_ready(ready: Stage) -> None:
    behind = rows(ready)
    assert not [name for name in seen(ready) if name.startswith("situation-")]
    ready.show(visits()["home"])
    assert len([name for name in seen(ready) if name.startswith("situation-")]) == behind
    assert rows(ready) == 0, "it is the same page, not a second one"
    ready.click("situation-insurance")
    assert ready.shell.models[Step.HOME].property("mode") == "situation"


def test_what_changed_since_it_was_made_is_on_it(
    ready: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = Availability(
        possible=False, code="item.no_printer", words=Text(zh="缺纸", en="No paper")
    )
    monkeypatch.setattr(ready.port.directory, "availability", lambda code, city="": none)
    ready.show(replace(visits()["home"], language="en"))
    texts = [str(item.property("text") or "") for item in ready.items()]
    assert "No paper" in texts
    assert "What can we do for you?" in texts


def test_a_home_that_is_left_is_let_go_and_stands_anew_after_the_visit(
    ready: Stage, qtbot: QtBot
) -> None:
    ready.show(visits()["home"])
    ready.show(visits()["guide"])
    assert rows(ready) == 0
    ready.show(visits()["home"])
    assert "search" not in seen(ready)
    assert [name for name in seen(ready) if name.startswith("situation-")]
    ready.show(visits()["farewell"])
    assert rows(ready) == 0
    ready.show(visits()["attract"])
    qtbot.waitUntil(lambda: made(ready))
    assert rows(ready) > 0


def test_keys_do_not_reach_what_stands_behind(ready: Stage) -> None:
    window = ready.shell.view
    reached = set()
    for _ in range(20):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        at = window.activeFocusItem()
        assert at is not None
        assert at.isVisible()
        reached.add(at.objectName())
    assert len(reached) > 3


def test_who_asks_for_help_before_its_sheet_is_made_gets_it_at_once(
    stage: Callable[..., Stage],
) -> None:
    on = stage()
    sheet = on.shell.view.rootObject().findChild(QQuickItem, "assistance")
    assert sheet is not None
    sheet.setProperty("open", True)
    assert on.find("assistSheet").property("open"), "no turn of the loop in between"
    on.find("assistSheet").setProperty("open", False)
    assert not sheet.property("open")
