"""Review with consent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from config.catalogue import FormField
from kiosk.personal import mask_number, mask_phone
from kiosk.visit import events, model, papers
from kiosk.visit.journey import agrees_at_once, needs_signature
from screens import shapes, wording
from screens.models.base import Rows, ScreenModel, shown

_ALREADY_SHOWN = ("card.name", "card.number")
QML_IMPORT_NAME = "Citizen"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ReviewModel(ScreenModel):
    """Everything that will be handed in, numbers masked unless the person holds "show". ``atOnce``: one
    button agrees and prints."""

    name_changed, holder_changed, rows_changed, consent_changed = (Signal() for _ in range(4))
    agreed_changed, authority_changed, promised_changed = Signal(), Signal(), Signal()
    estimated_changed, explanation_changed, kind_changed, signs_changed = (
        Signal() for _ in range(4)
    )
    days_changed, total_changed, slot_changed, open_changed = (Signal() for _ in range(4))
    slot_place_changed, papers_changed, at_once_changed = Signal(), Signal(), Signal()
    itemName = shown("name", str, name_changed, "")
    holder = shown("holder", "QVariantMap", holder_changed, {})
    rows = shown("rows", "QVariantList", rows_changed, [])
    consentText = shown("consent", str, consent_changed, "")
    agreed = shown("agreed", bool, agreed_changed, False)
    authority = shown("authority", str, authority_changed, "")
    promised = shown("promised", str, promised_changed, "")
    promisedEstimated = shown("estimated", bool, estimated_changed, False)
    explanation = shown("explanation", str, explanation_changed, "")
    kind = shown("kind", str, kind_changed, "")
    signs = shown("signs", bool, signs_changed, False)
    days = shown("days", int, days_changed, 0)
    total = shown("total", str, total_changed, "")
    slotTime = shown("slot", str, slot_changed, "")
    slotPlace = shown("slot_place", str, slot_place_changed, "")
    papers = shown("papers", "QVariantList", papers_changed, [])
    showing = shown("open", bool, open_changed, False)
    atOnce = shown("at_once", bool, at_once_changed, False)

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self._open = False

    def forget(self) -> None:
        """Also: masked again."""
        self._open = False
        super().forget()

    def compute(self, visit: model.Visit) -> dict[str, Any]:
        """See the properties."""
        item, route = visit.item, visit.route
        if item is None:
            return {}
        due = visit.answer.bills if visit.answer else ()
        total = sum(bill.amount_fen for bill in due if bill.bill_id in visit.bills_chosen)
        slot = visit.slot
        return {
            "name": self.say(item.name),
            "holder": self._holder(visit),
            "rows": self._rows(visit),
            "consent": self.say(item.consent),
            "agreed": visit.consent == self._version(),
            "authority": self.say(route.authority) if route else self.say(item.department),
            "promised": wording.day(route.promised, self.lang) if route and route.promised else "",
            "estimated": bool(route and route.promised_estimated),
            "explanation": self.say(route.explanation) if route else "",
            "kind": item.kind.value,
            "signs": needs_signature(item),
            "days": route.working_days if route else item.working_days,
            "total": wording.yuan(total) if total else "",
            "slot": f"{wording.day(slot.date, self.lang)} {slot.start}–{slot.end}" if slot else "",
            "slot_place": self.say(slot.place) if slot else "",
            "papers": self._papers(visit),
            "open": self._open,
            "at_once": agrees_at_once(item),
        }

    def _version(self) -> str:
        item = self.item
        return f"{item.code}/{item.version}" if item else ""

    def _holder(self, visit: model.Visit) -> dict[str, str]:
        holder = visit.holder
        if holder is None:
            return {}
        if self._open:
            return {"name": holder.name.reveal(), "number": holder.number.reveal()}
        return {"name": holder.masked_name, "number": holder.masked_number}

    def _rows(self, visit: model.Visit) -> Rows:
        form = visit.item.form if visit.item else None
        if form is None:
            return []
        names = [name for page in form.pages for name in page.fields if name in form.fields]
        return [
            {
                "label": self.say(form.fields[name].label),
                "value": self._value(form.fields[name], visit.form[name].reveal()),
            }
            for name in names
            if visit.form.get(name) and form.fields[name].prefill not in _ALREADY_SHOWN
        ]

    def _papers(self, visit: model.Visit) -> Rows:
        if model.Step.MATERIALS not in visit.trail:
            return []
        return [
            {
                "name": self.say(material.name),
                "pages": [page.handle for page in visit.papers.get(n, ())],
                "later": material.later,
            }
            for n, material in enumerate(papers.of_item(visit.item))
        ]

    def _value(self, field: FormField, text: str) -> str:
        if field.widget == "choice":
            return self.say(dict(field.options).get(text)) or text
        if field.widget == "date":
            return wording.day(text, self.lang)
        if field.widget == "month":
            return wording.month(text, self.lang)
        if field.widget == "amount":
            return wording.cell(text, "amount", self.lang)
        if field.widget == "division":
            division = self._port.directory.division(text)
            return self.say(division.name) if division else text
        if field.widget == "toggle":
            yes, no = ("是", "否") if wording.is_chinese(self.lang) else ("Yes", "No")
            return yes if text == "true" else no
        if self._open:
            return shapes.grouped(field.widget, text)
        if field.widget == "phone":
            return mask_phone(text)
        if field.widget in ("id_number", "bank_card"):
            return mask_number(text)
        if field.prefill == "card.name" and self.visit.holder:
            return self.visit.holder.masked_name
        if field.prefill == "card.number" and self.visit.holder:
            return self.visit.holder.masked_number
        return text

    @Slot(bool)
    def hold(self, held: bool) -> None:
        """Numbers in clear while the button is held."""
        self._open = held
        self.refresh()

    @Slot(bool)
    def agree(self, on: bool) -> None:
        """Consent to this version of the text, or take it back."""
        self.post(events.ConsentChanged(self._version() if on else ""))

    @Slot()
    def proceed(self) -> None:
        """Sign or hand in."""
        if agrees_at_once(self.item):
            self.agree(True)
        self.post(events.Continued())
