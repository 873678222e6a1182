"""Records of visits without anyone in them: redacted events that take the same path when replayed.

Every text that could tell of a person is replaced by an alias: the same text has the same alias
within one run of the program, so that "changed" and "the same" stay true; it can't be turned back.
An opened item is recorded without its form's constraints, the form check's verdict with the page;
the answers on which a page depends by their aliases.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

from config.catalogue import ServiceItem
from config.text import Text
from kiosk import forms
from kiosk.personal import Holder, Personal
from kiosk.visit import events as ev
from kiosk.visit import papers
from kiosk.visit.codec import decode, encode
from kiosk.visit.machine import advance
from kiosk.visit.model import (
    FaceRecord,
    Found,
    Power,
    QueryAnswer,
    Route,
    Signature,
    Slot,
    Step,
    Visit,
    at_rest,
)
from kiosk.visit.own import Asked, Asking, OpenCase, OwnCase
from kiosk.visit.page import Page
from kiosk.visit.refused import own_names, own_places
from kiosk.visit.resume import missing
from kiosk.visit.tickets import Claimed, Kept

_SALT = secrets.token_bytes(16)
_BLANK = Text(zh="", en="")
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(ev.Event)}
_ALIASED = frozenset({"key", "lookup_code", "handle", "place", "bill_id", "staff", "accepted_at"})


def alias(text: str) -> str:
    """The stand-in of a text; an empty or blank one has none, as the reducer tells them apart."""
    if not text.strip():
        return ""
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=_SALT, digest_size=6).hexdigest()


def record_event(event: ev.Event, before: Visit | None = None) -> dict[str, Any]:
    """One JSON-ready line of a record. ``before``, the visit the event met, makes a form page's
    errors complete where the screen did not send them all, says what a ticket left missing, and what
    the form calls the fields that were refused."""
    if isinstance(event, ev.FormPageDone) and before is not None and before.item is not None:
        values = {name: value.reveal() for name, value in before.form.items()}
        own = forms.check_page(before.item, before.form_page, values)
        event = ev.FormPageDone({**event.errors, **own})
    if isinstance(event, ev.ItemOpened) and before is not None and before.resumed is not None:
        event = replace(event, form_errors=missing(event.item, before))
    if isinstance(event, ev.VerdictArrived) and before is not None:
        places = own_places(before, event.papers) or ()
        refused = tuple(papers.unnamed(place) for place in sorted(places))
        event = replace(event, faults=own_names(before, event.faults), papers=refused)
    values = {f.name: encode(_redact(f.name, getattr(event, f.name))) for f in fields(type(event))}
    return {"event": type(event).__name__, "values": values}


def parse_event(record: Mapping[str, Any]) -> ev.Event:
    """The event of a line. :class:`ValueError` if it is none."""
    kind = _KINDS.get(str(record.get("event")))
    if kind is None:
        raise ValueError(f"no such event: {record.get('event')!r}")
    try:
        event: ev.Event = kind(**{name: decode(data) for name, data in record["values"].items()})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the values of {kind.__name__}") from error
    return event


def record_start(visit: Visit) -> dict[str, Any] | None:
    """The line a record may begin or go on with: a terminal at rest. None if someone is there."""
    if visit.step not in (Step.ATTRACT, Step.OUT_OF_SERVICE) or visit != at_rest(visit, visit.step):
        return None
    return {
        "start": visit.step.value,
        "out_of_service": visit.out_of_service,
        "effects_issued": visit.effects_issued,
        "near": visit.near,
        "headset": visit.headset,
        "power": visit.power.value,
        "card_lies": visit.card_lies,
    }


def _started(line: Mapping[str, Any]) -> Visit:
    """The visit of a start line; what older records do not hold is as it mostly is."""
    try:
        lasting = Visit(
            out_of_service=str(line["out_of_service"]),
            effects_issued=int(line["effects_issued"]),
            near=line.get("near"),
            headset=line.get("headset"),
            power=Power(line.get("power", Power.MAINS)),
            card_lies=bool(line.get("card_lies", False)),
        )
        return at_rest(lasting, Step(line["start"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"no such start: {line!r}") from error


def replay_record(lines: Iterable[Any]) -> Iterator[tuple[str, Visit]]:
    """Each line's name (``start`` or the event's) and the visit after it.

    :class:`ValueError` for a line that is neither, raised when it is come to.
    """
    visit = Visit()
    for line in lines:
        if not isinstance(line, Mapping):
            raise ValueError("a line is one JSON object")
        if "start" in line:
            visit = _started(line)
            yield "start", visit
        else:
            visit = advance(visit, parse_event(line))[0]
            yield str(line["event"]), visit


def replay(events: Iterable[ev.Event]) -> list[Visit]:
    """The visits these events lead through, the blank one first."""
    visits = [Visit()]
    for event in events:
        visits.append(advance(visits[-1], event)[0])
    return visits


def _redact(name: str, value: Any) -> Any:
    match value:
        case Personal():
            return Personal(alias(value.reveal()))
        case str() if name in _ALIASED:
            return alias(value)
        case Holder():
            return _nobody(value)
        case Signature():
            drawn = any(value.strokes)
            return Signature(value.width, value.height, (((0, 0, 0),),) if drawn else ())
        case FaceRecord():
            return replace(value, score=None, threshold=None, reason="")
        case QueryAnswer():
            bills = tuple(
                replace(
                    bill,
                    bill_id=alias(bill.bill_id),
                    label=_BLANK,
                    period="",
                    amount_fen=0,
                    one_of=alias(bill.one_of),
                )
                for bill in value.bills
            )
            policies = tuple(
                replace(one, name=_BLANK, gives=_BLANK, authority=_BLANK, basis="", until="")
                for one in value.policies
            )
            return QueryAnswer(_BLANK, "", _BLANK, (), (), (), bills, policies)
        case Slot():
            return _slot(value)
        case Page():
            return replace(value, handle=alias(value.handle))
        case OwnCase():
            return _own_case(value)
        case tuple() if name == "cases":
            return tuple(_own_case(case) for case in value)
        case OpenCase():
            return _open_case(value)
        case Found():
            return Found(alias(value.lookup_code), value.state, _BLANK, "", _BLANK)
        case Kept():
            return Kept(Personal(alias(value.ticket.reveal())), "")
        case Claimed():
            form = {name: Personal(alias(text.reveal())) for name, text in value.form.items()}
            return replace(value, place=alias(value.place), form=form, broken_off_at="")
        case tuple() if name == "slots":
            return tuple(_slot(slot) for slot in value)
        case Route():
            return replace(
                value,
                destination=alias(value.destination),
                division=alias(value.division),
                authority=_BLANK,
                explanation=_BLANK,
            )
        case ServiceItem():
            return _loosened(value)
        case Mapping() if name == "receipt":
            return _receipt(value)
        case _:
            return value


def _slot(slot: Slot) -> Slot:
    return Slot(alias(slot.slot_id), "", "", "", slot.free, _BLANK)


def _nobody(holder: Holder) -> Holder:
    return Holder(
        document_kind=holder.document_kind,
        name=Personal(alias(holder.name.reveal())),
        number=Personal(alias(holder.number.reveal())),
        sex=Personal(""),
        nation=Personal(""),
        birth=date(1900, 1, 1) if holder.birth else None,
        address=Personal(alias(holder.address.reveal())),
        valid_to=None,
        photo="photo" if holder.photo else "",
        method=holder.method,
    )


def _loosened(item: ServiceItem) -> ServiceItem:
    if item.form is None:
        return item
    kept = {
        name: {"default": rule["default"]} if "default" in rule else {}
        for name, rule in item.form.schema_.get("properties", {}).items()
    }
    pages = tuple(
        page.model_copy(
            update={"only": {k: tuple(alias(v) for v in vs) for k, vs in page.only.items()}}
        )
        for page in item.form.pages
    )
    loose = {"type": "object", "properties": kept}
    form = item.form.model_copy(update={"schema_": loose, "pages": pages})
    return item.model_copy(update={"form": form})


def _own_case(case: OwnCase) -> OwnCase:
    return OwnCase(
        number=alias(case.number),
        service=_BLANK,
        item="",
        destination=alias(case.destination),
        state=case.state,
        accepted_at="",
        authority=_BLANK,
        booking=case.booking,
    )


def _open_case(opened: OpenCase) -> OpenCase:
    asking = opened.asking
    if asking is not None:
        things = tuple(Asked(alias(one.code), _BLANK, one.paper) for one in asking.things)
        item = None if asking.item is None else _nameless(asking.item)
        asking = Asking(alias(asking.request_id), "", _BLANK, things, item, asking.obstacle)
    return OpenCase(
        case=_own_case(opened.case),
        key=alias(opened.key),
        lookup_code=alias(opened.lookup_code),
        steps=(),
        decision=opened.decision,
        asking=asking,
        withdrawal=None if opened.withdrawal is None else _nameless(opened.withdrawal),
        waiting=opened.waiting,
        signed=opened.signed,
    )


def _nameless(item: ServiceItem) -> ServiceItem:
    """Without the words of an authority, which may speak of the person."""
    item = _loosened(item)
    form = item.form
    if form is not None:
        fields = {
            name: field.model_copy(update={"label": _BLANK, "help": None})
            for name, field in form.fields.items()
        }
        form = form.model_copy(update={"fields": fields})
    materials = tuple(one.model_copy(update={"name": _BLANK}) for one in item.materials)
    return item.model_copy(update={"form": form, "materials": materials})


def _receipt(receipt: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, number in (("payment", "order_id"), ("document", "document_id")):
        part = receipt.get(name)
        if isinstance(part, Mapping) and part.get(number):
            kept[name] = {number: alias(str(part[number]))}
    return kept
