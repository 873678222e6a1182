"""Sessions: one person at one terminal, for what is asked again and again in the person's name.

A submission needs none: it seals who it is from. A session is for lists and for giving things back.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from portal.contract.answers import Promised
from portal.contract.base import (
    AnswerModel,
    AssuranceLevel,
    CaseState,
    Destination,
    ItemCode,
    RequestModel,
    Terminal,
    Timestamp,
)
from portal.contract.progress import CaseNumber
from portal.contract.requests import Assurance, Sealed, Subject

SessionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]


class SessionRequest(RequestModel):
    """Opens a session of a terminal; nobody is known in it yet."""

    terminal: Terminal


class SessionOpened(AnswerModel):
    """``token`` is the bearer token of everything asked in the session, which ends at ``expires_at``,
    15 minutes on at most."""

    session_id: SessionId
    token: Annotated[str, Field(min_length=32, max_length=200)]
    expires_at: Timestamp


class IdentityEnvelope(RequestModel):
    """Who the person is. Sealed (IdentityRequest); its header repeats session and destination."""

    destination: Destination
    sealed: Sealed


class IdentityRequest(RequestModel):
    """The sealed content: the person, and how the person was identified."""

    subject: Subject
    assurance: Assurance


class SessionState(AnswerModel):
    """How sure the portal now is of the person. Holds nothing personal."""

    session_id: SessionId
    level: AssuranceLevel
    expires_at: Timestamp


class CaseListed(AnswerModel):
    """One case of the person. Its steps and what is asked for: ``GET /v1/cases/{case_no}/events``;
    ``destination`` is the receiver that a supplement or a withdrawal is sealed to."""

    case_no: CaseNumber
    item: ItemCode
    destination: Destination
    state: CaseState
    accepted_at: Timestamp
    promised: Promised | None = None
    authority_zh: str
    authority_en: str


class OwnCases(AnswerModel):
    """The person's cases, newest first; no more than a hundred at once. ``more``: older ones come
    when asked for those ``before`` the last one here."""

    cases: Annotated[list[CaseListed], Field(max_length=100)]
    more: bool = False


class DocumentListed(AnswerModel):
    """A document that still waits for pickup."""

    document_id: str
    case_no: str
    title_zh: str
    title_en: str
    issued_at: Timestamp
    pickup_until: Timestamp


class DocumentsAnswer(AnswerModel):
    """The person's documents, newest first."""

    owner: Literal["self"]
    documents: list[DocumentListed]
