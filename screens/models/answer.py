"""What the authority's records say: an answer, bills to tick, free appointments."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.visit import events, model
from screens import wording
from screens.models.base import ScreenModel, StepModel, shown
from screens.models.print_look import print_look

QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AnswerModel(StepModel):
    """Summary and table of a query."""

    title_changed, as_of_changed, source_changed = Signal(), Signal(), Signal()
    summary_changed, columns_changed, rows_changed, busy_changed = (Signal() for _ in range(4))
    receipt_changed = Signal()
    title = shown("title", str, title_changed, "")
    asOf = shown("as_of", str, as_of_changed, "")
    source = shown("source", str, source_changed, "")
    summary = shown("summary", "QVariantList", summary_changed, [])
    columns = shown("columns", "QVariantList", columns_changed, [])
    rows = shown("rows", "QVariantList", rows_changed, [])
    busy = shown("busy", bool, busy_changed, False)
    receipt = shown("receipt", "QVariantMap", receipt_changed, {})

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        answer = visit.answer
        if answer is None:
            return {"busy": visit.busy, "title": self.say(visit.item.name) if visit.item else ""}
        return {
            "busy": visit.busy,
            "title": self.say(answer.title),
            "as_of": wording.moment(answer.as_of, self.lang)
            if "T" in answer.as_of
            else wording.day(answer.as_of, self.lang),
            "source": self.say(answer.source),
            "summary": [
                {"label": self.say(label), "value": value} for label, value in answer.summary
            ],
            "columns": [
                {"label": self.say(c.label), "end": c.kind == "amount"} for c in answer.columns
            ],
            "rows": [
                [wording.cell(row.get(c.key), c.kind, self.lang) for c in answer.columns]
                for row in answer.rows
            ],
            "receipt": print_look(visit.receipt_print, self.say),
        }

    @Slot()
    def print_answer(self) -> None:
        """Print what is shown as a slip."""
        self.post(events.PrintRequested("receipt"))

    @Slot()
    def drop_answer(self) -> None:
        """The screen will do."""
        self.post(events.PaperDropped("receipt"))

    @Slot()
    def proceed(self) -> None:
        """Seen it."""
        self.go_on()


@QmlElement
class BillsModel(StepModel):
    """Amounts due; ticked ones add up."""

    bills_changed, total_changed, count_changed = Signal(), Signal(), Signal()
    busy_changed, item_name_changed, source_changed = Signal(), Signal(), Signal()
    due_changed = Signal()
    bills = shown("bills", "QVariantList", bills_changed, [])
    total = shown("total", str, total_changed, "")
    count = shown("count", int, count_changed, 0)
    due = shown("due", str, due_changed, "")
    """By when the first of what is chosen is to be paid."""
    busy = shown("busy", bool, busy_changed, False)
    itemName = shown("item_name", str, item_name_changed, "")
    source = shown("source", str, source_changed, "")

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        bills = visit.answer.bills if visit.answer else ()
        chosen = [bill for bill in bills if bill.bill_id in visit.bills_chosen]
        dues = [bill.due for bill in chosen if bill.due]
        return {
            "bills": [
                {
                    "key": bill.bill_id,
                    "label": self.say(bill.label),
                    "period": bill.period,
                    "amount": wording.yuan(bill.amount_fen),
                    "due": wording.day(bill.due, self.lang) if bill.due else "",
                    "chosen": bill.bill_id in visit.bills_chosen,
                    "one": bill.one_of != "",
                }
                for bill in bills
            ],
            "total": wording.yuan(sum(bill.amount_fen for bill in chosen)),
            "count": len(chosen),
            "due": wording.day(min(dues), self.lang) if dues else "",
            "busy": visit.busy,
            "item_name": self.say(visit.item.name) if visit.item else "",
            "source": self.say(visit.answer.source) if visit.answer else "",
        }

    @Slot(str)
    def toggle(self, bill_id: str) -> None:
        """Tick or untick."""
        self.post(events.BillToggled(bill_id))

    @Slot()
    def proceed(self) -> None:
        """Go on with what is ticked."""
        self.go_on()


@QmlElement
class SlotsModel(ScreenModel):
    """Free appointments: a row of days, the times of the day chosen."""

    days_changed, times_changed, busy_changed, chosen_changed = (Signal() for _ in range(4))
    where_changed, loaded_changed = Signal(), Signal()
    days = shown("days", "QVariantList", days_changed, [])
    times = shown("times", "QVariantList", times_changed, [])
    busy = shown("busy", bool, busy_changed, False)
    chosen = shown("chosen", str, chosen_changed, "")
    where = shown("where", str, where_changed, "")

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._day = ""

    def forget(self) -> None:
        """Also the day looked at."""
        self._day = ""
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        dates = sorted({slot.date for slot in visit.slots})
        if self._day not in dates:
            self._day = visit.slot.date if visit.slot else (dates[0] if dates else "")
        today = [slot for slot in visit.slots if slot.date == self._day]
        return {
            "busy": visit.busy,
            "days": [
                {
                    "key": day,
                    "name": wording.day(day, self.lang),
                    "weekday": wording.weekday(day, self.lang),
                    "free": sum(slot.free for slot in visit.slots if slot.date == day),
                    "chosen": day == self._day,
                }
                for day in dates
            ],
            "times": [
                {
                    "key": slot.slot_id,
                    "time": f"{slot.start}–{slot.end}",
                    "free": slot.free,
                    "chosen": visit.slot is not None and visit.slot.slot_id == slot.slot_id,
                }
                for slot in sorted(today, key=lambda slot: slot.start)
            ],
            "chosen": f"{wording.day(visit.slot.date, self.lang)} {visit.slot.start}"
            if visit.slot
            else "",
            "where": self.say(today[0].place) if today else "",
        }

    @Slot(str)
    def pick_day(self, day: str) -> None:
        """Look at another day."""
        self._day = day
        self.refresh()

    @Slot(str)
    def pick(self, slot_id: str) -> None:
        """Choose a time."""
        slot = next((s for s in self.visit.slots if s.slot_id == slot_id), None)
        if slot is not None:
            self.post(events.SlotChosen(slot))

    @Slot()
    def proceed(self) -> None:
        """Book what is chosen."""
        self.post(events.Continued())
