"""Form pages, straight from the catalogue item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import FormField, ServiceItem
from kiosk.forms import check_page, one_answer, pages_asked
from kiosk.personal import Personal, mask_number
from kiosk.visit import events, model
from kiosk.visit.journey import finds_policies
from screens import date_wheel, wording
from screens.models.base import Rows, ScreenModel, shown
from screens.models.form_address import Addresses

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FormModel(ScreenModel):
    """One page of questions. ``fields`` says what to ask and is stable while a person types;
    the texts are in ``values``, the error codes in ``errors`` and the wheels of dates and months in
    ``wheels``, all by field name. ``oneAnswer``: to choose it is to go on.
    ``last``: where its last page leads, to ``check`` what was said or to what was ``found``.
    ``refused``: it was handed in, and what is marked was not taken."""

    title_changed, fields_changed, values_changed, errors_changed = (Signal() for _ in range(4))
    page_changed, pages_changed, places_changed, path_changed = (Signal() for _ in range(4))
    names_changed, wheels_changed, addresses_changed = Signal(), Signal(), Signal()
    one_answer_changed, refused_changed, last_changed = Signal(), Signal(), Signal()
    title = shown("title", str, title_changed, "")
    last = shown("last", str, last_changed, "check")
    page = shown("page", int, page_changed, 0)
    pages = shown("pages", int, pages_changed, 1)
    fields = shown("fields", "QVariantList", fields_changed, [])
    values = shown("values", "QVariantMap", values_changed, {})
    errors = shown("errors", "QVariantMap", errors_changed, {})
    places = shown("places", "QVariantList", places_changed, [])
    path = shown("path", "QVariantList", path_changed, [])
    placeNames = shown("names", "QVariantMap", names_changed, {})
    wheels = shown("wheels", "QVariantMap", wheels_changed, {})
    addresses = shown("addresses", "QVariantMap", addresses_changed, {})
    oneAnswer = shown("one_answer", bool, one_answer_changed, False)
    refused = shown("refused", bool, refused_changed, False)

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._place = ""
        # What was posted last, by field: the visit that shows it may still be on its way.
        self._posted: dict[str, str] = {}
        self._addresses = Addresses(port.directory)

    def forget(self) -> None:
        """Also the place being looked for."""
        self._place = ""
        self._posted = {}
        self._addresses.forget()
        super().forget()

    def show(self, visit: model.Visit) -> None:
        """What was posted and has come back is the visit's again."""
        if visit.form_page != self.visit.form_page or visit.item != self.visit.item:
            self._posted = {}
            self._addresses.forget()
        self._posted = {k: v for k, v in self._posted.items() if v != self._text(visit, k)}
        super().show(visit)

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        form = visit.item.form if visit.item else None
        if visit.item is None or form is None or visit.form_page >= len(form.pages):
            return {}
        page = form.pages[visit.form_page]
        required = set(form.schema_.get("required", ()))
        fields = [
            self._field(name, form.fields[name], name in required, form.schema_)
            for name in page.fields
            if name in form.fields
        ]
        values = {f["name"]: self._text(visit, f["name"]) for f in fields}
        answers = {name: value.reveal() for name, value in visit.form.items()}
        asked = sorted({*pages_asked(visit.item, answers), visit.form_page})
        for name in values.keys() & {f["name"] for f in fields if f["locked"]}:
            if form.fields[name].prefill == "card.number":
                values[name] = mask_number(values[name])
        return {
            "title": self.say(page.title),
            "one_answer": one_answer(visit.item, visit.form_page),
            "refused": visit.submission is not None
            and visit.submission.to_correct
            and bool(visit.form_errors),
            # An opened policy brought one question back.
            "page": 0 if visit.policy else asked.index(visit.form_page),
            "pages": 1 if visit.policy else len(asked),
            "last": "found" if finds_policies(visit.item) else "check",
            "fields": fields,
            "values": values,
            "errors": {k: v for k, v in visit.form_errors.items() if k in page.fields},
            "places": self._places(visit.item),
            "path": self._path(),
            "names": {
                f["name"]: self._place_name(values[f["name"]])
                for f in fields
                if f["widget"] == "division"
            },
            "wheels": {
                f["name"]: self._wheel(visit, f["name"])
                for f in fields
                if f["widget"] in date_wheel.WIDGETS
            },
            "addresses": {
                f["name"]: self._addresses.shown(
                    f["name"], self._posted.get(f["name"], values[f["name"]]), self.lang
                )
                for f in fields
                if f["widget"] == "address" and not (f["locked"] and values[f["name"]])
            },
        }

    def _field(
        self, name: str, field: FormField, required: bool, schema: dict[str, Any]
    ) -> dict[str, Any]:
        limits = schema.get("properties", {}).get(name, {})
        return {
            "name": name,
            "label": self.say(field.label),
            "help": self.say(field.help),
            "widget": field.widget,
            "locked": field.locked,
            "required": required,
            "options": [{"key": key, "name": self.say(text)} for key, text in field.options],
            "maxLength": int(limits.get("maxLength", 200)),
            "least": self._limit(field, limits, "inimum"),
            "most": self._limit(field, limits, "aximum"),
        }

    def _limit(self, field: FormField, limits: Mapping[str, Any], end: str) -> str:
        """A limit in words; "" where there is none."""
        dated = field.widget in date_wheel.WIDGETS
        value = limits.get(f"formatM{end}" if dated else f"m{end}")
        if value is None:
            return ""
        if field.widget == "amount":
            return wording.cell(value, "amount", self.lang)
        name = wording.month if field.widget == "month" else wording.day
        return name(str(value), self.lang) if dated else str(value)

    def _standing(self, visit: model.Visit, name: str) -> tuple[date, date_wheel.Span, str]:
        """Where a field's wheel stands, what it may reach, and its widget."""
        form = visit.item.form if visit.item else None
        if form is None or name not in form.fields:
            raise KeyError(name)
        field, today = form.fields[name], self.wall().date()
        within = date_wheel.span(field, form.schema_.get("properties", {}).get(name, {}), today)
        text = self._posted.get(name, self._text(visit, name))
        return date_wheel.shown_day(text, field.widget, within, today), within, field.widget

    def _wheel(self, visit: model.Visit, name: str) -> dict[str, Any]:
        day, within, widget = self._standing(visit, name)
        today = self.wall().date()
        reached = date_wheel.written(within.nearest(today), widget)
        return {
            "columns": date_wheel.columns(day, widget, within, self.lang),
            "words": date_wheel.worded(day, widget, self.lang),
            "chosen": self._text(visit, name) == date_wheel.written(day, widget),
            # Only where today itself may be chosen.
            "today": reached if reached == date_wheel.written(today, widget) else "",
        }

    @staticmethod
    def _text(visit: model.Visit, name: str) -> str:
        value = visit.form.get(name)
        return value.reveal() if value is not None else ""

    def _place_name(self, code: str) -> str:
        division = self._port.directory.division(code) if code else None
        return self.say(division.name) if division else ""

    def _places(self, item: ServiceItem) -> Rows:
        directory = self._port.directory
        return [
            {
                "key": division.code,
                "name": self.say(division.name),
                "more": bool(directory.places(item, division.code)),
            }
            for division in directory.places(item, self._place)
        ]

    def _path(self) -> Rows:
        path: Rows = []
        division = self._port.directory.division(self._place) if self._place else None
        while division is not None:
            path.insert(0, {"key": division.code, "name": self.say(division.name)})
            division = self._port.directory.division(division.parent)
        return path

    @Slot(str, str)
    def edit(self, name: str, text: str) -> None:
        """One field's text changed."""
        if text != self._current(name):
            self._posted[name] = text
            self.post(events.FormEdited(name, Personal(text)))

    @Slot(str, str)
    def choose(self, name: str, key: str) -> None:
        """One of the answers offered; the only one of its page leads on."""
        self.edit(name, key)
        if self.value("one_answer", False):
            self.next()

    @Slot(str, str, int)
    def turn(self, name: str, part: str, by: int) -> None:
        """Turn one column of a wheel."""
        day, within, widget = self._standing(self.visit, name)
        self.edit(name, date_wheel.written(date_wheel.turned(day, part, by, within), widget))

    @Slot(str)
    def take_shown(self, name: str) -> None:
        """The day that the wheel shows is the one."""
        day, _, widget = self._standing(self.visit, name)
        self.edit(name, date_wheel.written(day, widget))

    def _current(self, name: str) -> str:
        return self._posted.get(name, self._text(self.visit, name))

    @Slot(str, str)
    def open_place(self, name: str, code: str) -> None:
        """An address goes on in this place; "" is the list of cities."""
        self.edit(name, self._addresses.opened(name, self._current(name), code))
        self.refresh()

    @Slot(str, str)
    def type_street(self, name: str, street: str) -> None:
        """The line of an address changed."""
        self.edit(name, self._addresses.typed(name, self._current(name), street))
        self.refresh()

    @Slot(str, str)
    def complete(self, name: str, code: str) -> None:
        """An offered place is meant."""
        self.edit(name, self._addresses.completed(name, self._current(name), code))
        self.refresh()

    @Slot(str)
    def clear_address(self, name: str) -> None:
        """Nothing is to be said here."""
        self._addresses.forget()
        self.edit(name, "")
        self.refresh()

    def _address_faults(self, values: Mapping[str, str]) -> dict[str, str]:
        found = {
            f["name"]: self._addresses.fault(f["name"], values.get(f["name"], ""))
            for f in self.value("fields", [])
            if f["name"] in self.value("addresses", {}) and values.get(f["name"])
        }
        return {name: fault for name, fault in found.items() if fault}

    @Slot(str)
    def look_in(self, code: str) -> None:
        """Open a division in the place chooser; "" is the first list."""
        self._place = code
        self.refresh()

    @Slot()
    def next(self) -> None:
        """Check the page and hand it in."""
        item = self.visit.item
        if item is None:
            return
        values = {name: value.reveal() for name, value in self.visit.form.items()} | self._posted
        errors = check_page(item, self.visit.form_page, values, self.wall().date())
        self.post(events.FormPageDone(self._address_faults(values) | errors))
