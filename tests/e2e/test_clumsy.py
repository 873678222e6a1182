"""Somebody clumsy at the whole terminal, for a moment; ``kiosk screens stumble`` goes on for as long as one
likes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from e2e_support import Desk, Stage
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

from kiosk.visit.model import Step
from screens.clumsy.outing import wander

pytestmark = [pytest.mark.logs(r"^screens\.lateness "), pytest.mark.timeout(300)]
ACTS = 80


@pytest.fixture
def window(qapp: QGuiApplication) -> Iterator[None]:
    """pytest-qt's message handler would deadlock with QML's loader thread; Qt's own is put back."""
    before = qInstallMessageHandler(None)
    yield
    qInstallMessageHandler(before)


def test_nothing_a_clumsy_person_does_leads_nowhere(desk: Desk, stage: Stage, window: None) -> None:
    report = wander(desk.terminal, stage.play, Random(7), "citizen-window", ACTS)
    if desk.terminal.visit.step is not Step.ATTRACT:
        desk.leave()
    assert report.found == {}
    assert sum(report.acts.values()) == ACTS
    assert len(report.steps) > 3, "it went somewhere"
