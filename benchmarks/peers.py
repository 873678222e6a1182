"""Queues of other projects, set to the outbox's durability: one flush before a put returns.

Not in the lock: ``pip install persist-queue litequeue huey diskcache``. What is not installed is
left out. Each is SQLite in WAL mode with ``synchronous=FULL``; it is read back and checked, for not
all of them set it themselves.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

Put = Callable[[list[bytes]], None]
Peer = Callable[[Path], AbstractContextManager[Put]]
_FULL = 2


def _demand_full(connection: Any) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if connection.execute("PRAGMA synchronous").fetchone()[0] != _FULL or mode != "wal":
        raise RuntimeError("the peer is not as durable as the outbox")


@contextmanager
def persist_queue(folder: Path) -> Iterator[Put]:
    """persist-queue's SQLiteAckQueue, which pickles what it is given."""
    import persistqueue

    logging.getLogger("persistqueue").setLevel(logging.WARNING)
    queue = persistqueue.SQLiteAckQueue(str(folder), multithreading=True)
    _demand_full(queue._putter)
    yield lambda bodies: [queue.put(body) for body in bodies] and None
    queue.close()


@contextmanager
def litequeue(folder: Path) -> Iterator[Put]:
    """litequeue."""
    from litequeue import LiteQueue

    queue = LiteQueue(str(folder / "queue.db"))
    _demand_full(queue.conn)
    yield lambda bodies: [queue.put(body) for body in bodies] and None
    queue.conn.close()


@contextmanager
def huey(folder: Path) -> Iterator[Put]:
    """huey's SQLite storage with fsync."""
    from huey.storage import SqliteStorage

    storage = SqliteStorage(filename=str(folder / "huey.db"), fsync=True, strict_fifo=True)
    _demand_full(storage.conn)
    yield lambda bodies: [storage.enqueue(body) for body in bodies] and None
    storage.close()


@contextmanager
def diskcache(folder: Path) -> Iterator[Put]:
    """diskcache's Deque, bodies in the database: its files are not flushed."""
    import diskcache as library

    cache = library.Cache(
        str(folder), sqlite_synchronous=_FULL, disk_min_file_size=1 << 30, eviction_policy="none"
    )
    deque = library.Deque.fromcache(cache)
    _demand_full(cache._con)
    yield lambda bodies: [deque.append(body) for body in bodies] and None
    cache.close()


_KNOWN: Mapping[str, tuple[str, Peer]] = {
    "persist-queue SQLiteAckQueue": ("persistqueue", persist_queue),
    "litequeue": ("litequeue", litequeue),
    "huey SqliteStorage": ("huey", huey),
    "diskcache Deque": ("diskcache", diskcache),
}


def installed_peers() -> dict[str, Peer]:
    """The peers that can be measured here."""
    return {
        name: peer for name, (module, peer) in _KNOWN.items() if importlib.util.find_spec(module)
    }
