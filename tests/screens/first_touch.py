"""`kiosk run` up to a touch of its first screen, before the terminal behind it is whole; tells on stdout, as
JSON, what was loaded when that screen stood, which page the touch led to, and what came of a service chosen.

    python first_touch.py SETTINGS
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6 import QtQuick
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

SERVICE = "mz-0058"
told: dict[str, Any] = {}
touched = threading.Event()


class Telling(QtQuick.QQuickView):
    """Tells what is loaded when it shows the first screen, touches it, and goes on from there."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.frameSwapped.connect(self._seen)

    def _seen(self) -> None:
        told.setdefault("first picture", sorted(sys.modules))
        if "modules" not in told and self.source().fileName() == "Main.qml":
            told["modules"] = sorted(sys.modules)
            QTimer.singleShot(0, self._touch)

    def _touch(self) -> None:
        start = self._find("attractStart")
        middle = start.mapToScene(QPointF(start.width() / 2, start.height() / 2)).toPoint()
        QTest.mouseClick(self, Qt.MouseButton.LeftButton, pos=middle)
        self._when(lambda: self._screen() == "Home", self._choose)

    def _choose(self) -> None:
        told["touch"] = self._screen()
        told["waits"] = not touched.is_set()
        self._session().modelFor("Home").choose(SERVICE)
        touched.set()
        self._when(lambda: self._screen() == "Guide", self._end)

    def _end(self) -> None:
        told["choice"] = self._screen()
        workshop = self.engine().property("workshop")
        self._when(lambda: workshop.property("available"), QGuiApplication.quit)

    def _session(self) -> Any:
        return self.engine().property("session")

    def _screen(self) -> str:
        return str(self._session().property("screen"))

    def _find(self, name: str) -> Any:
        from screens.shell import walk

        return next(i for i in walk(self.rootObject()) if i.objectName() == name)

    def _when(self, there: Callable[[], bool], then: Callable[[], None]) -> None:
        if there():
            then()
        else:
            QTimer.singleShot(10, lambda: self._when(there, then))


setattr(QtQuick, "QQuickView", Telling)  # noqa: B010 - the terminal is to take this one for it


def main() -> None:
    from kiosk.cli import running

    whole = running._put_together

    def later(*arguments: Any) -> Any:
        touched.wait()
        return whole(*arguments)

    running._put_together = later
    code = running.run_terminal(Path(sys.argv[1]), None, verbose=False)
    json.dump(told | {"code": code}, sys.stdout)


if __name__ == "__main__":
    main()
