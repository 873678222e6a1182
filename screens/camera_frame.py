"""The live camera picture as a Quick item: the newest frame of the shared block, as fast as they come."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtQml import QmlElement, qmlEngine
from PySide6.QtQuick import QQuickItem

from kiosk.terminal_port import TerminalPort
from screens.models.identity import StaffModel
from screens.painted import Painted

if TYPE_CHECKING:
    from drivers.camera.framebuffer import FrameReader
    from drivers.ports import FrameBufferInfo

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1
LOOK_MS = 13
"""Between looks for a new picture; one costs some microseconds. Cameras give 25 to 60 a second, and one
that is looked at only as often as it gives loses some by bad timing."""
LARGEST = QSize(640, 480)

log = logging.getLogger("screens.camera")


CAMERAS = "cameras"
"""The engine's property that holds its :class:`Cameras`."""


class Cameras(QObject):
    """Whose previews the live pictures of one engine show."""

    def __init__(self, port: TerminalPort) -> None:
        super().__init__()
        self.port = port


class FrameSource:
    """Follows ``port.preview()``: attaches to its block, lets go of it when the preview ends."""

    def __init__(self, port: TerminalPort) -> None:
        self._port = port
        self._info: FrameBufferInfo | None = None
        self._reader: FrameReader | None = None
        self._sequence = 0

    def newest(self) -> QImage | None:
        """A picture newer than the last one returned, else None; never waits."""
        info = self._port.preview()
        if info != self._info:
            self.close()
            self._info = info
            from drivers.camera.framebuffer import FrameReader  # long there: the terminal has it

            self._reader = FrameReader(info) if info is not None else None
        frame = self._reader.latest(self._sequence) if self._reader is not None else None
        if frame is None:
            return None
        self._sequence = frame.sequence
        stride = frame.width * 3
        view = QImage(frame.pixels, frame.width, frame.height, stride, QImage.Format.Format_BGR888)
        if frame.width > LARGEST.width() or frame.height > LARGEST.height():
            view = view.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        return view.convertToFormat(QImage.Format.Format_RGB32)

    @property
    def running(self) -> bool:
        """Is a preview on?"""
        return self._info is not None

    def close(self) -> None:
        """Let the shared block go."""
        if self._reader is not None:
            self._reader.close()
        self._reader, self._info, self._sequence = None, None, 0


class Picture(Painted):
    """A picture that fills a rounded frame, cropped in the middle."""

    radius_changed, has_frame_changed = Signal(), Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._radius = 0.0
        self._mirrored = False
        self._fit = Qt.AspectRatioMode.KeepAspectRatioByExpanding

    def _get_radius(self) -> float:
        return self._radius

    def _set_radius(self, radius: float) -> None:
        if radius != self._radius:
            self._radius = radius
            self.radius_changed.emit()
            self.update()

    def _has_frame(self) -> bool:
        return not self._image.isNull()

    radius = Property(float, _get_radius, _set_radius, notify=radius_changed)
    hasFrame = Property(bool, lambda self: self._has_frame(), notify=has_frame_changed)

    def put(self, image: QImage) -> None:
        """Show this picture."""
        had = self._has_frame()
        self._image = image
        if had != self._has_frame():
            self.has_frame_changed.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Draw the newest picture, covering the item."""
        if self._image.isNull():
            return
        area = QRectF(0, 0, self.width(), self.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(area, self._radius, self._radius)
        painter.setClipPath(path)
        if self._mirrored:
            painter.translate(QPointF(self.width(), 0))
            painter.scale(-1, 1)
        size = self._image.size().scaled(area.size().toSize(), self._fit)
        corner = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        painter.drawImage(QRectF(corner, size.toSizeF()), self._image)


@QmlElement
class CameraFrame(Picture):
    """Live picture, as in a mirror unless ``mirrored`` is off, of the terminal of its engine."""

    mirrored_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._mirrored = True
        self._source: FrameSource | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.visibleChanged.connect(self._follow)

    def _get_mirrored(self) -> bool:
        return self._mirrored

    def _set_mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.mirrored_changed.emit()
            self.update()

    mirrored = Property(bool, _get_mirrored, _set_mirrored, notify=mirrored_changed)

    def _follow(self) -> None:
        """The block is mapped and looked at only while the picture can be seen."""
        if self._source is None:
            return
        if self.isVisible():
            self._timer.start()
            self.look()
        else:
            self._timer.stop()
            self._source.close()
            self.put(QImage())

    def look(self) -> None:
        """Take the newest picture, if there is one."""
        if self._source is None:
            return
        image = self._source.newest()
        if image is not None:
            self.put(image)
        elif not self._source.running and self._has_frame():
            self.put(QImage())

    def componentComplete(self) -> None:
        """Find the terminal."""
        super().componentComplete()
        engine = qmlEngine(self)
        cameras = engine.property(CAMERAS) if engine is not None else None
        if isinstance(cameras, Cameras):
            self.attach(cameras.port)

    def attach(self, port: TerminalPort) -> None:
        """Show the preview of this terminal while visible."""
        if self._source is None:
            self._source = FrameSource(port)
            self._follow()

    def releaseResources(self) -> None:
        """Let the camera block go with the scene."""
        self.detach()
        super().releaseResources()

    def detach(self) -> None:
        """Stop, forget the last picture."""
        self._timer.stop()
        if self._source is not None:
            self._source.close()
            self._source = None
        self._image = QImage()


@QmlElement
class CardPortrait(Picture):
    """The portrait on the card, for the staff member's eyes only."""

    model_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._model: StaffModel | None = None

    def _get_model(self) -> StaffModel | None:
        return self._model

    def _set_model(self, model: StaffModel | None) -> None:
        if model is self._model:
            return
        if self._model is not None:
            self._model.portrait_changed.disconnect(self._refresh)
        self._model = model
        if model is not None:
            model.portrait_changed.connect(self._refresh)
        self._refresh()
        self.model_changed.emit()

    def _refresh(self) -> None:
        """Take the portrait anew; it is kept nowhere but in what is painted."""
        self.put(self._model.portrait() if self._model is not None else QImage())

    model = Property(StaffModel, _get_model, _set_model, notify=model_changed)
