"""What an item that ended has left at its receiver: uploads that nothing will ever refer to.

They are in the rows, beside what is attached: an upload that was begun is noted there durably before
a byte of it is sent, and the note goes when the receiver has given the upload up. So nothing has to be
remembered elsewhere, and a crash at any point costs one repeated request. An upload that was begun
without an answer is not noted; it holds nothing, and expires.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from offline_queue.store import Store

_LEFT = (
    "SELECT item_id, destination, n, upload, upload_mac FROM attachment JOIN item USING (no)"
    " WHERE upload <> '' AND live = 0 AND ended > ? AND (state IN ('rejected', 'withdrawn')"
    " OR state = 'dead' AND verdict = 'outbox.tampered') ORDER BY no, n"
)
"""A dead item whose tries are used up may be tried again, with what it has uploaded."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The upload, as its receiver calls it, of the ``n``-th attachment of an item that ended."""

    item_id: str
    destination: str
    n: int
    upload: str


def left(store: Store) -> list[Leaving]:
    """All that is still to be given up; not what ended so long ago that it has expired."""
    since = store.time.now() - store.limits.uploads_kept_s
    return [
        Leaving(item_id, destination, n, upload)
        for item_id, destination, n, upload, mac in store.db.execute(_LEFT, (since,))
        # Another's would only be asked for in vain.
        if hmac.compare_digest(store.seals.upload(item_id, n, upload), mac)
    ]


def gone(store: Store, leaving: Leaving) -> None:
    """In a transaction: the receiver has given it up, or never will."""
    row = store.find(leaving.item_id)
    if row is not None:
        store.enclosures.note(row, leaving.n, "")
        store.event(row, "upload_ended")
