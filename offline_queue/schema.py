"""The database: its connection, its settings, its tables."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from offline_queue.errors import OutboxStorageError

APPLICATION_ID = 0x43574F42  # "CWOB"
SCHEMA_VERSION = 3
#: older ones may corrupt a WAL that is reset (sqlite.org/wal.html#walresetbug)
_OLDEST_SQLITE = 3_051_003

_TABLES = """
CREATE TABLE destination (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE lane (
  lane_id INTEGER PRIMARY KEY,
  destination TEXT NOT NULL REFERENCES destination,
  case_id TEXT NOT NULL,
  next_seq INTEGER NOT NULL DEFAULT 1,
  head INTEGER,
  state TEXT NOT NULL DEFAULT 'idle' CHECK (state IN ('idle','free','busy','blocked')),
  due REAL,
  UNIQUE (destination, case_id)
);
CREATE INDEX lane_due ON lane (destination, due) WHERE state = 'free';
CREATE INDEX lane_blocked ON lane (lane_id) WHERE state = 'blocked';
CREATE TABLE item (
  no INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL UNIQUE,
  lane_id INTEGER NOT NULL REFERENCES lane,
  destination TEXT NOT NULL,
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  operation TEXT NOT NULL,
  attributes TEXT NOT NULL,
  on_rejection TEXT NOT NULL,
  state TEXT NOT NULL,
  live INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  sends INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  accepted REAL NOT NULL,
  accepted_wall REAL NOT NULL,
  expires_after REAL,
  expires_at REAL,
  due REAL,
  verdict TEXT NOT NULL,
  receipt TEXT,
  digest BLOB NOT NULL,
  size INTEGER NOT NULL,
  held TEXT NOT NULL CHECK (held IN ('none','inline','file')),
  ended REAL,
  link BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE INDEX item_live ON item (no) WHERE live = 1;
CREATE INDEX item_head ON item (lane_id, seq) WHERE live = 1;
CREATE INDEX item_expiry ON item (expires_at) WHERE live = 1 AND expires_at IS NOT NULL;
CREATE INDEX item_dead ON item (ended) WHERE state = 'dead' AND held <> 'none';
CREATE TABLE body (no INTEGER PRIMARY KEY REFERENCES item, content BLOB NOT NULL);
CREATE TABLE event (
  no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  at REAL NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  due REAL,
  PRIMARY KEY (no, n)
) WITHOUT ROWID;
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pending INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  seen REAL NOT NULL,
  first INTEGER NOT NULL,
  anchor BLOB NOT NULL,
  head INTEGER NOT NULL,
  link BLOB NOT NULL,
  mac BLOB NOT NULL
);
"""

_ATTACHMENTS = """
ALTER TABLE item ADD COLUMN manifest BLOB NOT NULL DEFAULT x'';
CREATE TABLE attachment (
  no INTEGER NOT NULL REFERENCES item,
  n INTEGER NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  step INTEGER NOT NULL,
  digest BLOB NOT NULL,
  upload TEXT NOT NULL DEFAULT '',
  upload_mac BLOB NOT NULL DEFAULT x'',
  PRIMARY KEY (no, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  no INTEGER NOT NULL REFERENCES item,
  n INTEGER NOT NULL,
  i INTEGER NOT NULL,
  content BLOB NOT NULL,
  mac BLOB NOT NULL,
  UNIQUE (no, n, i)
) STRICT;
"""

_STOWAGE = """
CREATE TABLE stowed (
  no INTEGER NOT NULL REFERENCES item,
  n INTEGER NOT NULL,
  i INTEGER NOT NULL,
  place INTEGER NOT NULL,
  size INTEGER NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (no, n, i)
) STRICT, WITHOUT ROWID;
"""

#: what makes a database of version n - 1 one of version n; an empty one has version 0
_STEPS = {1: _TABLES, 2: _ATTACHMENTS, 3: _STOWAGE}


def select_from(connection: apsw.Connection, select: str) -> str:
    """``select`` as a database of any version understands it, if only to save its rows."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(item)")}
    return select if "manifest" in columns else select.replace("manifest", "x'' AS manifest")


def see_stowed(connection: apsw.Connection) -> None:
    """Have an older database say that nothing of it is stowed, without a change to it."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'stowed'").get is None:
        connection.execute("CREATE TEMP TABLE stowed (no, n, i, place, size, key)")


def connect(path: Path, vfs: str | None = None) -> apsw.Connection:
    """The one connection to the database at ``path``, created if missing.

    Raises apsw.Error; OutboxStorageError when it is of a newer schema or SQLite is too old.
    """
    if apsw.SQLITE_VERSION_NUMBER < _OLDEST_SQLITE:
        raise OutboxStorageError("outbox.storage_failed", "SQLite 3.51.3 or newer is needed")
    if not path.exists():
        # SQLite would create it with the umask's mode; -wal copies the database's
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = apsw.Connection(str(path), vfs=vfs)
    try:
        _configure(connection)
        _bring_up(connection)
    except BaseException:
        connection.close(True)
        raise
    return connection


def _configure(connection: apsw.Connection) -> None:
    # A failed flush must not be followed by a checkpoint from the same handle; we do our own.
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    # Exclusive first: then WAL needs no shared memory, and no second process gets in.
    for name, value, expected in (
        ("locking_mode", "EXCLUSIVE", "exclusive"),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", 2),
        ("secure_delete", "ON", 1),
        ("temp_store", "MEMORY", 2),
        ("foreign_keys", "ON", 1),
        ("trusted_schema", "OFF", 0),
        ("mmap_size", "0", 0),
        ("wal_autocheckpoint", "1000", 1000),
        ("journal_size_limit", str(4 << 20), 4 << 20),
    ):
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        # mmap_size answers with no row at all where memory mapping is not compiled in
        if (real := connection.pragma(name)) != expected and (name, real) != ("mmap_size", None):
            raise OutboxStorageError("outbox.storage_failed", f"{name} is {real}, not {value}")


def _bring_up(connection: apsw.Connection) -> None:
    """Create the tables, or change those of an older version, all in one transaction."""
    version = connection.pragma("user_version")
    if version > SCHEMA_VERSION:
        raise OutboxStorageError(
            "outbox.newer_schema", f"schema {version}, this program knows {SCHEMA_VERSION}"
        )
    if version == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version + 1, SCHEMA_VERSION + 1):
            connection.execute(_STEPS[step])
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if not connection.get_autocommit():
            connection.execute("ROLLBACK")
        raise
