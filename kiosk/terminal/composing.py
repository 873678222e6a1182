"""From what the visit knows to what the portal's contract wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from config.catalogue import ServiceItem
from config.text import Text
from kiosk import forms
from kiosk.personal import Holder, Personal
from kiosk.terminal.enclosing import SIGNATURE
from kiosk.visit import effects as fx
from kiosk.visit.model import Bill, Column, Confirmed, FaceRecord, QueryAnswer, Signature, Slot
from portal.contract import SigningMethod, answers, requests


def subject(holder: Holder | None) -> requests.Subject | None:
    """The person, for inside the seal."""
    if holder is None:
        return None
    return requests.Subject(
        document_kind=holder.document_kind,
        name=holder.name.reveal(),
        number=holder.number.reveal(),
        sex=holder.sex.reveal() or None,
        nation=holder.nation.reveal() or None,
        birth=holder.birth,
        address=holder.address.reveal() or None,
        valid_to=holder.valid_to,
    )


def assurance(level: str, methods: tuple[str, ...], face: FaceRecord | None) -> requests.Assurance:
    """How the person was identified; the face part says what was and wasn't checked."""
    record = None
    if face is not None:
        record = {
            "compared": face.compared,
            "matched": face.matched,
            "score": face.score,
            "threshold": face.threshold,
            "recogniser": face.recogniser[:100],
            "liveness": face.liveness,
            "calibrated": face.calibrated,
            "reason": face.reason[:200],
        }
    return requests.Assurance.model_validate(
        {"level": level, "methods": list(methods) or ["none"], "face": record}, strict=False
    )


def signature(signed: Signature | Confirmed | None, at: datetime) -> requests.Signature | None:
    """Strokes as the contract writes them, or what was confirmed ``at`` the handing in instead."""
    if signed is None:
        return None
    if isinstance(signed, Confirmed):
        act = requests.SigningAct(
            method=SigningMethod(signed.method),
            statement=signed.statement,
            at=at,
            witness=signed.witness or None,
        )
        return requests.Signature(width=0, height=0, strokes=[], act=act)
    strokes = [[list(point) for point in stroke] for stroke in signed.strokes]
    return requests.Signature.model_validate(
        {"width": signed.width, "height": signed.height, "strokes": strokes}
    )


def form_values(item: ServiceItem, values: Mapping[str, Personal]) -> dict[str, Any]:
    """The form with each value typed as its schema wants; empty optional values are left out."""
    if item.form is None:
        return {}
    return {
        name: forms.typed_value(item.form, name, value.reveal().strip())
        for name, value in values.items()
        if value.reveal().strip()
    }


def submission(
    effect: fx.Submit,
    item: ServiceItem,
    *,
    at: datetime,
    pickup_hash: str | None,
    described: tuple[requests.Attachment, ...] = (),
) -> requests.CaseSubmission:
    """The sealed content of a case. ``described``: what goes as attachments; a signature that does
    is not in the case itself."""
    route = effect.route
    attached = {one.kind for one in described}
    return requests.CaseSubmission.model_validate(
        {
            "item": effect.item,
            "kind": effect.kind,
            "route": {
                "mode": route.mode.value,
                "destination": route.destination,
                "authority_zh": route.authority.zh,
                "authority_en": route.authority.en,
                "level": route.level.value,
                "division": route.division,
            },
            "subject": subject(effect.holder),
            "assurance": assurance(effect.assurance_level, effect.assurance_methods, effect.face),
            "form": form_values(item, effect.form),
            # Nothing is said to have been agreed to that was not.
            "consent": {"version": effect.consent, "at": at, "given": True}
            if effect.consent
            else None,
            "signature": None if SIGNATURE in attached else signature(effect.signature, at),
            "pickup_hash": pickup_hash,
            "slot_id": effect.slot_id or None,
            "bill_ids": list(effect.bill_ids) or None,
            "copies": None,
            "promised": _promised(effect),
            "attachments": list(described),
        },
        strict=False,
    )


def unsaid(content: requests.CaseSubmission) -> dict[str, Any]:
    """What is not there is not spoken of: a portal that knows of no uploads, or of nothing but drawn
    signatures, takes all other cases."""
    left_out: dict[str, Any] = {} if content.attachments else {"attachments": True}
    if content.signature is not None and content.signature.act is None:
        left_out["signature"] = {"act"}
    return left_out


def _promised(effect: fx.Submit) -> dict[str, Any] | None:
    if not effect.route.promised:
        return None
    return {
        "date": date.fromisoformat(effect.route.promised),
        "estimated": effect.route.promised_estimated,
        "working_days": effect.route.working_days,
    }


def query_answer(answer: answers.QueryAnswer) -> QueryAnswer:
    """The portal's records as the visit holds them."""
    return QueryAnswer(
        title=Text(zh=answer.title_zh, en=answer.title_en),
        as_of=answer.as_of.isoformat(),
        source=Text(zh=answer.source_zh, en=answer.source_en),
        summary=tuple(
            (Text(zh=line.label_zh, en=line.label_en), line.value) for line in answer.summary
        ),
        columns=tuple(
            Column(column.key, Text(zh=column.label_zh, en=column.label_en), column.kind)
            for column in answer.columns
        ),
        rows=tuple(answer.rows),
        bills=tuple(
            Bill(
                bill.bill_id,
                Text(zh=bill.label_zh, en=bill.label_en),
                bill.period,
                bill.amount_fen,
                bill.due.isoformat() if bill.due else "",
                bill.one_of or "",
            )
            for bill in answer.bills
        ),
    )


def slot(free: answers.Slot) -> Slot:
    """A bookable time as the visit holds it."""
    return Slot(
        free.slot_id,
        free.date.isoformat(),
        free.start,
        free.end,
        free.free,
        Text(zh=free.place_zh, en=free.place_en),
    )
