"""What a claimed item's attachments are read from while they are sent, a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from offline_queue.attachments import AttachmentView
from offline_queue.errors import SpoiledAttachment
from offline_queue.outbox import Outbox


class OutboxParcel:
    """Implements :class:`offline_queue.Parcel` over the outbox; reads the next chunk while one is sent.

    Methods raise OutboxClosed and OutboxStorageError, too.
    """

    def __init__(self, outbox: Outbox, item_id: str, stopping: Callable[[], bool]) -> None:
        self._outbox = outbox
        self._item_id = item_id
        self._stopping = stopping
        self._ahead: tuple[int, int, Future[bytes | None]] | None = None

    @property
    def stopping(self) -> bool:
        """Whether the courier is being stopped."""
        return self._stopping()

    def chunk(self, view: AttachmentView, index: int) -> bytes:
        """The chunk as it was accepted."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[:2] == (view.n, index):
            content = ahead[2].result()
        else:
            content = self._outbox.chunk(self._item_id, view.n, index).result()
        if content is None:
            raise SpoiledAttachment(f"chunk {index} of attachment {view.n} of {self._item_id}")
        if index + 1 < view.chunks:
            following = self._outbox.chunk(self._item_id, view.n, index + 1)
            self._ahead = view.n, index + 1, following
        return content

    def began(self, view: AttachmentView, upload: str) -> None:
        """Remember it in the outbox."""
        self._outbox.note_upload(self._item_id, view.n, upload).result()
