"""Work on a thread of its own that begins once the window has shown a picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtQuick import QQuickView

PATIENCE_MS = 1000
"""A window that nobody can see shows no pictures; the work begins without one."""

T = TypeVar("T")


class Behind(Generic[T]):
    """Runs ``work`` after the next picture of ``view``, then calls ``on_end`` on the GUI thread."""

    def __init__(self, view: QQuickView, work: Callable[[], T], on_end: Callable[[], None]) -> None:
        self._view = view
        self._work = work
        self._done: Future[T] = Future()
        self._bell = _Bell()
        self._bell.rung.connect(on_end, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="behind", daemon=True)
        self._begin = QTimer()
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._thread.start)
        self._begin.start(PATIENCE_MS)
        view.frameSwapped.connect(self._seen)
        view.update()

    def _seen(self) -> None:
        self._view.frameSwapped.disconnect(self._seen)
        if self._begin.isActive():
            self._begin.start(0)

    def _run(self) -> None:
        try:
            self._done.set_result(self._work())
        except BaseException as error:  # a wish to exit, too, is for the thread that asks
            self._done.set_exception(error)
        self._bell.rung.emit()

    def forestall(self) -> None:
        """Let it not begin if it has not, else wait for its end."""
        self._begin.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def result(self) -> T:
        """What the work returned, or raises what it raised; only after its end."""
        return self._done.result(0)

    @property
    def failed(self) -> bool:
        """Did it end by raising?"""
        return self._done.done() and self._done.exception() is not None


class _Bell(QObject):
    rung = Signal()
