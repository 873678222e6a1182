"""A stage with an open shell on it, for the screens' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.visit.model import Visit
from screens.audit.hearing import seen, unheard
from screens.fixtures import FakePort
from screens.gallery_states import Scene, State, settle
from screens.shell import Shell, ShellOptions, walk
from screens.speech import Recorder
from screens.typing.near import NearTypist


def coming_up(item: QQuickItem) -> bool:
    """A page or the panel of a sheet, which fades in, before its first step."""
    if item.opacity() > 0:
        return False
    parent = item.parentItem()
    return item.inherits("QQuickLoader") or "Sheet_" in parent.metaObject().className()


@dataclass
class Stage:
    """An open shell over a fake terminal, with fingers and a clock of its own."""

    orientation: str = "portrait"
    port: FakePort = field(default_factory=FakePort)
    time: float = 1000.0
    options: ShellOptions | None = None
    speaker: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        options = self.options or ShellOptions(orientation=self.orientation)
        self.shell = Shell(
            self.port, options, clock=lambda: self.time, typist=NearTypist(), speaker=self.speaker
        )
        self.shell.open()
        settle()
        self.scene = Scene(self.shell, self.port)

    def enter(self, state: State, visit: Visit | None = None) -> None:
        self.scene.show(state, visit)

    def show(self, visit: Visit) -> None:
        self.port.put(visit)
        settle()

    def items(self) -> list[QQuickItem]:
        return [item for item in walk(self.shell.view.rootObject()) if item.isVisible()]

    def find(self, name: str) -> QQuickItem:
        return next(item for item in self.items() if item.objectName() == name)

    def centre(self, item: QQuickItem) -> QPoint:
        return item.mapToScene(item.boundingRect().center()).toPoint()

    def place(self, name: str) -> QPoint:
        """The item's centre, once the layout has come to rest: a finger aims at what stands."""
        before, centre = None, self._laid_out(name)
        while centre != before:
            settle()
            before, centre = centre, self._laid_out(name)
        return centre

    def _laid_out(self, name: str) -> QPoint:
        """Its centre with all layouts above it done, which are otherwise with the next frame."""
        item = self.find(name)
        above = [item]
        while (parent := above[-1].parentItem()) is not None:
            above.append(parent)
        for one in reversed(above):
            one.ensurePolished()
        return self.centre(item)

    def click(self, name: str, later: float = 1.0) -> None:
        self.time += later
        QTest.mouseClick(
            self.shell.view,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            self.place(name),
        )
        settle()

    def unheard(self, language: str) -> list[str]:
        """Words that can be seen, but that voice guidance says neither with the whole page nor when
        something gets the focus."""
        self.risen()
        return unheard(self.shell.view, self.shell.view.rootObject(), language)

    def risen(self) -> None:
        """Wait for a page or sheet that only begins to come up: of what is transparent nothing is seen."""
        while any(coming_up(item) for item in self.items()):
            settle()

    def seen(self) -> str:
        """All words that can be seen."""
        self.risen()
        return " ".join(words for words, _ in seen(self.shell.view.rootObject()))

    def events(self, kind: type) -> list[object]:
        return [event for event in self.port.posted if isinstance(event, kind)]


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[Callable[..., Stage]]:
    """Opens stages and closes them again. pytest-qt's Python message handler would deadlock with
    QML's loader thread (it waits for the GIL), so Qt's own handler is put back while QML loads."""
    before = qInstallMessageHandler(None)
    opened: list[Stage] = []

    def make(orientation: str = "portrait", options: ShellOptions | None = None) -> Stage:
        opened.append(Stage(orientation, options=options))
        return opened[-1]

    yield make
    for one in opened:
        one.shell.close()
    settle()
    qInstallMessageHandler(before)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A busy test machine makes the GUI thread late; that is not these tests' matter."""
    for item in items:
        if "tests/screens/" in item.path.as_posix():
            item.add_marker(pytest.mark.logs(r"^screens\.lateness "))
