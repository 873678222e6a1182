"""A field to draw on with a finger: strokes with times, shown as they are drawn."""

from __future__ import annotations

import time

from PySide6.QtCore import Property, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtQuick import QQuickItem

from screens.painted import Painted

Point = tuple[int, int, int]
MAX_STROKES = 500
"""As many as a submission may hold; whoever scribbles on is not heard."""


class StrokePad(Painted):
    """Collects strokes of (x, y, ms since the first point) in the item's own pixels.

    A subclass takes what was drawn in :meth:`drawn` and hears of a fresh start in :meth:`cleared`.
    """

    empty_changed, ink_changed = Signal(), Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAntialiasing(True)
        self.strokes: list[list[Point]] = []
        self.began = 0.0
        self._drawing = False
        self._ink = QColor("black")
        self._pen_width = 6.0

    def drawn(self) -> None:
        """A stroke ended."""

    def cleared(self) -> None:
        """Everything was wiped."""

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        if ink != self._ink:
            self._ink = ink
            self.ink_changed.emit()
            self.update()

    def _is_empty(self) -> bool:
        return not self.strokes

    def _get_pen_width(self) -> float:
        return self._pen_width

    def _set_pen_width(self, width: float) -> None:
        self._pen_width = width
        self.update()

    ink = Property(QColor, _get_ink, _set_ink, notify=ink_changed)
    penWidth = Property(float, _get_pen_width, _set_pen_width, notify=ink_changed)
    empty = Property(bool, _is_empty, notify=empty_changed)

    @Slot()
    def clear(self) -> None:
        """Start over."""
        self.strokes = []
        self._drawing = False
        self.empty_changed.emit()
        self.update()
        self.cleared()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins; the page under it must not take it for a scroll."""
        self.setKeepMouseGrab(True)
        self._drawing = len(self.strokes) < MAX_STROKES
        event.accept()
        if not self._drawing:
            return
        if not self.strokes:
            self.began = time.monotonic()
        self.strokes.append([self._point(event)])
        self.empty_changed.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._drawing:
            self.strokes[-1].append(self._point(event))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends; what is drawn so far is handed in."""
        if not self._drawing:
            return
        self._drawing = False
        self.strokes[-1].append(self._point(event))
        self.update()
        self.drawn()

    def _point(self, event: QMouseEvent) -> Point:
        x = min(max(event.position().x(), 0.0), self.width())
        y = min(max(event.position().y(), 0.0), self.height())
        return round(x), round(y), round((time.monotonic() - self.began) * 1000)

    def paint(self, painter: QPainter) -> None:
        """All strokes, round-capped; a dot where the finger only tapped."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(
                self._ink,
                self._pen_width,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        for stroke in self.strokes:
            points = [QPointF(x, y) for x, y, _ in stroke]
            if len(set(stroke)) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
