"""What happens to a case after it was taken: events, supplements, withdrawal.

Case numbers can be guessed, so whoever changes a case proves to be its holder: the sealed part names
the person as identified now, and the portal compares with what was submitted.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field, JsonValue

from portal.contract.answers import ActRefused, CaseEvent
from portal.contract.base import (
    AnswerModel,
    AskedKind,
    CaseState,
    Decision,
    Destination,
    Key,
    RequestModel,
    SigningMethod,
    Terminal,
    Timestamp,
)
from portal.contract.requests import Assurance, Attachment, Consent, Sealed, Subject, UploadRef

CaseNumber = Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[A-Za-z0-9-]+$")]
RequestId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9-]+$")]


class SupplementItem(AnswerModel):
    """One thing the authority asks for: a field (of the item's form, if the form has one of this
    code), or a material."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    name_zh: str
    name_en: str
    kind: Annotated[AskedKind, Field(strict=False)] = AskedKind.FIELD


class SupplementDue(AnswerModel):
    """What is asked for, and the last day for it. ``request_id`` names this asking in the answer."""

    request_id: RequestId
    due: dt.date
    note_zh: str
    note_en: str
    items: list[SupplementItem]


class CaseEvents(AnswerModel):
    """Steps of a case, oldest first. ``last``: give it as ``after`` to get only newer ones.

    ``decision``: once decided. ``supplement``: what is asked for now; null when nothing is.
    ``signed``: how its holder signed it; null where nothing was signed, or the portal does not say.
    ``act_refused``: what its holder last did, where that had no effect; until the case moves on.
    """

    state: CaseState
    events: list[CaseEvent]
    last: Annotated[int, Field(ge=0)]
    decision: Decision | None = None
    supplement: SupplementDue | None = None
    signed: Annotated[SigningMethod, Field(strict=False)] | None = None
    act_refused: ActRefused | None = None


class CaseAction(RequestModel):
    """Envelope of a supplement or a withdrawal. The person and what is handed in are inside
    ``sealed`` (SupplementSubmission, HolderRequest); its header repeats key, destination, case_no.

    ``accepted_at`` and ``clock_sure`` as in a case: a supplement that was durable at a terminal on the
    last day is in time, however late it is delivered."""

    key: Key
    terminal: Terminal
    destination: Destination
    case_no: CaseNumber
    accepted_at: Timestamp | None = None
    clock_sure: bool | None = None
    sealed: Sealed
    uploads: Annotated[list[UploadRef], Field(max_length=20)] = Field(default_factory=list)


class SupplementSubmission(RequestModel):
    """The sealed content of a supplement. ``form`` holds the fields asked for, by code;
    ``attachments`` the materials, whose ``kind`` is their code: every one at least once."""

    case_no: CaseNumber
    request_id: RequestId
    subject: Subject
    assurance: Assurance
    form: dict[str, JsonValue]
    consent: Consent | None = None
    attachments: Annotated[list[Attachment], Field(max_length=20)] = Field(default_factory=list)


class HolderRequest(RequestModel):
    """The sealed content of a withdrawal."""

    case_no: CaseNumber
    subject: Subject
    assurance: Assurance
    reason: Annotated[str, Field(max_length=200)] | None = None


class ActionReceipt(AnswerModel):
    """The action was applied; ``state`` is where the case stands now. Holds nothing personal."""

    key: Key
    case_no: str
    state: CaseState
    at: Timestamp
