"""Attachments on disk: their rows and their chunks. Runs on the writer thread.

Chunks lie in the stowage, each bound to its item, its attachment, its index and how many there are: a chunk
that was changed, moved, swapped or taken away is not read as one. (Programs of schema 2 kept them in the
database, each with an HMAC over the same.) What an item's attachments are is part of the item's own seal
(:func:`offline_queue.attachments.manifest`).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256
from itertools import zip_longest

import apsw

from offline_queue.attachments import AttachmentView, NewAttachment, manifest
from offline_queue.rows import Row, Seals
from offline_queue.stowage import Spot, Stowage


class Enclosures:
    """The attachments in the database ``db``. Methods raise apsw.Error."""

    def __init__(self, db: apsw.Connection, seals: Seals, stowage: Stowage) -> None:
        self._db = db
        self._seals = seals
        self._stowage = stowage

    def of(self, row: Row) -> tuple[AttachmentView, ...] | None:
        """The attachments of ``row``; ``None`` if they are not those it was accepted with."""
        if not row.manifest:
            return ()
        found = self._db.execute(
            "SELECT n, key, kind, media_type, size, step, digest, upload, upload_mac"
            " FROM attachment WHERE no = ? ORDER BY n",
            (row.no,),
        )
        try:
            views = tuple(
                AttachmentView(
                    n, key, kind, media, size, step, digest, self._noted(row, n, upload, mac)
                )
                for n, key, kind, media, size, step, digest, upload, mac in found
            )
            return views if manifest(views) == row.manifest else None
        except (TypeError, ValueError, AttributeError):
            return None  # a value of a type we never write

    def chunk(self, row: Row, view: AttachmentView, index: int) -> bytes | None:
        """A chunk, or ``None`` if it is not the one that was accepted in this place."""
        spot = Spot(row.no, view.n, index)
        if self._stowage.has(self._db, spot):
            return self._stowage.get(self._db, spot, _said(row, view, index))
        found = self._db.execute(
            "SELECT content, mac FROM chunk WHERE no = ? AND n = ? AND i = ?",
            (row.no, view.n, index),
        ).fetchone()
        content, mac = found or (None, None)
        if not isinstance(content, bytes) or not isinstance(mac, bytes):
            return None
        if len(content) != view.chunk_size(index):
            return None
        seal = self._seals.chunk(row.item_id, view.n, index, view.chunks, content)
        return content if hmac.compare_digest(seal, mac) else None

    def whole(self, row: Row) -> bool:
        """Whether every chunk of every attachment of ``row`` is there; reads one at a time."""
        views = self.of(row)
        return views is not None and all(
            self.chunk(row, view, index) is not None
            for view in views
            for index in range(view.chunks)
        )

    def put(self, row: Row, attachments: Iterable[NewAttachment]) -> None:
        """Keep ``attachments`` with ``row``, which has been inserted, a chunk in memory at a time.

        Raises ValueError when one is not what it was said to be.
        """
        for n, attachment in enumerate(attachments, start=1):
            view = attachment.view(n)
            self._insert(row, view)
            digest = sha256()
            for index, content in zip_longest(range(view.chunks), attachment.chunks()):
                if index is None or content is None or len(content) != view.chunk_size(index):
                    raise ValueError(f"attachment {n} has not the size it was said to have")
                digest.update(content)
                self._keep(row, view, index, content)
            if digest.digest() != view.digest:
                raise ValueError(f"attachment {n} has not the digest it was said to have")

    def copy(self, source: Enclosures, old: Row, new: Row) -> None:
        """Keep with ``new`` what ``source`` holds, whole, for the same item as ``old``."""
        for view in source.of(old) or ():
            self._insert(new, view)
            if view.upload:
                self.note(new, view.n, view.upload)
            for index in range(view.chunks if old.held != "none" else 0):
                there, here = Spot(old.no, view.n, index), Spot(new.no, view.n, index)
                if self._stowage.has(source._db, there):
                    self._stowage.carry(source._db, there, self._db, here)
                else:
                    self._keep(new, view, index, _again(source.chunk(old, view, index)))

    def note(self, row: Row, n: int, upload: str) -> None:
        """Remember what the receiver calls the upload of the ``n``-th attachment."""
        seal = self._seals.upload(row.item_id, n, upload)
        self._db.execute(
            "UPDATE attachment SET upload = ?, upload_mac = ? WHERE no = ? AND n = ?",
            (upload, seal, row.no, n),
        )

    def use(self, seals: Seals) -> None:
        """Seal and check with ``seals`` from now on."""
        self._seals = seals

    def seal_anew(self, row: Row, seals: Seals) -> None:
        """Put the seals of all that is attached to ``row`` under another key; it has been checked."""
        for view in self.of(row) or ():
            if view.upload:
                self._db.execute(
                    "UPDATE attachment SET upload_mac = ? WHERE no = ? AND n = ?",
                    (seals.upload(row.item_id, view.n, view.upload), row.no, view.n),
                )
            for index in range(view.chunks if row.held != "none" else 0):
                spot, said = Spot(row.no, view.n, index), _said(row, view, index)
                if self._stowage.has(self._db, spot):
                    self._stowage.wrap_anew(self._db, spot, said, seals)
                    continue
                content = _again(self.chunk(row, view, index))
                self._db.execute(
                    "UPDATE chunk SET mac = ? WHERE no = ? AND n = ? AND i = ?",
                    (
                        seals.chunk(row.item_id, view.n, index, view.chunks, content),
                        *(row.no, view.n, index),
                    ),
                )

    def erase(self, no: int) -> None:
        """Drop all chunks of item ``no`` that are in the database; what is known about them stays, like
        their digest."""
        self._db.execute("DELETE FROM chunk WHERE no = ?", (no,))

    def drop(self, no: int) -> None:
        """Forget the attachments of item ``no`` altogether."""
        self.erase(no)
        self._stowage.erase(self._db, no)
        self._db.execute("DELETE FROM attachment WHERE no = ?", (no,))

    def _noted(self, row: Row, n: int, upload: str, mac: bytes) -> str:
        """``upload`` if we wrote it; another's would only be asked for in vain."""
        if not upload or not hmac.compare_digest(self._seals.upload(row.item_id, n, upload), mac):
            return ""
        return upload

    def _insert(self, row: Row, view: AttachmentView) -> None:
        self._db.execute(
            "INSERT INTO attachment (no, n, key, kind, media_type, size, step, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(row.no, view.n, view.key, view.kind, view.media_type),
                *(view.size, view.step, view.digest),
            ),
        )

    def _keep(self, row: Row, view: AttachmentView, index: int, content: bytes) -> None:
        spot = Spot(row.no, view.n, index)
        self._stowage.put(self._db, spot, content, _said(row, view, index))


def _said(row: Row, view: AttachmentView, index: int) -> bytes:
    """Whose a chunk is, and which."""
    place = b"%b|%d|%d|%d|" % (row.item_id.encode(), view.n, index, view.chunks)
    return place + view.digest


def _again(content: bytes | None) -> bytes:
    if content is None:
        raise apsw.CorruptError("a chunk could not be read a second time")
    return content
