"""A layer of a line drawing as a Quick item: its paths in the theme's colours, painted once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Property, QByteArray, QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem
from PySide6.QtSvg import QSvgRenderer

from screens.drawings import HEIGHT, WIDTH, Layer, drawing
from screens.painted import Painted

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1

Inks = dict[str, list[Any]]
_MAP: Any = "QVariantMap"  # the stub asks for a class


@QmlElement
class LineArt(Painted):
    """``inks``: ink → [ground, outline, weight]; colours of the theme, the weight in the drawing's
    units. Qt's own shapes would do the same, but without a GPU they paint outside a scrolled view."""

    changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._drawing = ""
        self._sheet = 0
        self._inks: Inks = {}

    def _get_drawing(self) -> str:
        return self._drawing

    def _set_drawing(self, name: str) -> None:
        self._drawing = name
        self._redraw()

    def _get_sheet(self) -> int:
        return self._sheet

    def _set_sheet(self, sheet: int) -> None:
        self._sheet = sheet
        self._redraw()

    def _get_inks(self) -> Inks:
        return self._inks

    def _set_inks(self, inks: Inks) -> None:
        self._inks = inks
        self._redraw()

    def _redraw(self) -> None:
        self.changed.emit()
        self.update()

    drawing = Property(str, _get_drawing, _set_drawing, notify=changed)
    sheet = Property(int, _get_sheet, _set_sheet, notify=changed)
    inks = Property(_MAP, _get_inks, _set_inks, notify=changed)

    def paint(self, painter: QPainter) -> None:
        """The layer, as large as fits into the middle of the item."""
        layers = drawing(self._drawing).layers
        if not self._inks or self._sheet >= len(layers):
            return
        k = min(self.width() / WIDTH, self.height() / HEIGHT)
        left, top = (self.width() - k * WIDTH) / 2, (self.height() - k * HEIGHT) / 2
        art = QSvgRenderer(QByteArray(svg(layers[self._sheet], self._inks).encode()))
        art.render(painter, QRectF(left, top, k * WIDTH, k * HEIGHT))


def svg(layer: Layer, inks: Inks) -> str:
    """The layer as a picture in SVG."""
    paths = [
        f'<path transform="translate({group.x:g} {group.y:g})" d="{stroke.path}" '
        f"{_look(*inks[stroke.ink])}/>"
        for group in layer.groups
        for stroke in group.strokes
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'stroke-linecap="round" stroke-linejoin="round">{"".join(paths)}</svg>'
    )


def _look(ground: QColor | str, outline: QColor | str, weight: float) -> str:
    return f'fill="{_paint(ground)}" stroke="{_paint(outline)}" stroke-width="{weight:g}"'


def _paint(colour: QColor | str) -> str:
    known = QColor(colour)
    return known.name() if known.alpha() else "none"
