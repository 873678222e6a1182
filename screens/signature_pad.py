"""The signature pad: vector strokes with times, drawn as the finger moves."""

from __future__ import annotations

import time

from PySide6.QtCore import Property, QRect, QRectF, Signal
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem

from kiosk.visit.model import Signature
from screens.models.sign import SignModel
from screens.stroke_pad import StrokePad

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignaturePad(StrokePad):
    """Hands each state of the signature to its model."""

    model_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._model: SignModel | None = None
        self._restored = False
        """What is shown was made before; it grows with the field until somebody draws on."""

    def _get_model(self) -> SignModel | None:
        return self._model

    def _set_model(self, model: SignModel | None) -> None:
        self._model = model
        self.model_changed.emit()
        self._restore_known()

    model = Property(SignModel, _get_model, _set_model, notify=model_changed)

    def _restore_known(self) -> None:
        known = self._model.visit.signature if self._model is not None else None
        untouched = self._restored or not self.strokes
        if isinstance(known, Signature) and untouched and self.width() > 0 and self.height() > 0:
            self.restore(known)
            self._restored = True

    def geometryChange(self, new: QRectF | QRect, old: QRectF | QRect) -> None:
        """A signature made before is drawn as soon as there is room."""
        super().geometryChange(new, old)
        self._restore_known()

    def restore(self, signature: Signature) -> None:
        """Draw a signature made before (after a change of size it is scaled)."""
        factor = 1.0
        if signature.width and signature.height and self.width() and self.height():
            factor = min(self.width() / signature.width, self.height() / signature.height)
        self.strokes = [
            [(round(x * factor), round(y * factor), ms) for x, y, ms in stroke]
            for stroke in signature.strokes
        ]
        # Strokes that are added go on where the signature stopped, in its own time.
        last_ms = max((ms for stroke in signature.strokes for _, _, ms in stroke), default=0)
        self.began = time.monotonic() - last_ms / 1000
        self.redraw()
        self.empty_changed.emit()

    def drawn(self) -> None:
        """The signature so far is handed in."""
        self._restored = False
        if self._model is not None:
            self._model.drawn(self.signature())

    def cleared(self) -> None:
        """There is none any more."""
        self._restored = False
        if self._model is not None:
            self._model.drawn(None)

    def signature(self) -> Signature:
        """What is drawn."""
        return Signature(
            round(self.width()),
            round(self.height()),
            tuple(tuple(stroke) for stroke in self.strokes),
        )
