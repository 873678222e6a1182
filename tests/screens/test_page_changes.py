"""What QML's heap keeps of the pages that were left: nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLoggingCategory
from PySide6.QtGui import QGuiApplication

from kiosk.visit.model import Visit
from screens.gallery_states import states

if TYPE_CHECKING:
    from conftest import Stage


@pytest.fixture
def counted() -> Iterator[None]:
    """Qt tells the size of QML's heap with each collection."""
    QLoggingCategory.setFilterRules("qt.qml.gc.allocatorStats=true")
    yield
    QLoggingCategory.setFilterRules("")


def test_a_page_left_leaves_nothing_in_qmls_heap(
    stage: Callable[..., Stage], counted: None, capfd: pytest.CaptureFixture[str]
) -> None:
    one = stage()
    engine = one.shell.view.engine()

    def change() -> None:
        one.enter(states()["resume"])
        one.show(Visit())
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def heap() -> int:
        capfd.readouterr()
        engine.collectGarbage()
        told = re.findall(r"memory after GC: (\d+)", capfd.readouterr().err)
        return int(told[-1])

    sizes = []
    for _ in range(8):
        for _ in range(2):
            change()
        heap()
        sizes.append(heap())
    # Pages are still being made ready behind this: what is kept of each change grows in every round.
    assert min(after - before for before, after in itertools.pairwise(sizes)) <= 0
