"""What the outbox holds and what it says about it: the vocabulary of its callers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import uuid_utils


class ItemState(StrEnum):
    """Where an item stands. The first three are pending, the others final."""

    QUEUED = "queued"
    IN_FLIGHT = "in_flight"
    #: sent, and no answer came: asked about before anything is sent again; never "failed"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    #: cannot be delivered without a person's decision (tampered with, tries used up)
    DEAD = "dead"
    #: taken back, or given up, before anything of it was sent
    WITHDRAWN = "withdrawn"

    @property
    def pending(self) -> bool:
        """Whether the courier still has work to do on it."""
        return self in (ItemState.QUEUED, ItemState.IN_FLIGHT, ItemState.UNKNOWN)


class OnRejection(StrEnum):
    """What the rejection (or death) of an item means for later items of its case."""

    #: they wait until :meth:`Outbox.release`, expiry or withdrawal: they may build on it
    BLOCK = "block"
    #: they go on as if it had been delivered: nothing builds on it (an evaluation)
    SKIP = "skip"


@dataclass(frozen=True, slots=True, repr=False)
class NewItem:
    """An item to accept.

    ``item_id`` (UUIDv7) is row key and Idempotency-Key. Items of one (``destination``,
    ``case_id``) are delivered in the order of acceptance. ``body`` is the final serialized
    request, sealed by the caller: it is never looked into, never serialized again.
    ``attributes`` travel with it and hold no personal data. If nothing of it could be sent
    within ``expires_after_s`` seconds it is withdrawn.
    """

    item_id: str
    destination: str
    case_id: str
    operation: str
    body: bytes
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    expires_after_s: float | None = None
    on_rejection: OnRejection = OnRejection.BLOCK

    def __post_init__(self) -> None:
        for name in ("item_id", "destination", "case_id", "operation"):
            value = getattr(self, name)
            if not value or len(value) > 200 or not value.isprintable():
                raise ValueError(f"{name} must be 1 to 200 printable characters")
        if self.expires_after_s is not None and not self.expires_after_s >= 0:
            raise ValueError("expires_after_s must not be negative")

    def __repr__(self) -> str:
        return f"NewItem({self.item_id}, {self.operation} to {self.destination})"


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as it stands. Holds no body.

    ``seq`` is its place in its case, from 1. ``accepted_at`` is RFC 3339 by the wall clock of
    that moment; ``next_try_at`` Unix seconds, ``None`` when nothing is due (final, in flight,
    or waiting behind another item of its case). ``verdict`` is the last code.
    ``on_rejection`` is what its rejection means for later items of its case.
    """

    item_id: str
    destination: str
    case_id: str
    seq: int
    operation: str
    state: ItemState
    attempts: int
    accepted_at: str
    next_try_at: float | None
    receipt: Mapping[str, Any] | None
    verdict: str
    attributes: Mapping[str, str]
    on_rejection: OnRejection = OnRejection.BLOCK


@dataclass(frozen=True, slots=True)
class Ending:
    """How ``item`` ended, by its state and verdict; ``at`` is RFC 3339, by the wall clock as set now.

    ``spoiled``: it was found changed, and nothing that it says can be believed, its id included.
    ``moment`` is the outbox's own mark of this end.
    """

    item: ItemView
    at: str
    spoiled: bool
    moment: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item was not accepted; nothing of it has been kept.

    ``code``: ``outbox.full``, ``outbox.disk_full``, ``outbox.too_old`` (the backlog is),
    ``outbox.too_large`` (this body, or what is attached to it, is), ``outbox.storage_failed``,
    ``outbox.duplicate_mismatch`` (the id is taken by another body).
    """

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened to an item.

    ``kind``: accepted, sent, asked, answer, withdrawn, retried, recovered, exported,
    erased, upload_ended, told (the receiver, how it ended). ``code`` is the verdict's where there is
    one; ``next_try_at`` Unix seconds.
    """

    at: str
    kind: str
    state: ItemState
    code: str
    next_try_at: float | None


@dataclass(frozen=True, slots=True)
class DestinationSummary:
    """A destination's backlog. ``breaker``: closed, open, half_open."""

    pending: int
    next_try_at: float | None
    breaker: str = "closed"
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """The outbox at a glance. ``bytes`` are those of bodies and attachments still held."""

    counts: Mapping[ItemState, int]
    oldest_age_s: float
    bytes: int
    blocked_cases: int
    destinations: Mapping[str, DestinationSummary]
    refusal: Refusal | None

    @property
    def pending(self) -> int:
        """Items the courier still has work to do on."""
        return sum(count for state, count in self.counts.items() if state.pending)


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these new work is refused; what has been accepted is never evicted.

    ``bytes`` limits all bodies and attachments together, ``body_bytes`` one body, ``attachments``
    their number with one item, ``attached_bytes`` their sum, ``chunk_bytes`` one chunk.
    Ages and retentions in seconds. ``free_bytes`` is the reserve of free disk below which
    nothing is accepted, so that recording deliveries never runs out of room. ``uploads_kept_s``
    after an item has ended its receiver is taken to have let expire what was uploaded for it.
    """

    items: int = 500
    items_per_case: int = 20
    bytes: int = 2 << 30
    body_bytes: int = 32 << 20
    attachments: int = 20
    attached_bytes: int = 64 << 20
    chunk_bytes: int = 1 << 20
    age_s: float = 72 * 3600
    free_bytes: int = 1 << 30
    inline_bytes: int = 64 << 10
    erase_within_s: float = 30.0
    dead_retention_s: float = 30 * 86400
    record_retention_s: float = 180 * 86400
    uploads_kept_s: float = 7 * 86400


def new_item_id() -> str:
    """A fresh UUIDv7 (RFC 9562)."""
    return str(uuid_utils.uuid7())
