"""The demo panel's window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from kiosk.world.client import WorldClient
from screens.panel.model import PanelModel, Pids

SIZE = (560, 960)
QML = Path(__file__).with_name("Panel.qml")


class PanelWindow:
    """A window to play the world with, beside the terminal's. For the GUI thread.

    ``beside``: the terminal's window, to stand right of. ``pids``, ``technician``: see
    :class:`PanelModel`.
    :class:`RuntimeError` if the scene cannot be loaded.
    """

    def __init__(
        self,
        world: WorldClient,
        *,
        language: str = "zh_CN",
        pids: Pids = dict,
        technician: Callable[[], str] = str,
        beside: QQuickView | None = None,
    ) -> None:
        self.model = PanelModel(world, language, pids, technician)
        self.view: QQuickView | None = QQuickView()
        view = self.view
        view.setTitle("市民之窗 · 演示面板  Citizen Window · demo panel")
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.resize(*SIZE)
        view.setInitialProperties({"vm": self.model})
        view.setSource(QUrl.fromLocalFile(str(QML)))
        if view.status() is not QQuickView.Status.Ready:
            problems = "; ".join(error.toString() for error in view.errors())
            self.close()
            raise RuntimeError(problems)
        if beside is not None:
            view.setPosition(beside.x() + beside.width() + 24, beside.y())
        view.show()

    def close(self) -> None:
        """Close the window, then its thread; safe to call twice."""
        view, self.view = self.view, None
        if view is None:
            return
        view.close()
        view.setSource(QUrl())
        view.deleteLater()
        QGuiApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)
        self.model.close()
