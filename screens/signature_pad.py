"""The signature pad: vector strokes with times, drawn as the finger moves."""

from __future__ import annotations

import time

from PySide6.QtCore import Property, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.visit.model import Signature
from screens.models.review import SignModel

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1
Point = tuple[int, int, int]
MAX_STROKES = 500
"""As many as a submission may hold; whoever scribbles on is not heard."""


@QmlElement
class SignaturePad(QQuickPaintedItem):
    """Collects strokes of (x, y, ms since the first point) in the item's own pixels."""

    empty_changed, model_changed, ink_changed = Signal(), Signal(), Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAntialiasing(True)
        self._strokes: list[list[Point]] = []
        self._began = 0.0
        self._drawing = False
        self._ink = QColor("black")
        self._pen_width = 6.0
        self._model: SignModel | None = None

    def _get_model(self) -> SignModel | None:
        return self._model

    def _set_model(self, model: SignModel | None) -> None:
        self._model = model
        self.model_changed.emit()
        self._restore_known()

    def _restore_known(self) -> None:
        known = self._model.visit.signature if self._model is not None else None
        if known is not None and not self._strokes and self.width() > 0 and self.height() > 0:
            self.restore(known)

    def geometryChange(self, new: QRectF | QRect, old: QRectF | QRect) -> None:
        """A signature made before is drawn as soon as there is room."""
        super().geometryChange(new, old)
        self._restore_known()

    def _get_ink(self) -> QColor:
        return self._ink

    def _set_ink(self, ink: QColor) -> None:
        if ink != self._ink:
            self._ink = ink
            self.ink_changed.emit()
            self.update()

    def _is_empty(self) -> bool:
        return not self._strokes

    def _get_pen_width(self) -> float:
        return self._pen_width

    def _set_pen_width(self, width: float) -> None:
        self._pen_width = width
        self.update()

    model = Property(SignModel, _get_model, _set_model, notify=model_changed)
    ink = Property(QColor, _get_ink, _set_ink, notify=ink_changed)
    penWidth = Property(float, _get_pen_width, _set_pen_width, notify=ink_changed)
    empty = Property(bool, _is_empty, notify=empty_changed)

    def restore(self, signature: Signature) -> None:
        """Draw a signature made before (after a change of size it is scaled)."""
        factor = 1.0
        if signature.width and signature.height and self.width() and self.height():
            factor = min(self.width() / signature.width, self.height() / signature.height)
        self._strokes = [
            [(round(x * factor), round(y * factor), ms) for x, y, ms in stroke]
            for stroke in signature.strokes
        ]
        # Strokes that are added go on where the signature stopped, in its own time.
        last_ms = max((ms for stroke in signature.strokes for _, _, ms in stroke), default=0)
        self._began = time.monotonic() - last_ms / 1000
        self.empty_changed.emit()
        self.update()

    @Slot()
    def clear(self) -> None:
        """Start over."""
        self._strokes = []
        self._drawing = False
        self.empty_changed.emit()
        self.update()
        if self._model is not None:
            self._model.drawn(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins; the page under it must not take it for a scroll."""
        self.setKeepMouseGrab(True)
        self._drawing = len(self._strokes) < MAX_STROKES
        event.accept()
        if not self._drawing:
            return
        if not self._strokes:
            self._began = time.monotonic()
        self._strokes.append([self._point(event)])
        self.empty_changed.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._drawing:
            self._strokes[-1].append(self._point(event))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends; the signature so far is handed in."""
        if not self._drawing:
            return
        self._drawing = False
        self._strokes[-1].append(self._point(event))
        self.update()
        if self._model is not None:
            self._model.drawn(self.signature())

    def signature(self) -> Signature:
        """What is drawn."""
        return Signature(
            round(self.width()),
            round(self.height()),
            tuple(tuple(stroke) for stroke in self._strokes),
        )

    def _point(self, event: QMouseEvent) -> Point:
        x = min(max(event.position().x(), 0.0), self.width())
        y = min(max(event.position().y(), 0.0), self.height())
        return round(x), round(y), round((time.monotonic() - self._began) * 1000)

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
        for stroke in self._strokes:
            points = [QPointF(x, y) for x, y, _ in stroke]
            if len(set(stroke)) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
