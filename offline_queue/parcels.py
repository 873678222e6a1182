"""What a claimed item's attachments are read from while they are sent, a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable

from offline_queue.attachments import AttachmentView
from offline_queue.errors import SpoiledAttachment
from offline_queue.outbox import Outbox


class OutboxParcel:
    """Implements :class:`offline_queue.Parcel` over the outbox.

    Methods raise OutboxClosed and OutboxStorageError, too.
    """

    def __init__(self, outbox: Outbox, item_id: str, stopping: Callable[[], bool]) -> None:
        self._outbox = outbox
        self._item_id = item_id
        self._stopping = stopping

    @property
    def stopping(self) -> bool:
        """Whether the courier is being stopped."""
        return self._stopping()

    def chunk(self, view: AttachmentView, index: int) -> bytes:
        """The chunk as it was accepted."""
        content = self._outbox.chunk(self._item_id, view.n, index).result()
        if content is None:
            raise SpoiledAttachment(f"chunk {index} of attachment {view.n} of {self._item_id}")
        return content

    def began(self, view: AttachmentView, upload: str) -> None:
        """Remember it in the outbox."""
        self._outbox.note_upload(self._item_id, view.n, upload).result()
