"""What is drawn with a finger: cheap to show, taken back stroke by stroke, kindly asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.visit import events
from screens import stroke_pad
from screens.gallery_visits import visits


def unsigned(stage: Callable[..., Any]) -> Any:
    on = stage()
    on.show(replace(visits()["sign"], signature=None))
    return on


def stroke(on: Any, *points: tuple[int, int]) -> None:
    pad = on.find("pad")
    corner = pad.mapToScene(pad.boundingRect().topLeft()).toPoint()
    first, *rest = [corner + QPoint(*point) for point in points]
    QTest.mousePress(on.shell.view, Qt.MouseButton.LeftButton, pos=first)
    for point in rest:
        QTest.mouseMove(on.shell.view, point)
    QTest.mouseRelease(on.shell.view, Qt.MouseButton.LeftButton, pos=rest[-1])


def test_a_moving_finger_has_only_its_last_piece_drawn(
    stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    on = unsigned(stage)
    stroke(on, (100, 100), (200, 160), (300, 100))
    on.shell.grab()
    drawn: list[int] = []
    draw = stroke_pad._draw

    def counted(painter: Any, points: Sequence[Any]) -> None:
        drawn.append(len(points))
        draw(painter, points)

    monkeypatch.setattr(stroke_pad, "_draw", counted)
    pad = on.find("pad")
    for n in range(1, 40):
        pad._add((300 + n, 100 + n, 50 + n))
        on.shell.grab()
    assert drawn == [2] * 39


def test_the_last_stroke_is_taken_back_and_no_other(stage: Callable[..., Any]) -> None:
    on = unsigned(stage)
    stroke(on, (100, 100), (300, 160))
    once = on.shell.grab()
    stroke(on, (100, 300), (400, 380))
    assert on.shell.grab() != once
    on.click("undoStroke")
    handed = on.events(events.SignatureDrawn)
    assert [len(event.signature.strokes) for event in handed] == [1, 2, 1]
    assert on.find("pad").strokes == [list(handed[0].signature.strokes[0])]
    on.click("undoStroke")
    assert on.events(events.SignatureDrawn)[-1].signature is None
    assert on.find("pad").property("empty")


def test_an_empty_frame_is_no_dead_button(stage: Callable[..., Any]) -> None:
    on = unsigned(stage)
    assert not any(item.objectName() == "unsigned" for item in on.items())
    on.click("primary")
    assert not on.events(events.Continued)
    assert on.find("unsigned").property("text")
    on.show(visits()["sign"])
    assert not any(item.objectName() == "unsigned" for item in on.items())
    on.click("primary")
    assert len(on.events(events.Continued)) == 1
