"""The one crossing from the terminal's threads to the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.terminal_port import TerminalPort
from kiosk.visit import model


class Bridge(QObject):
    """Hands each new visit to ``on_visit`` on the thread this object was made in.

    Callbacks arrive on any thread; a queued signal carries them over. Only the newest visit is
    shown: older ones still in the queue are skipped. When the terminal's surroundings change, the
    present visit is shown again.
    """

    _arrived = Signal()

    def __init__(self, port: TerminalPort, on_visit: Callable[[model.Visit], None]) -> None:
        super().__init__()
        self._port = port
        self._on_visit = on_visit
        self._newest: model.Visit | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe: Callable[[], None] | None = port.subscribe(self._take)
        self._unwatch = port.on_change(self._arrived.emit)

    def _take(self, visit: model.Visit) -> None:
        self._newest = visit
        self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        visit, self._newest = self._newest, None
        if self._unsubscribe is not None:
            self._on_visit(self._port.visit if visit is None else visit)

    def close(self) -> None:
        """Stop listening; visits still on their way are dropped."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
            self._unwatch()
        self._newest = None
