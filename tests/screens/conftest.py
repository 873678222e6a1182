"""Qt without a screen; the environment is set before Qt is imported anywhere."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QSG_RENDER_LOOP"] = "basic"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_QUICK_CONTROLS_STYLE"] = "Basic"

from collections.abc import Callable, Iterator  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402

import pytest  # noqa: E402
from PySide6.QtCore import QPoint, Qt, qInstallMessageHandler  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtQuick import QQuickItem  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from kiosk.visit.model import Visit  # noqa: E402
from screens.fixtures import FakePort  # noqa: E402
from screens.gallery import settle  # noqa: E402
from screens.shell import Shell, ShellOptions, walk  # noqa: E402


@dataclass
class Stage:
    """An open shell over a fake terminal, with fingers and a clock of its own."""

    orientation: str = "portrait"
    port: FakePort = field(default_factory=FakePort)
    time: float = 1000.0

    def __post_init__(self) -> None:
        options = ShellOptions(orientation=self.orientation)
        self.shell = Shell(self.port, options, clock=lambda: self.time)
        self.shell.open()
        settle()

    def show(self, visit: Visit) -> None:
        self.port.put(visit)
        settle()

    def items(self) -> list[QQuickItem]:
        return [item for item in walk(self.shell.view.rootObject()) if item.isVisible()]

    def find(self, name: str) -> QQuickItem:
        return next(item for item in self.items() if item.objectName() == name)

    def centre(self, item: QQuickItem) -> QPoint:
        return item.mapToScene(item.boundingRect().center()).toPoint()

    def click(self, name: str, later: float = 1.0) -> None:
        self.time += later
        QTest.mouseClick(
            self.shell.view,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            self.centre(self.find(name)),
        )
        settle()

    def events(self, kind: type) -> list[object]:
        return [event for event in self.port.posted if isinstance(event, kind)]


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[Callable[..., Stage]]:
    """Opens stages and closes them again. pytest-qt's Python message handler would deadlock with
    QML's loader thread (it waits for the GIL), so Qt's own handler is put back while QML loads."""
    before = qInstallMessageHandler(None)
    opened: list[Stage] = []

    def make(orientation: str = "portrait") -> Stage:
        opened.append(Stage(orientation))
        return opened[-1]

    yield make
    for one in opened:
        one.shell.close()
    settle()
    qInstallMessageHandler(before)
