"""The service guide, and choosing the place an affair belongs to."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import DayUnit, Identification, PlaceChoice
from config.divisions import Division
from kiosk.visit import events, model
from screens.models.base import Rows, ScreenModel, shown

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class GuideModel(ScreenModel):
    """What it is, who handles it, what to bring, what it costs, and whether it works here now."""

    name_changed, summary_changed, icon_changed, kind_changed = (Signal() for _ in range(4))
    department_changed, minutes_changed, days_changed, fee_changed = (Signal() for _ in range(4))
    materials_changed, levels_changed, possible_changed, note_changed = (Signal() for _ in range(4))
    way_out_changed, face_changed, signature_changed, place_changed = (Signal() for _ in range(4))
    belongs_changed, calendar_changed = Signal(), Signal()
    limited_changed, card_changed, paper_changed = Signal(), Signal(), Signal()
    name = shown("name", str, name_changed, "")
    summary = shown("summary", str, summary_changed, "")
    icon = shown("icon", str, icon_changed, "")
    kind = shown("kind", str, kind_changed, "")
    department = shown("department", str, department_changed, "")
    minutes = shown("minutes", int, minutes_changed, 0)
    days = shown("days", int, days_changed, 0)
    calendarDays = shown("calendar", bool, calendar_changed, False)
    fee = shown("fee", str, fee_changed, "")
    materials = shown("materials", "QVariantList", materials_changed, [])
    levels = shown("levels", "QVariantList", levels_changed, [])
    possible = shown("possible", bool, possible_changed, True)
    limited = shown("limited", bool, limited_changed, False)
    note = shown("note", str, note_changed, "")
    wayOut = shown("way_out", str, way_out_changed, "")
    needsCard = shown("card", bool, card_changed, False)
    needsFace = shown("face", bool, face_changed, False)
    needsSignature = shown("signature", bool, signature_changed, False)
    needsPlace = shown("place", bool, place_changed, False)
    givesPaper = shown("paper", bool, paper_changed, False)
    belongs = shown("belongs", str, belongs_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        item, available = visit.item, visit.availability
        if item is None:
            return {}
        return {
            "name": self.say(item.name),
            "summary": self.say(item.summary),
            "icon": item.icon,
            "kind": item.kind.value,
            "department": self.say(item.department),
            "minutes": item.minutes,
            "days": item.working_days,
            "calendar": item.day_unit is DayUnit.CALENDAR,
            "fee": self.say(item.fee),
            "materials": [
                {
                    "name": self.say(m.name),
                    "hint": self.say(m.hint),
                    "fromCard": m.from_card,
                    "optional": m.optional,
                    "scanned": m.paper and model.Step.MATERIALS in visit.trail,
                }
                for m in item.materials
            ],
            "levels": [level.value for level in item.handled_at],
            "possible": available.possible,
            "limited": available.limited,
            "note": self.say(available.words),
            "way_out": self.say(available.way_out),
            "card": item.identification is not Identification.L0,
            "face": item.identification in (Identification.L2, Identification.L3),
            "signature": item.identification is Identification.L3,
            "place": item.place is not PlaceChoice.NONE,
            "paper": "proof" in item.outputs,
            "belongs": self._belongs(visit.place),
        }

    def _belongs(self, place: str) -> str:
        """The city it was looked for in, or the place chosen before somebody came back here."""
        division = self._port.directory.division(place) if place else None
        return self.say(division.name) if division else ""

    @Slot()
    def go_on(self) -> None:
        """Start the errand."""
        self.post(events.Continued())


@QmlElement
class PlaceModel(ScreenModel):
    """A partner city, or a division of this city step by step down to the item's lowest level."""

    places_changed, path_changed, of_city_changed = Signal(), Signal(), Signal()
    item_name_changed, here_changed, chosen_changed = Signal(), Signal(), Signal()
    places = shown("places", "QVariantList", places_changed, [])
    path = shown("path", "QVariantList", path_changed, [])
    ofCity = shown("of_city", bool, of_city_changed, False)
    itemName = shown("item_name", str, item_name_changed, "")
    chosen = shown("chosen", str, chosen_changed, "")

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._path: list[Division] = []

    def forget(self) -> None:
        """Also the path walked so far."""
        self._path = []
        super().forget()

    def show(self, visit: model.Visit) -> None:
        """A new errand starts at the top of the list."""
        if visit.item is not self._visit.item:
            self._path = []
        super().show(visit)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        if visit.item is None:
            return {}
        parent = self._path[-1].code if self._path else ""
        return {
            "places": self._rows(parent),
            "path": [{"key": d.code, "name": self.say(d.name)} for d in self._path],
            "of_city": visit.item.place is PlaceChoice.CITY,
            "item_name": self.say(visit.item.name),
            "chosen": visit.place,
        }

    def _rows(self, parent: str) -> Rows:
        item = self.item
        if item is None:
            return []
        return [
            {
                "key": division.code,
                "name": self.say(division.name),
                "more": bool(self._port.directory.places(item, division.code)),
            }
            for division in self._port.directory.places(item, parent)
        ]

    @Slot(str)
    def pick(self, code: str) -> None:
        """Go one level down, or choose where the list ends."""
        item = self.item
        division = self._port.directory.division(code)
        if item is not None and division and self._port.directory.places(item, code):
            self._path.append(division)
            self.refresh()
            return
        self.post(events.PlaceChosen(code))

    @Slot(int)
    def up(self, depth: int) -> None:
        """Back to ``depth`` steps of the path; 0 is the first list."""
        del self._path[depth:]
        self.refresh()

    @Slot()
    def back(self) -> None:
        """One list up, or back a step."""
        if self._path:
            self.up(len(self._path) - 1)
        else:
            self.post(events.WentBack())
