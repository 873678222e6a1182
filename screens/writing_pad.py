"""The field to write one character on; each stroke asks anew what it may be."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from screens.stroke_pad import StrokePad
from screens.typing.handwriting import MAX_POINTS, MAX_STROKES
from screens.typing_desk import TypingDesk

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WritingPad(StrokePad):
    """Asks its ``desk`` for characters after every stroke."""

    desk_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._desk: TypingDesk | None = None

    def _get_desk(self) -> TypingDesk | None:
        return self._desk

    def _set_desk(self, desk: TypingDesk | None) -> None:
        self._desk = desk
        self.desk_changed.emit()

    desk = Property(QObject, _get_desk, _set_desk, notify=desk_changed)

    def drawn(self) -> None:
        """Ask what it is so far. More strokes than any character has are a scribble: start over."""
        if len(self.strokes) > MAX_STROKES or sum(map(len, self.strokes)) > MAX_POINTS:
            self.clear()
        elif self._desk is not None:
            strokes = [[(float(x), float(y)) for x, y, _ in stroke] for stroke in self.strokes]
            self._desk.recognise(strokes, self.width(), self.height())

    def cleared(self) -> None:
        """Nothing drawn, nothing offered."""
        if self._desk is not None:
            self._desk.clear()
