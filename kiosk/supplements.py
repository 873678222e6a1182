"""What an authority asks for, and a withdrawal, as items of service: so that forms, papers, review and
submission serve them like everything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.catalogue import (
    MAX_PAGES,
    Form,
    FormField,
    FormPage,
    Identification,
    Kind,
    Material,
    Offline,
    PlaceChoice,
    RiskClass,
    ServiceItem,
)
from config.text import Text
from kiosk.visit.own import Asked

MOST_THINGS = MAX_PAGES
MAX_TEXT = 200
_PAGES = 6
_FIELDS_A_PAGE = 4

_FORM_TITLE = Text(zh="请补填这些内容", en="What the authority asks you to fill in")
_CONSENT = Text(
    zh="我确认补交的内容和材料属实，同意本机把它们加密送交受理机关，只用于办理这件事。",
    en="I confirm that what I hand in is true, and agree that this terminal sends it, encrypted, to the "
    "authority, which may use it for this case only.",
)


def asked_name(place: int) -> str:
    """What the thing at this place is called in form and papers here; the authority's own codes may
    be anything."""
    return f"asked{place}"


def supplement_item(item: ServiceItem, things: Sequence[Asked]) -> ServiceItem | None:
    """How ``things`` are handed in for a case of ``item``; None for more than a terminal takes.

    What the item's own form asks for is asked as there; anything else in writing is a line of text.
    """
    if not 0 < len(things) <= MOST_THINGS:
        return None
    written = {asked_name(n): thing for n, thing in enumerate(things) if not thing.paper}
    laid = {asked_name(n): thing for n, thing in enumerate(things) if thing.paper}
    pages = min(_PAGES, MAX_PAGES // max(1, len(laid)))
    return _derived(
        item,
        "supplement",
        Text(zh=f"补交材料：{item.name.zh}", en=f"Supplement: {item.name.en}"),
        form=_form(item, written) if written else None,
        materials=tuple(
            Material(key=name, name=thing.name, paper=True, pages=pages)
            for name, thing in laid.items()
        ),
        offline=Offline(risk=RiskClass.DEFER),
    )


def withdrawal_item(item: ServiceItem) -> ServiceItem:
    """Taking back a case of ``item``: never kept for later, since its authority works on meanwhile."""
    booked = item.kind is Kind.APPOINTMENT
    name = (
        Text(zh=f"取消预约：{item.name.zh}", en=f"Cancel the appointment: {item.name.en}")
        if booked
        else Text(zh=f"撤回：{item.name.zh}", en=f"Withdraw: {item.name.en}")
    )
    return _derived(item, "withdrawal", name, offline=Offline(risk=RiskClass.NEVER))


def _derived(item: ServiceItem, act: str, name: Text, **changes: Any) -> ServiceItem:
    """The item as far as it matters to what is done to a case of it later."""
    return ServiceItem(
        code=f"{item.code}/{act}",
        name=name,
        summary=item.summary,
        department=item.department,
        kind=Kind.APPLY,
        situation=item.situation,
        icon=item.icon,
        identification=Identification.L2,
        consent=_CONSENT,
        place=PlaceChoice.NONE,
        **changes,
    )


def _form(item: ServiceItem, written: dict[str, Asked]) -> Form:
    own = item.form
    rules = own.schema_.get("properties", {}) if own is not None else {}
    properties: dict[str, Any] = {}
    fields: dict[str, FormField] = {}
    for name, thing in written.items():
        known = own.fields.get(thing.code) if own is not None else None
        if known is not None:
            fields[name], properties[name] = known, rules.get(thing.code, {"type": "string"})
        else:
            fields[name] = FormField(label=thing.name)
            properties[name] = {"type": "string", "maxLength": MAX_TEXT}
    names = tuple(written)
    pages = tuple(
        FormPage(title=_FORM_TITLE, fields=names[at : at + _FIELDS_A_PAGE])
        for at in range(0, len(names), _FIELDS_A_PAGE)
    )
    schema = {"type": "object", "required": list(names), "properties": properties}
    return Form.model_validate({"schema": schema, "fields": fields, "pages": pages})
