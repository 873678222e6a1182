"""Attract: where we stand, what can be done here, and honestly what is not working."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.terminal_port import TerminalPort
from kiosk.visit import model
from kiosk.words import part_of
from screens import rest, wording
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 15_000


@QmlElement
class AttractModel(ScreenModel):
    """Where we stand, what can be done, and honestly what is not working."""

    situations_changed, featured_changed, troubles_changed = Signal(), Signal(), Signal()
    cities_changed, near_changed = Signal(), Signal()
    situations = shown("situations", "QVariantList", situations_changed, [])
    featured = shown("featured", "QVariantList", featured_changed, [])
    troubles = shown("troubles", "QVariantList", troubles_changed, [])
    cities = shown("cities", int, cities_changed, 0)
    notice_changed, notice_since_changed = Signal(), Signal()
    notice = shown("notice", str, notice_changed, "")
    noticeSince = shown("notice_since", str, notice_since_changed, "")
    near = shown("near", bool, near_changed, False)
    """The sensor sees somebody who has not touched anything yet."""
    resting_changed, rest_x_changed, rest_y_changed = Signal(), Signal(), Signal()
    shift_x_changed, shift_y_changed = Signal(), Signal()
    resting = shown("resting", bool, resting_changed, False)
    restX = shown("rest_x", float, rest_x_changed, 0.0)
    restY = shown("rest_y", float, rest_y_changed, 0.0)
    shiftX = shown("shift_x", int, shift_x_changed, 0)
    shiftY = shown("shift_y", int, shift_y_changed, 0)
    """Care for the panel, see :mod:`screens.rest`."""

    def __init__(self, port: TerminalPort) -> None:
        super().__init__(port)
        self._woken: datetime | None = None
        self._steps = QTimer(self)
        self._steps.setInterval(LOOK_MS)
        self._steps.timeout.connect(self.refresh)

    def show(self, visit: model.Visit) -> None:
        """Somebody left, came near or touched the tools: the panel is awake."""
        before = (self._visit.language, self._visit.assist)
        if self._woken is None or visit.near or before != (visit.language, visit.assist):
            self._woken = self.wall()
        self._steps.start()
        super().show(visit)

    def forget(self) -> None:
        """Also that it rested."""
        self._steps.stop()
        self._woken = None
        super().forget()

    @Slot()
    def wake(self) -> None:
        """The dark panel was touched."""
        self._woken = self.wall()
        self.refresh()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        directory, now = self._port.directory, self.wall()
        (rest_x, rest_y), (shift_x, shift_y) = rest.place(now), rest.shift(now)
        awake = self._woken is None or visit.near is True or now - self._woken < rest.REST_AFTER
        notice = next(iter(self._port.notices()), None)
        return {
            "notice": "" if notice is None else self.say(notice.text),
            "notice_since": ""
            if notice is None
            else wording.moment(notice.since.isoformat(), self.lang),
            "situations": [
                {"name": self.say(s.name), "hint": self.say(s.hint), "icon": s.icon}
                for s in directory.situations()
                if not s.cases
            ],
            "featured": [
                {"name": self.say(i.name), "icon": i.icon} for i in directory.featured()[:4]
            ],
            "troubles": sorted(
                {self._part(name, code) for name, code in self._port.readiness().items()} - {""}
            ),
            "cities": len(directory.partner_cities()),
            "near": visit.near is True,
            "resting": not awake,
            "rest_x": rest_x,
            "rest_y": rest_y,
            "shift_x": shift_x,
            "shift_y": shift_y,
        }

    @staticmethod
    def _part(name: str, code: str) -> str:
        if code == "ok":
            return ""
        known = ("card_reader", "receipt_printer", "document_printer", "camera")
        named = (name, part_of(code))
        # Nobody comes for the lights, the sensor or the battery: those are the technician's.
        return next((part for part in named if part in known), name if name == "portal" else "")
