"""Screens compiled ahead of their first use, one at a time while the thread is free."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

PAUSE_MS = 30


class Preloader(QObject):
    """Compiles QML files into the engine's cache and keeps them there.

    Reading and compiling a screen costs 5–40 ms, more than making its items. QML's loader thread does
    it while the attract screen is shown; this thread only asks, and asks for one after the other.
    """

    def __init__(self, engine: QQmlEngine, urls: Iterable[QUrl]) -> None:
        super().__init__()
        self._engine = engine
        self._waiting = list(urls)
        self._kept: list[QQmlComponent] = []
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start()

    @property
    def done(self) -> bool:
        """Is everything compiled?"""
        return not self._waiting and not self._loading

    @property
    def _loading(self) -> bool:
        return bool(self._kept) and self._kept[-1].isLoading()

    def _next(self) -> None:
        if self._loading:
            return
        if self._waiting:
            mode = QQmlComponent.CompilationMode.Asynchronous
            self._kept.append(QQmlComponent(self._engine, self._waiting.pop(0), mode))
        else:
            self._timer.stop()

    def close(self) -> None:
        """Let go, before the engine does."""
        self._timer.stop()
        self._waiting.clear()
        self._kept.clear()
