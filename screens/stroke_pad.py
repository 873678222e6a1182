"""A field to draw on with a finger: strokes with times, shown as they are drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Property, QPoint, QPointF, QRect, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen, QPolygonF
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
        self._layer = QImage()
        self._inked = 0
        """Points that are on the layer."""
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
            self.redraw()

    def _is_empty(self) -> bool:
        return not self.strokes

    def _get_pen_width(self) -> float:
        return self._pen_width

    def _set_pen_width(self, width: float) -> None:
        self._pen_width = width
        self.redraw()

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
            self._add(self._point(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends; what is drawn so far is handed in."""
        if not self._drawing:
            return
        self._drawing = False
        self._add(self._point(event))
        self.drawn()

    def _point(self, event: QMouseEvent) -> Point:
        x = min(max(event.position().x(), 0.0), self.width())
        y = min(max(event.position().y(), 0.0), self.height())
        return round(x), round(y), round((time.monotonic() - self.began) * 1000)

    @Slot()
    def undo(self) -> None:
        """Take the last stroke back."""
        if not self.strokes:
            return
        self.strokes.pop()
        self._drawing = False
        self.empty_changed.emit()
        self.update()
        (self.drawn if self.strokes else self.cleared)()

    def paint(self, painter: QPainter) -> None:
        """All strokes, from a layer to which each piece of a stroke is added as it is drawn: a long
        signature costs the moving finger no more than a short one."""
        size = QSizeF(self.width(), self.height()).toSize()
        if self._layer.size() != size or self._inked != self._points():
            self._layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            self._layer.fill(Qt.GlobalColor.transparent)
            with self._pen_on_layer() as pen:
                for stroke in self.strokes:
                    _draw(pen, stroke)
            self._inked = self._points()
        painter.drawImage(0, 0, self._layer)

    def redraw(self) -> None:
        """The strokes are others than those on the layer."""
        self._inked = -1
        self.update()

    def _points(self) -> int:
        return sum(map(len, self.strokes))

    def _add(self, point: Point) -> None:
        """The stroke goes on to ``point``: only what is new is drawn and shown."""
        stroke = self.strokes[-1]
        stroke.append(point)
        piece = stroke[-2:]
        if self._layer.isNull() or self._inked != self._points() - 1:
            self.update()
            return
        with self._pen_on_layer() as pen:
            _draw(pen, piece)
        self._inked += 1
        reach = round(self._pen_width) + 1
        (x0, y0, _), (x1, y1, _) = piece[0], piece[-1]
        corners = QRect(QPoint(min(x0, x1), min(y0, y1)), QPoint(max(x0, x1), max(y0, y1)))
        self.update(corners.adjusted(-reach, -reach, reach, reach))

    @contextmanager
    def _pen_on_layer(self) -> Iterator[QPainter]:
        painter = QPainter(self._layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(self._ink, self._pen_width, *look))
        try:
            yield painter
        finally:
            painter.end()


def _draw(painter: QPainter, stroke: Sequence[Point]) -> None:
    """Round-capped; a dot where the finger only tapped."""
    points = [QPointF(x, y) for x, y, _ in stroke]
    if all(point == points[0] for point in points):
        painter.drawPoint(points[0])
    else:
        painter.drawPolyline(QPolygonF(points))
