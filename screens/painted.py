"""Items painted in Python, which are really gone when their page is.

PySide keeps a reference for ever to the Python half of what QML makes (seen with 6.11): with
every page its pictures stayed in memory, pages of people's papers among them. :class:`Painted` empties
its half when the item dies and drops that reference, if :func:`find_out` found that it is there.
"""

from __future__ import annotations

import ctypes
import gc
import weakref
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtQml import QmlElement, QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickPaintedItem

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1

_kept: list[bool] = []
"""Does this PySide keep the reference? Empty until it was found out."""


class Painted(QQuickPaintedItem):
    """Base of all painted items."""

    def componentComplete(self) -> None:
        """QML made it, so PySide keeps it."""
        super().componentComplete()
        self.destroyed.connect(_emptier(self))


def _emptier(item: Painted) -> Callable[[], None]:
    # In a list, so that no reference of ours is left when the last one is dropped.
    held = [item]

    def empty() -> None:
        gone = held.pop()
        vars(gone).clear()
        if _kept == [True]:
            ctypes.pythonapi.Py_DecRef(ctypes.py_object(gone))

    return empty


@QmlElement
class PaintedProbe(QQuickPaintedItem):
    """Nothing to see; made and deleted to find out whether it stays."""


def find_out(engine: QQmlEngine) -> None:
    """Try once whether PySide keeps what QML makes. Before the first page is loaded."""
    if _kept:
        return
    component = QQmlComponent(engine)
    component.setData(b"import Citizen\nPaintedProbe {}", QUrl())
    collecting = gc.isenabled()
    # No pass of its own meanwhile: the half is young, and stays so. A pass over the young is enough then;
    # one over all that a start has made takes longer than a picture.
    gc.disable()
    try:
        item = component.create()
        if item is None:
            raise RuntimeError(component.errorString())
        half = weakref.ref(item)
        shiboken6.delete(item)
        del item
        gc.collect(1)
    finally:
        if collecting:
            gc.enable()
    _kept.append(half() is not None)
