"""The window before there is a terminal: it is there at once, the rest is loaded behind it.

Knows Qt and nothing else of the house, so that nothing else is loaded before the first picture.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer, QUrl
from PySide6.QtGui import QColor, QCursor, QPixmap
from PySide6.QtQml import QQmlApplicationEngine, QQmlEngine, qmlRegisterSingletonType
from PySide6.QtQuick import QQuickView

from screens import runtime
from screens.behind import PATIENCE_MS, Behind

T = TypeVar("T")

QML = Path(__file__).parent / "qml"
DESIGN = {"portrait": QSize(1080, 1920), "landscape": QSize(1920, 1080)}


class Opening:
    """The terminal's window with its name on it. All methods are for the GUI thread.

    The shell takes over the window and its engine (:meth:`hand_over`), so that one picture follows
    the other without a gap.
    """

    def __init__(self, size: QSize, *, fullscreen: bool) -> None:
        self._app = runtime.application()
        # Somebody who closes the window now ends nothing yet: it comes back with the terminal.
        self._app.setQuitOnLastWindowClosed(False)
        view, engine = new_window()
        self._window: tuple[QQuickView, QQmlApplicationEngine] | None = (view, engine)
        view.setInitialProperties({"fonts": [runtime.SANS]})
        view.setSource(QUrl.fromLocalFile(str(QML / "Opening.qml")))
        place(view, size, fullscreen=fullscreen)

    @property
    def view(self) -> QQuickView:
        """The window, until it is handed over."""
        return self._own()[0]

    def _own(self) -> tuple[QQuickView, QQmlApplicationEngine]:
        if self._window is None:
            raise RuntimeError("the window was handed over before")
        return self._window

    def first_picture(self) -> None:
        """Wait until the window has shown itself; not for ever, as nobody may see it."""
        loop = QEventLoop()
        self.view.frameSwapped.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop.quit)
        loop.exec()
        self.view.frameSwapped.disconnect(loop.quit)

    def meanwhile(self, work: Callable[[], T]) -> T:
        """Do ``work`` on a thread of its own, after the first picture, while the window lives.
        Returns or raises what it does."""
        loop = QEventLoop()
        behind = Behind(self.view, work, loop.quit)
        loop.exec()
        return behind.result()

    def hand_over(self) -> tuple[QQuickView, QQmlApplicationEngine]:
        """Window and engine, which belong to the caller from now on."""
        window, self._window = self._own(), None
        self._app.setQuitOnLastWindowClosed(True)
        return window

    def close(self) -> None:
        """Take the window away, if nobody took it over."""
        if self._window is not None:
            view, engine = self.hand_over()
            view.close()
            shiboken6.delete(view)
            shiboken6.delete(engine)


def new_window() -> tuple[QQuickView, QQmlApplicationEngine]:
    """An empty window, not shown yet, and its engine."""
    _register_singletons()
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    no_parent: Any = None  # the stub asks for a QWindow, Qt for one or none
    view = QQuickView(engine, no_parent)
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.setTitle("Citizen Window")
    return view, engine


SINGLETONS = {
    "Session": "session",
    "Icons": "icons",
    "Drawings": "drawings",
    "Typing": "typing",
    "Workshop": "workshop",
}
"""Name in QML, and the engine's property that holds the object."""
_registered: list[str] = []


def _register_singletons() -> None:
    """Say which singletons there will be, before the first file is loaded: PySide makes a singleton
    known under QObject's own type, and what was compiled before no longer fits what comes after. So
    nothing is said of their classes, which would load half of the house; QML asks the objects."""
    register: Any = qmlRegisterSingletonType  # the stub asks for bytes, Qt for str
    for name, held in SINGLETONS.items():
        if name not in _registered:
            register(QObject, "Citizen", 1, 0, name, _of_engine(held))
            _registered.append(name)


def _of_engine(name: str) -> Callable[[QQmlEngine], QObject]:
    def find(engine: QQmlEngine) -> QObject:
        found: QObject = engine.property(name)
        return found

    return find


# Of Qt.WindowType. The names of the namespace Qt are made all at once when the first is asked for: a tenth
# of an empty window, for which the first picture need not wait.
_WINDOW, _FRAMELESS = 0x1, 0x800


def _no_cursor() -> QCursor:
    nothing = QPixmap(1, 1)
    nothing.fill(QColor(0, 0, 0, 0))
    return QCursor(nothing)


def place(view: QQuickView, size: QSize, *, fullscreen: bool) -> None:
    """Show the window, or bring it to another size."""
    if fullscreen:
        view.setProperty("flags", _WINDOW | _FRAMELESS)
        view.setCursor(_no_cursor())
        view.showFullScreen()
        return
    if view.visibility() is QQuickView.Visibility.FullScreen:  # guessed wrongly, see config.window
        view.setProperty("flags", _WINDOW)
        view.unsetCursor()
    if not view.isVisible():
        view.resize(size)
    view.showNormal()
    view.resize(size)
