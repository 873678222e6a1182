"""Attract: where we stand, what can be done here, and honestly what is not working."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtQml import QmlElement

from kiosk.visit import model
from kiosk.words import part_of
from screens import wording
from screens.models.base import ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


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

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        directory = self._port.directory
        notice = next(iter(self._port.notices()), None)
        return {
            "notice": "" if notice is None else self.say(notice.text),
            "notice_since": ""
            if notice is None
            else wording.moment(notice.since.isoformat(), self.lang),
            "situations": [
                {"name": self.say(s.name), "icon": s.icon} for s in directory.situations()
            ],
            "featured": [
                {"name": self.say(i.name), "icon": i.icon} for i in directory.featured()[:4]
            ],
            "troubles": sorted(
                {self._part(name, code) for name, code in self._port.readiness().items()} - {""}
            ),
            "cities": len(directory.partner_cities()),
            "near": visit.near is True,
        }

    @staticmethod
    def _part(name: str, code: str) -> str:
        if code == "ok":
            return ""
        known = ("card_reader", "receipt_printer", "document_printer", "camera")
        named = (name, part_of(code))
        # Nobody comes for the lights, the sensor or the battery: those are the technician's.
        return next((part for part in named if part in known), name if name == "portal" else "")
