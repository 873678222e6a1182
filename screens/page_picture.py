"""A page taken of a paper as a Quick item: kept nowhere but in the item that shows it."""

from __future__ import annotations

from PySide6.QtCore import Property, QBuffer, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from screens.camera_frame import Picture
from screens.models.base import ScreenModel

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PagePicture(Picture):
    """The whole page of ``handle`` within the item; empty once the picture is gone.

    It is decoded when it is first painted, and no larger than it is shown: six pages at once, while their
    screen is made, would hold the GUI thread for a frame or two.
    """

    model_changed, handle_changed, aspect_changed = Signal(), Signal(), Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._fit = Qt.AspectRatioMode.KeepAspectRatio
        self._model: ScreenModel | None = None
        self._handle = ""
        self._encoded = b""
        self._size = QSize()

    def _get_model(self) -> ScreenModel | None:
        return self._model

    def _set_model(self, model: ScreenModel | None) -> None:
        if model is not self._model:
            self._model = model
            self._refresh()
            self.model_changed.emit()

    def _get_handle(self) -> str:
        return self._handle

    def _set_handle(self, handle: str) -> None:
        if handle != self._handle:
            self._handle = handle
            self._refresh()
            self.handle_changed.emit()

    def _refresh(self) -> None:
        had = self._has_frame()
        self._encoded = self._model.page_picture(self._handle) or b"" if self._model else b""
        self._size = _size(self._encoded)
        self.put(QImage())
        if had != self._has_frame():
            self.has_frame_changed.emit()
        self.aspect_changed.emit()

    def _has_frame(self) -> bool:
        return self._size.isValid()

    def _get_aspect(self) -> float:
        return self._size.height() / self._size.width() if self._has_frame() else 1.0

    def paint(self, painter: QPainter) -> None:
        """Draw the page."""
        shown = self.size().toSize() * painter.device().devicePixelRatio()
        wanted = self._size.scaled(shown, self._fit).boundedTo(self._size)
        if wanted.isEmpty():
            return
        if self._image.width() < wanted.width():
            self._image = _decoded(self._encoded, wanted)
        super().paint(painter)

    model = Property(ScreenModel, _get_model, _set_model, notify=model_changed)
    aspect = Property(float, _get_aspect, notify=aspect_changed)
    """Height of the page by its width."""
    handle = Property(str, _get_handle, _set_handle, notify=handle_changed)


def _size(encoded: bytes) -> QSize:
    buffer = _opened(encoded)
    return QImageReader(buffer).size() if encoded else QSize()


def _decoded(encoded: bytes, wanted: QSize) -> QImage:
    buffer = _opened(encoded)
    reader = QImageReader(buffer)
    if (
        reader.format() == b"jpeg"
    ):  # what is printed is black and white, and is not made smaller twice
        reader.setScaledSize(wanted)
    return reader.read()


def _opened(encoded: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(encoded)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
