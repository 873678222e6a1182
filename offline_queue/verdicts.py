"""What became of a try, and the transport that finds out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from offline_queue.items import ItemView


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it, for the first time or again: a duplicate answer is a success."""

    receipt: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rejected:
    """The receiver will never take it."""

    code: str
    detail: str = ""
    receipt: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RetryLater:
    """The receiver answered that it has not been applied and may be sent again.

    ``after_s``: not sooner than this (Retry-After). ``destination_wide``: the destination as a
    whole is out of service (503, 429, refused credentials), not this item.
    """

    code: str
    after_s: float | None = None
    destination_wide: bool = False


@dataclass(frozen=True, slots=True)
class NotReached:
    """Surely nothing was sent: no route, no name, no connection."""

    code: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Something was sent, and no answer that can be trusted came back."""

    code: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """Answer to :meth:`Transport.ask`, authoritative: never applied. The same bytes and key
    are sent again."""


Verdict = Delivered | Rejected | RetryLater | NotReached | NoAnswer | NotThere


class Transport(Protocol):
    """Carries bodies to a destination. Blocking, with time-outs of its own; called on courier
    threads, for different destinations at the same time."""

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        """Send ``body`` as it is, with ``item.item_id`` as Idempotency-Key."""

    def ask(self, item: ItemView) -> Verdict:
        """Ask the destination what it knows of ``item.item_id``; changes nothing there."""
