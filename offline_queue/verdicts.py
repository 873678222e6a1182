"""What became of a try, and the transport that finds out.

Attachments go before the item they belong to and take no effect alone: whatever becomes of sending
one, the item itself has surely not been sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from offline_queue.attachments import AttachmentView
from offline_queue.items import Ending, ItemView


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
    """Surely nothing was sent: no route, no name, no connection; or nothing but attachments."""

    code: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Something was sent, and no answer that can be trusted came back."""

    code: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """Answer to :meth:`Transport.ask`, authoritative: never applied. The same bytes and key
    are sent again."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The receiver has the whole attachment."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The parcel said that it is stopping: nothing is known to be wrong."""


NotUploaded = Interrupted | Rejected | RetryLater | NotReached
"""Why the receiver has not got the whole attachment; what has arrived of it is not sent again."""

UploadVerdict = Uploaded | NotUploaded

Verdict = Delivered | Rejected | RetryLater | NotReached | NoAnswer | NotThere


class Transport(Protocol):
    """Carries bodies to a destination. Blocking, with time-outs of its own; called on courier
    threads, for different destinations at the same time."""

    def deliver(self, item: ItemView, body: bytes) -> Verdict:
        """Send ``body`` as it is, with ``item.item_id`` as Idempotency-Key."""

    def ask(self, item: ItemView) -> Verdict:
        """Ask the destination what it knows of ``item.item_id``; changes nothing there."""


class Parcel(Protocol):
    """Where the chunks of one item's attachments come from. Used by one thread."""

    @property
    def stopping(self) -> bool:
        """Whether no further request should be begun."""

    def chunk(self, view: AttachmentView, index: int) -> bytes:
        """A sealed chunk. Raises SpoiledAttachment if it is not the accepted one."""

    def began(self, view: AttachmentView, upload: str) -> None:
        """Remember what the receiver calls the upload; durable when this returns."""


@runtime_checkable
class Uploader(Protocol):
    """A transport that can carry attachments, too."""

    def upload(self, item: ItemView, view: AttachmentView, parcel: Parcel) -> UploadVerdict:
        """Send what the receiver has not yet got of an attachment of ``item``."""

    def give_up(self, upload: str) -> bool:
        """Have the receiver forget an upload; ``False`` if it may be asked again later, ``True`` when it
        is gone, or will not be given up."""


@runtime_checkable
class Herald(Protocol):
    """A transport that can tell a destination how an item ended that was not delivered."""

    def concerns(self, ending: Ending) -> bool:
        """Whether the destination is to know of it at all."""

    def tell(self, ending: Ending) -> bool:
        """Tell the destination; ``False`` if it may be told again later, ``True`` when it knows, or will
        not hear it. Telling it again changes nothing."""
