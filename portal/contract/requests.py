"""What a terminal sends: envelopes, which travel in clear, and what is sealed inside them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from portal.contract.base import (
    AssuranceLevel,
    AuthorityLevel,
    CaseKind,
    Destination,
    IdentityMethod,
    ItemCode,
    Key,
    LookupCode,
    RequestModel,
    RouteMode,
    Sha256Hex,
    SigningMethod,
    Terminal,
    Timestamp,
)

Sealed = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$", max_length=4194304)]
"""Compact JWE (RFC 7516), ECDH-ES+A256KW / A256GCM, of a JSON document."""

ShortText = Annotated[str, Field(min_length=1, max_length=200)]
Number = int | float


class UploadRef(RequestModel):
    """An upload that belongs to a case: the Idempotency-Key it was begun under, and what was sent."""

    key: Key
    size: Annotated[int, Field(ge=1)]
    sha256: Sha256Hex


class CaseEnvelope(RequestModel):
    """One submission. Everything personal is inside ``sealed`` (:class:`CaseSubmission`).

    ``accepted_at`` is the moment it was durable at the terminal, which is when it was received in
    law; ``clock_sure`` whether that terminal's clock had been compared with the portal's.
    """

    key: Key
    terminal: Terminal
    destination: Destination
    item: ItemCode
    kind: CaseKind
    lookup_code: LookupCode
    accepted_at: Timestamp
    clock_sure: bool | None = None
    sealed: Sealed
    uploads: Annotated[list[UploadRef], Field(max_length=20)] = Field(default_factory=list)


class Route(RequestModel):
    """Who handles the case, as the terminal routed it."""

    mode: RouteMode
    destination: Destination
    authority_zh: ShortText
    authority_en: ShortText
    level: AuthorityLevel
    division: Annotated[str, Field(pattern=r"^[0-9]{6,12}$")]


class Subject(RequestModel):
    """The person. ``valid_to`` null means a long-term document (长期)."""

    document_kind: Annotated[str, Field(min_length=1, max_length=40)]
    name: ShortText
    number: Annotated[str, Field(min_length=1, max_length=40)]
    sex: Annotated[str, Field(max_length=20)] | None = None
    nation: Annotated[str, Field(max_length=40)] | None = None
    birth: dt.date | None = None
    address: Annotated[str, Field(max_length=300)] | None = None
    valid_to: dt.date | None = None


class FaceRecord(RequestModel):
    """What of the face was checked and what was not.

    ``score`` and ``threshold`` are the recogniser's own units; ``calibrated`` says whether the
    threshold was set from measured error rates on this terminal's kind of camera.
    """

    compared: bool
    matched: bool | None
    score: float | None
    threshold: float | None
    recogniser: Annotated[str, Field(max_length=100)]
    liveness: Literal["not_checked", "basic"]
    calibrated: bool
    reason: Annotated[str, Field(max_length=200)]


class Assurance(RequestModel):
    """How the person was identified."""

    level: AssuranceLevel
    methods: list[IdentityMethod]
    face: FaceRecord | None


class Consent(RequestModel):
    """The person's answer to the notice on personal data."""

    version: Annotated[str, Field(max_length=100)]
    at: Timestamp
    given: bool


class SigningAct(RequestModel):
    """How a signature was given where it was not drawn: ``statement`` is the version of the words
    that were shown and confirmed, ``at`` the moment, ``witness`` the member of staff who looked on."""

    method: SigningMethod
    statement: Annotated[str, Field(min_length=1, max_length=100)]
    at: Timestamp
    witness: Annotated[str, Field(min_length=1, max_length=100)] | None = None


class Signature(RequestModel):
    """Strokes on the screen: points ``[x, y, t]`` in pixels and milliseconds. Who can't draw confirms
    a statement instead: then ``act`` says so, there are no strokes, and the field is 0 by 0."""

    width: Annotated[int, Field(ge=0, le=20000)]
    height: Annotated[int, Field(ge=0, le=20000)]
    strokes: Annotated[
        list[list[Annotated[list[Number], Field(min_length=3, max_length=3)]]],
        Field(max_length=500),
    ]
    act: SigningAct | None = None


class PromisedDays(RequestModel):
    """The promised date the terminal told the person. ``estimated``: the calendar of that year
    is not published yet."""

    date: dt.date
    estimated: bool
    working_days: Annotated[int, Field(ge=0)]


class Attachment(RequestModel):
    """What is in an upload, and how to open it (``portal/contract/chunks.py``).

    ``kind``: ``signature`` (a :class:`Signature` as JSON) or what the item calls it. ``size`` is
    that of the content, ``step`` that of a sealed chunk, ``secret`` its key in base64url.
    """

    upload: Key
    kind: Annotated[str, Field(min_length=1, max_length=40)]
    media_type: Annotated[str, Field(min_length=3, max_length=100)]
    size: Annotated[int, Field(ge=1)]
    step: Annotated[int, Field(ge=32, le=16777216)]
    secret: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class CaseSubmission(RequestModel):
    """The sealed content of a case."""

    item: ItemCode
    kind: CaseKind
    route: Route
    subject: Subject | None
    assurance: Assurance
    form: dict[str, JsonValue]
    consent: Consent | None
    signature: Signature | None
    pickup_hash: Sha256Hex | None
    slot_id: Annotated[str, Field(max_length=100)] | None
    bill_ids: Annotated[list[str], Field(max_length=50)] | None
    copies: Annotated[int, Field(ge=1, le=20)] | None
    promised: PromisedDays | None
    attachments: Annotated[list[Attachment], Field(max_length=20)] = Field(default_factory=list)


class EvaluationRequest(RequestModel):
    """好差评: 1 very satisfied … 5 very dissatisfied (GB/T 39046), once per case."""

    key: Key
    case_key: Key
    terminal: Terminal
    grade: Annotated[int, Field(ge=1, le=5)]


class QueryEnvelope(RequestModel):
    """A question. The person is inside ``sealed`` (:class:`QueryRequest`)."""

    terminal: Terminal
    item: ItemCode
    destination: Destination
    sealed: Sealed


class QueryRequest(RequestModel):
    """The sealed content of a query."""

    item: ItemCode
    subject: Subject | None
    assurance: Assurance
    params: dict[str, JsonValue]


class CredentialEnvelope(RequestModel):
    """A scanned code to be redeemed. The code is inside ``sealed`` (:class:`CredentialRequest`)."""

    terminal: Terminal
    destination: Destination
    sealed: Sealed


class CredentialRequest(RequestModel):
    """The sealed content: the code as it was scanned from the person's phone. The portal alone
    knows what is in it."""

    credential: Annotated[str, Field(min_length=8, max_length=512, pattern=r"^[!-~]+$")]
