"""What is below the screen's edge comes up by the two large buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.visit.model import Assistance, TextSize
from screens.gallery_visits import visits


def test_a_page_that_is_longer_than_the_screen_is_turned_by_its_buttons(
    stage: Callable[..., Any], qtbot: Any
) -> None:
    on = stage()
    on.show(replace(visits()["slots"], assist=Assistance(text_size=TextSize.LARGEST)))
    column = next(item for item in on.items() if item.inherits("QQuickFlickable"))
    on.click("pageDown")
    qtbot.waitUntil(lambda: column.property("contentY") > 0)
    on.click("pageUp")
    qtbot.waitUntil(lambda: column.property("contentY") == 0)
    assert on.shell.warnings == []
