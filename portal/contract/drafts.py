"""A journey broken off at one terminal and gone on with at another, by its claim ticket.

The draft is sealed to the portal when it is broken off. It is given back once, to a terminal where
the same person was identified again, and erased.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from portal.contract.base import (
    AnswerModel,
    Destination,
    ItemCode,
    Key,
    LookupCode,
    RequestModel,
    Sha256Hex,
    Terminal,
    Timestamp,
)
from portal.contract.requests import Assurance, Sealed, Subject

DRAFT_DAYS = 7
"""A draft is kept so many days from when the portal received it."""


class DraftEnvelope(RequestModel):
    """A draft to be kept. Everything personal is inside ``sealed`` (DraftContent), whose header
    repeats key, destination and item.

    ``ticket_hash``: hex SHA-256 of the claim ticket's characters; the ticket itself is on paper only.
    """

    key: Key
    terminal: Terminal
    destination: Destination
    item: ItemCode
    ticket_hash: Sha256Hex
    broken_off_at: Timestamp
    sealed: Sealed


class DraftContent(RequestModel):
    """The sealed content: who was identified, and what was filled in so far. ``place`` is the
    division the matter belongs to, if it was chosen."""

    item: ItemCode
    item_version: Annotated[int, Field(ge=0)]
    subject: Subject
    place: Annotated[str, Field(max_length=12)] | None = None
    form: dict[str, JsonValue]


class DraftReceipt(AnswerModel):
    """The draft is kept until ``expires_at``. Holds nothing personal."""

    key: Key
    expires_at: Timestamp


class DraftClaim(RequestModel):
    """A ticket to be claimed. Ticket and person are inside ``sealed`` (DraftClaimRequest), whose
    header repeats key and destination."""

    key: Key
    terminal: Terminal
    destination: Destination
    sealed: Sealed


class DraftClaimRequest(RequestModel):
    """The sealed content of a claim: the ticket, and the person as identified now."""

    ticket: LookupCode
    subject: Subject
    assurance: Assurance


class ClaimedDraft(AnswerModel):
    """What was filled in so far. Consent and signature are never part of it: they are given anew."""

    key: Key
    item: str
    item_version: int
    place: str | None = None
    form: dict[str, JsonValue]
    broken_off_at: Timestamp
