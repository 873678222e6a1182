"""Attachments of an item: large sealed things that travel before it, in chunks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One attachment as it stands; holds nothing of its content.

    ``key`` (UUIDv7) is the Idempotency-Key of its upload and what the item's body calls it.
    ``size`` and ``digest`` (SHA-256) are those of the sealed bytes. All chunks have ``step`` bytes,
    but the last may have fewer. ``upload`` is what the receiver called the upload when it was
    begun, "" before that.
    """

    n: int
    key: str
    kind: str
    media_type: str
    size: int
    step: int
    digest: bytes
    upload: str = ""

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.size // self.step)

    def chunk_size(self, index: int) -> int:
        """Bytes of chunk ``index``."""
        return min(self.step, self.size - index * self.step)


@dataclass(frozen=True, slots=True, repr=False)
class NewAttachment:
    """An attachment to accept with its item.

    ``chunks`` gives the sealed chunks, one at a time; it is called again, and must give the same
    bytes again, when a commit has to be repeated. Never looked into, never sealed again. ``kind``
    and ``media_type`` are stored in clear. See :class:`AttachmentView` for the others.
    """

    key: str
    kind: str
    media_type: str
    size: int
    step: int
    digest: bytes
    chunks: Callable[[], Iterator[bytes]]

    def __post_init__(self) -> None:
        for name in ("key", "kind", "media_type"):
            value = getattr(self, name)
            if not value or len(value) > 100 or not value.isprintable():
                raise ValueError(f"{name} must be 1 to 100 printable characters")
        if self.size < 1 or self.step < 1 or len(self.digest) != 32:
            raise ValueError("an attachment has a size, a step and a SHA-256 digest")

    def __repr__(self) -> str:
        return f"NewAttachment({self.key}, {self.kind}, {self.size} bytes)"

    def view(self, n: int) -> AttachmentView:
        """What is kept about it as the item's ``n``-th."""
        return AttachmentView(
            n, self.key, self.kind, self.media_type, self.size, self.step, self.digest
        )


def manifest(views: Iterable[AttachmentView]) -> bytes:
    """What an item's row says of its attachments, so that none can be changed, added or taken away;
    empty if it has none."""
    said = [
        [view.n, view.key, view.kind, view.media_type, view.size, view.step, view.digest.hex()]
        for view in views
    ]
    return sha256(json.dumps(said, separators=(",", ":")).encode()).digest() if said else b""
