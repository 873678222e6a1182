"""What is below the screen's edge comes up by the two large buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

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
