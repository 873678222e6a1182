"""A QR code as a Quick item."""

from __future__ import annotations

from PySide6.QtCore import Property, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from screens.painted import Painted

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class QrCode(Painted):
    """Draws ``text`` as QR (level M, four modules of quiet zone), black on white in any theme."""

    text_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._modules: list[list[bool]] = []

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        self._modules = _modules(text) if text else []
        self.text_changed.emit()
        self.update()

    text = Property(str, _get_text, _set_text, notify=text_changed)

    def paint(self, painter: QPainter) -> None:
        """Draw the modules on whole pixels."""
        size = min(self.width(), self.height())
        painter.fillRect(QRectF(0, 0, size, size), Qt.GlobalColor.white)
        if not self._modules:
            return
        step = max(1, int(size // len(self._modules)))
        margin = (size - step * len(self._modules)) / 2
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        QRectF(margin + x * step, margin + y * step, step, step),
                        Qt.GlobalColor.black,
                    )


def _modules(text: str) -> list[list[bool]]:
    import qrcode  # long there: the slips' makers use it, too

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]
