"""A page taken of a paper as a Quick item: kept nowhere but in what is painted."""

from __future__ import annotations

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from screens.camera_frame import Picture
from screens.models.base import ScreenModel

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PagePicture(Picture):
    """The whole page of ``handle`` within the item; empty once the picture is gone."""

    model_changed, handle_changed, aspect_changed = Signal(), Signal(), Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._fit = Qt.AspectRatioMode.KeepAspectRatio
        self._model: ScreenModel | None = None
        self._handle = ""

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
        jpeg = self._model.page_picture(self._handle) if self._model and self._handle else None
        self.put(QImage.fromData(jpeg) if jpeg else QImage())
        self.aspect_changed.emit()

    def _get_aspect(self) -> float:
        width = self._image.width()
        return self._image.height() / width if width else 1.0

    model = Property(ScreenModel, _get_model, _set_model, notify=model_changed)
    aspect = Property(float, _get_aspect, notify=aspect_changed)
    """Height of the page by its width."""
    handle = Property(str, _get_handle, _set_handle, notify=handle_changed)
