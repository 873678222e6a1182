"""What is below the screen's edge comes up by the two large buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from config.text import Text
from kiosk.visit.model import Assistance, TextSize
from screens.gallery_visits import visits
from screens.opening import QML
from screens.shell import walk


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


DRAWING = b"""
import QtQuick
import QtQuick.Layouts
import Kit
Scroller {
    id: scroller
    objectName: "tried"
    property real share: 0
    Rectangle { Layout.fillWidth: true; Layout.preferredHeight: scroller.share * width }
}
"""


@pytest.mark.timeout(60, method="thread")
@pytest.mark.parametrize("share", [0.3, 0.4, 0.42, 0.44, 0.46, 0.48, 0.5, 0.55, 0.6, 0.7, 0.9])
def test_a_drawing_as_wide_as_its_column_comes_to_rest(
    stage: Callable[..., Any], share: float
) -> None:
    on = stage("landscape")
    on.show(replace(visits()["attract"], assist=Assistance(text_size=TextSize.LARGE)))
    view = on.shell.view
    component = QQmlComponent(view.engine())
    component.setData(DRAWING, QUrl.fromLocalFile(f"{QML}/Tried.qml"))
    tried = component.createWithInitialProperties(
        {"share": share, "width": view.width(), "height": view.height() * 0.75}
    )
    assert isinstance(tried, QQuickItem), component.errorString()
    tried.setParentItem(view.rootObject())
    view.grabWindow()  # polishes until nothing moves any more
    flick = next(item for item in walk(tried) if item.inherits("QQuickFlickable"))
    room, height = tried.height(), flick.property("contentHeight")
    assert tried.property("turned") or height <= room + 1, "what is out of sight can't be reached"
    tried.setProperty("share", 0.05)
    view.grabWindow()
    assert not tried.property("turned"), "buttons without anything to turn"
    tried.setParentItem(None)
    tried.deleteLater()


@pytest.mark.timeout(60, method="thread")  # what never comes to rest comes back to no signal either
@pytest.mark.parametrize("lines", range(1, 9))
def test_a_sheet_comes_to_rest_when_its_words_become_large(
    stage: Callable[..., Any], lines: int
) -> None:
    """It is as high as its words, and its own height lags behind them: that is no overflow."""
    on = stage("landscape")
    reason = Text(zh="这里办不了这件事" * lines, en="This can't be handled here. " * lines)
    asked = visits()["place.no_way"]
    assert asked.trouble is not None
    trouble = asked.trouble if lines == 1 else replace(asked.trouble, reason=reason)
    told = replace(asked, language="en", trouble=trouble)
    for size in (TextSize.NORMAL, TextSize.LARGEST, TextSize.LARGE, TextSize.NORMAL):
        on.show(replace(told, assist=Assistance(text_size=size, reduced_motion=True)))
        on.shell.view.grabWindow()
        sheet = next(item for item in on.items() if item.objectName() == "troubleSheet")
        flick = next(item for item in walk(sheet) if item.inherits("QQuickFlickable"))
        fits = flick.property("contentHeight") <= flick.height() + 1
        turned = any(i.objectName() == "pageDown" and i.isVisible() for i in walk(sheet))
        assert fits is not turned, (size, "buttons where there is more to see, and nowhere else")
