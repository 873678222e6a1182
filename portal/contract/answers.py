"""What the portal answers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from portal.contract.base import (
    AnswerModel,
    CaseAct,
    CaseState,
    Destination,
    Fen,
    GatewayState,
    Key,
    LookupCode,
    PaymentState,
    Timestamp,
)


class TimeAnswer(AnswerModel):
    """The portal's clock, which is the legal time of a case."""

    now: Timestamp
    tz: str


class HealthAnswer(AnswerModel):
    """Whether the portal is in service; ``ok`` or a word for what is wrong."""

    status: str


class ReceiverKey(AnswerModel):
    """Public P-256 key (JWK, RFC 7517) that submissions for ``receiver`` are sealed to."""

    kid: str
    use: Literal["enc"]
    alg: Literal["ECDH-ES+A256KW"]
    receiver: Destination
    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str
    not_after: Timestamp


class KeySet(AnswerModel):
    """JWKS: one key per receiver."""

    keys: list[ReceiverKey]


class Gateway(AnswerModel):
    """State of the gateway to one city."""

    destination: Destination
    name_zh: str
    name_en: str
    state: GatewayState
    next_open: Timestamp | None = None


class Promised(AnswerModel):
    """Promised date. ``estimated``: that year's calendar is not published yet."""

    date: dt.date
    estimated: bool


class PaymentDue(AnswerModel):
    """An order to be paid on the person's own phone at ``pay_url``."""

    order_id: str
    amount_fen: Fen
    pay_url: str
    expires_at: Timestamp


class AppointmentBooked(AnswerModel):
    """A booked appointment; ``number`` is called in the hall."""

    date: dt.date
    start: str
    end: str
    place_zh: str
    place_en: str
    number: str


class DocumentReady(AnswerModel):
    """A document that waits for pickup at the terminal for 30 minutes."""

    document_id: str
    title_zh: str
    title_en: str
    verify_code: str
    pages: Annotated[int, Field(ge=1)]


class CaseReceipt(AnswerModel):
    """Proof that the portal took the case. Holds nothing personal."""

    key: Key
    case_no: Annotated[str, Field(max_length=50)]
    lookup_code: LookupCode
    state: CaseState
    accepted_at: Timestamp
    promised: Promised | None = None
    authority_zh: str
    authority_en: str
    destination: Destination
    payment: PaymentDue | None = None
    appointment: AppointmentBooked | None = None
    document: DocumentReady | None = None


class CaseEvent(AnswerModel):
    """One step of a case."""

    at: Timestamp
    state: CaseState
    note_zh: str
    note_en: str


class CaseStatus(AnswerModel):
    """A case with its history."""

    receipt: CaseReceipt
    events: list[CaseEvent]


class Refused(AnswerModel):
    """Why a submission was not accepted: ``code`` is that of the problem it was answered with; ``form``
    names the fields, ``materials`` the kinds of attachments that have to be put right. No values."""

    code: str
    form: list[str]
    materials: list[str]


class ActRefused(AnswerModel):
    """What the holder last did to a case and was refused for good: it had no effect. ``code`` is that of
    the problem it was answered with."""

    act: Annotated[CaseAct, Field(strict=False)]
    code: str
    at: Timestamp


class Ended(AnswerModel):
    """How a submission ended that never became a case, as its terminal said: ``how`` is a
    :class:`SubmissionEnd`, or a word of a newer portal; ``at`` is when."""

    how: str
    at: Timestamp


class LookupAnswer(AnswerModel):
    """What anyone holding a look-up code may see. Holds nothing personal."""

    state: CaseState
    item: str
    received_at: Timestamp | None = None
    """When it was received in law: at the terminal, if its clock can be believed."""
    accepted_at: Timestamp
    promised: Promised | None = None
    authority_zh: str
    authority_en: str
    refused: Refused | None = None
    """Of a submission that was refused for good: no case came of it (``not_accepted``)."""
    act_refused: ActRefused | None = None
    """Until the case moves on."""
    ended: Ended | None = None
    """Of a submission that ended with its terminal: no case came of it (``not_accepted``)."""


class EvaluationReceipt(AnswerModel):
    """The evaluation was recorded."""

    key: Key
    case_key: Key
    recorded_at: Timestamp


class SummaryLine(AnswerModel):
    """One labelled value."""

    label_zh: str
    label_en: str
    value: str


class Column(AnswerModel):
    """A column of the answer's table. ``amount`` values are yuan with two decimals."""

    key: str
    label_zh: str
    label_en: str
    align: Literal["start", "end"]
    kind: Literal["text", "amount", "date"]


class Bill(AnswerModel):
    """Something to pay. ``due``: last day, or null when there is none. ``one_of``: bills that name the
    same are alternatives, and one of them is paid at most; null for one that stands alone."""

    bill_id: str
    label_zh: str
    label_en: str
    period: str
    amount_fen: Fen
    due: dt.date | None = None
    one_of: Annotated[str, Field(max_length=64)] | None = None


class QueryAnswer(AnswerModel):
    """The records found, ready to be shown."""

    title_zh: str
    title_en: str
    as_of: dt.date
    source_zh: str
    source_en: str
    summary: list[SummaryLine]
    columns: list[Column]
    rows: list[dict[str, str]]
    bills: list[Bill]


class Slot(AnswerModel):
    """A time that can be booked; ``free`` is how many places are left."""

    slot_id: str
    date: dt.date
    start: str
    end: str
    free: Annotated[int, Field(ge=0)]
    place_zh: str
    place_en: str


class SlotsAnswer(AnswerModel):
    """Bookable times, earliest first."""

    slots: list[Slot]


class Payment(AnswerModel):
    """State of a payment order."""

    order_id: str
    state: PaymentState
    amount_fen: Fen
    paid_at: Timestamp | None = None
    channel: str | None = None


class Verification(AnswerModel):
    """Whether a document with this code was issued; the holder's name is masked."""

    valid: bool
    title_zh: str
    title_en: str
    issued_at: Timestamp
    issuer_zh: str
    holder_masked: str


class FieldProblem(AnswerModel):
    """What is wrong with one field; ``pointer`` is a JSON Pointer (RFC 6901)."""

    pointer: str
    code: str


class ProblemDocument(AnswerModel):
    """``application/problem+json`` (RFC 9457) with this contract's extensions."""

    type: str
    title: str
    status: int
    code: str
    retryable: bool
    trace_id: str
    retry_after_s: Annotated[int, Field(ge=0)] | None = None
    fields: list[FieldProblem] | None = None
    authority: str | None = None


class CredentialHolder(AnswerModel):
    """Whose code was redeemed; a code is good for one redemption and a short time.

    ``portrait``: JPEG or PNG in base64, for comparing the face; null if the portal holds none.
    """

    document_kind: Annotated[str, Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    number: Annotated[str, Field(min_length=1, max_length=40)]
    sex: str | None = None
    nation: str | None = None
    birth: dt.date | None = None
    address: str | None = None
    valid_to: dt.date | None = None
    portrait: Annotated[str, Field(max_length=400_000)] | None = None
