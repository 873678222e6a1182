"""Work on a thread of its own that begins once the window has shown a picture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQuick import QQuickView

PATIENCE_MS = 1000
"""A window that nobody can see shows no pictures; the work begins without one."""

T = TypeVar("T")


class Behind(Generic[T]):
    """Runs ``work`` after the next picture of ``view``, then calls ``on_end`` on the GUI thread."""

    def __init__(self, view: QQuickView, work: Callable[[], T], on_end: Callable[[], None]) -> None:
        self._view = view
        self._work = work
        # No future: what it brings with it would be loaded before the first picture.
        self._done = threading.Event()
        self._returned: T | None = None
        self._raised: BaseException | None = None
        self._bell = _Bell(on_end)
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
            self._returned = self._work()
        except BaseException as error:  # a wish to exit, too, is for the thread that asks
            self._raised = error
        self._done.set()
        self._bell.rung.emit()

    def forestall(self) -> None:
        """Let it not begin if it has not, else wait for its end."""
        self._begin.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def result(self) -> T:
        """What the work returned, or raises what it raised; only after its end."""
        if not self._done.is_set():
            raise RuntimeError("it has not ended")
        if self._raised is not None:
            raise self._raised
        return cast(T, self._returned)

    @property
    def failed(self) -> bool:
        """Did it end by raising?"""
        return self._done.is_set() and self._raised is not None


class _Bell(QObject):
    """Lives in the thread that waits: rung in another one, it is heard there (Qt queues by itself)."""

    rung = Signal()

    def __init__(self, on_end: Callable[[], None]) -> None:
        super().__init__()
        self._on_end = on_end
        self.rung.connect(self._hear)

    @Slot()
    def _hear(self) -> None:
        self._on_end()
