"""Pictures of the terminal's window at every screen a scripted person passes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from screens.shell import Shell

_PATIENCE_S = 5.0
_LOOK_MS = 15
_SETTLED_MS = 220
_SAME_SCREEN_MS = 60
_CALL_S = 20.0


class ScreenRecorder(QObject):
    """Called as ``recorder(visit_no, label)`` from any thread but the GUI's; returns the path of
    the picture, ``out/screens/NN-visit/NN-label.png``.

    Waits until the window shows the step the label begins with and its transition is over.
    """

    _asked = Signal(object)

    def __init__(self, shell: Shell, out: Path) -> None:
        super().__init__()
        self._shell = shell
        self._folder = out / "screens"
        self._visit_no = 0
        self._count = 0
        self._last_step = ""
        self._asked.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def __call__(self, visit_no: int, label: str) -> Path:
        """Take one picture; the caller's thread writes the file."""
        if visit_no != self._visit_no:
            self._visit_no, self._count = visit_no, 0
        self._count += 1
        taken: Future[QImage] = Future()
        step, deadline = label.partition("-")[0], monotonic() + _PATIENCE_S
        self._asked.emit(lambda: self._look(step, deadline, taken))
        picture = taken.result(_CALL_S)
        path = self._folder / f"{visit_no:02d}-visit" / f"{self._count:02d}-{label}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(path)):
            raise OSError(f"cannot write {path.name}")
        return path

    @Slot(object)
    def _begin(self, job: Callable[[], None]) -> None:
        job()

    def _look(self, step: str, deadline: float, taken: Future[QImage]) -> None:
        there = self._shell.session.property("step") == step
        if there or monotonic() > deadline:
            # One that never comes is photographed as it is: the picture then says what was there.
            wait = _SAME_SCREEN_MS if step == self._last_step else _SETTLED_MS
            self._last_step = step
            QTimer.singleShot(wait, lambda: self._take(taken))
        else:
            QTimer.singleShot(_LOOK_MS, lambda: self._look(step, deadline, taken))

    def _take(self, taken: Future[QImage]) -> None:
        try:
            taken.set_result(self._shell.grab())
        except RuntimeError as error:
            taken.set_exception(error)
