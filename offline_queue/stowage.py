"""Large things beside the database: bodies and chunks, each under a key of its own.

All lie in one file, in places that are used again. What lies there is encrypted (AES-256-GCM) under a fresh
key, which stands in the database, itself encrypted under the outbox's key and bound to whose it is and where
it lies. So a byte is written once and flushed once; what was changed, moved or swapped does not open; and
erasing is deleting the key, which ``secure_delete`` and the checkpoint destroy: what is left in the file
until its place is used again opens for nobody.

A place is written and flushed before the commit that speaks of it, and used again only after the commit that
gives it up, so there is nothing to sweep: what is free is told from the rows.
"""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path
from typing import NamedTuple

import apsw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from offline_queue.place import sync_directory
from offline_queue.room import Room
from offline_queue.rows import Seals

_NONCE = bytes(12)
"""Each key encrypts one thing."""
_KEPT = 16 << 20
"""Bytes of free room at the end that are kept for what comes."""


class Spot(NamedTuple):
    """Item ``no``'s body (``n`` 0), or chunk ``i`` of its ``n``-th attachment."""

    no: int
    n: int = 0
    i: int = 0


class Stowage:
    """The file at ``path``. Rows are read and written through the connection that is passed in, inside its
    transaction. ``said``: whose a thing is; it opens only with the same. Raises OSError, apsw.Error."""

    def __init__(self, path: Path, seals: Seals) -> None:
        new = not path.exists()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if new:
            sync_directory(path.parent)
        self._seals = seals
        self._room = Room()
        self._taken: list[tuple[int, int]] = []
        self._given: list[tuple[int, int]] = []
        self._dirty = False

    @property
    def spare(self) -> int:
        """Bytes of the file that are free for new things."""
        return self._room.free

    def use(self, seals: Seals) -> None:
        """Wrap keys with ``seals`` from now on."""
        self._seals = seals

    def survey(self, db: apsw.Connection) -> None:
        """Take what the rows of ``db`` do not speak of as free."""
        # A place beyond the file is damage or a forgery; nothing is to be written behind it.
        self._room = Room(
            db.execute(
                "SELECT place, size FROM stowed WHERE place >= 0 AND size > 0 AND place + size <= ?",
                (os.fstat(self._file).st_size,),
            )
        )

    def keep_all(self) -> None:
        """Take nothing of the file as free, whatever rows there are: they are about to be carried over."""
        self._room = Room([(0, os.fstat(self._file).st_size)])

    def put(self, db: apsw.Connection, spot: Spot, content: bytes, said: bytes) -> None:
        """Keep ``content``; durable after the next :meth:`flush` and the commit that follows."""
        key = secrets.token_bytes(32)
        sealed = AESGCM(key).encrypt(_NONCE, content, None)
        place = self._room.take(len(sealed))
        self._taken.append((place, len(sealed)))
        self._dirty = True
        if os.pwrite(self._file, sealed, place) != len(sealed):
            raise OSError(errno.ENOSPC, "a large body could not be written whole")
        wrapped = self._seals.wrap(key, _bound(said, place, len(sealed)))
        db.execute(
            "INSERT INTO stowed VALUES (?, ?, ?, ?, ?, ?)", (*spot, place, len(sealed), wrapped)
        )

    def get(self, db: apsw.Connection, spot: Spot, said: bytes) -> bytes | None:
        """What was put there; ``None`` if there is nothing, or not what was put."""
        found = _row(db, spot)
        if found is None:
            return None
        place, size, wrapped = found
        key = self._seals.unwrap(wrapped, _bound(said, place, size))
        if key is None:  # nothing the outbox wrote: nor is its place believed
            return None
        try:
            return AESGCM(key).decrypt(_NONCE, os.pread(self._file, size, place), None)
        except (InvalidTag, ValueError):
            return None

    def has(self, db: apsw.Connection, spot: Spot) -> bool:
        """Whether something is said to be there."""
        return _row(db, spot) is not None

    def erase(self, db: apsw.Connection, no: int) -> None:
        """Destroy the keys of all that belongs to item ``no``; their places are free after the commit."""
        rows = db.execute("SELECT place, size FROM stowed WHERE no = ?", (no,))
        found = [(int(place), int(size)) for place, size in rows]
        if found:
            db.execute("DELETE FROM stowed WHERE no = ?", (no,))
            self._given += found

    def carry(self, source: apsw.Connection, old: Spot, db: apsw.Connection, new: Spot) -> None:
        """Have in ``db`` what ``source`` speaks of, where it lies."""
        if (found := _row(source, old)) is not None:
            db.execute("INSERT INTO stowed VALUES (?, ?, ?, ?, ?, ?)", (*new, *found))

    def wrap_anew(self, db: apsw.Connection, spot: Spot, said: bytes, seals: Seals) -> None:
        """Put a key under another of the outbox's; what it opens stays as it is."""
        place, size, wrapped = _row(db, spot) or (0, 0, b"")
        key = self._seals.unwrap(wrapped, bound := _bound(said, place, size))
        if key is None:
            raise apsw.CorruptError("a key could not be read a second time")
        db.execute(
            "UPDATE stowed SET key = ? WHERE no = ? AND n = ? AND i = ?",
            (seals.wrap(key, bound), *spot),
        )

    def flush(self) -> None:
        """Make everything put durable; before the commit."""
        if self._dirty:
            os.fdatasync(self._file)
            self._dirty = False

    def committed(self) -> None:
        """What was erased may be overwritten now."""
        self._release(self._given)

    def rolled_back(self) -> None:
        """What was put is not there, and what was erased is."""
        self._release(self._taken)

    def trim(self) -> None:
        """Give free room at the end back to the file system, but for what is soon needed again."""
        if os.fstat(self._file).st_size > self._room.end + _KEPT:
            os.ftruncate(self._file, self._room.end + _KEPT)

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _release(self, places: list[tuple[int, int]]) -> None:
        for place, size in places:
            self._room.give(place, size)
        self._taken, self._given = [], []


def _row(db: apsw.Connection, spot: Spot) -> tuple[int, int, bytes] | None:
    found: tuple[int, int, bytes] | None = db.execute(
        "SELECT place, size, key FROM stowed WHERE no = ? AND n = ? AND i = ?", spot
    ).fetchone()
    return found


def _bound(said: bytes, place: int, size: int) -> bytes:
    return b"%b|%d|%d" % (said, place, size)
