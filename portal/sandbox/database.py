"""The sandbox's tables, on SQLite or PostgreSQL.

No personal data in clear: a case's submission is kept as it came, sealed. (The receivers' private
keys are in the same database, so this keeps names out of backups, not from who owns the sandbox.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite

from portal.sandbox import migrating

metadata = MetaData()

receivers = Table(
    "receivers",
    metadata,
    Column("receiver", String(6), primary_key=True),
    Column("kid", String(64), nullable=False, unique=True),
    Column("private_jwk", Text, nullable=False),
    Column("not_after", String(40), nullable=False),
)

# One row per idempotency key, never pruned: the primary key is what serialises two requests.
keys = Table(
    "keys",
    metadata,
    Column("key", String(36), primary_key=True),
    Column("scope", String(20), nullable=False),
    Column("terminal", String(64), nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("replays", Integer, nullable=False, default=0),
)

cases = Table(
    "cases",
    metadata,
    Column("key", String(36), ForeignKey("keys.key"), primary_key=True),
    Column("case_no", String(50), nullable=False, unique=True),
    Column("lookup_code", String(12), nullable=False),
    Column("item", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("destination", String(6), nullable=False),
    Column("state", String(20), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("accepted_at", String(40), nullable=False),
    Column("receipt", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Index("cases_by_lookup_code", "lookup_code"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_key", String(36), ForeignKey("cases.key"), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("note_zh", Text, nullable=False),
    Column("note_en", Text, nullable=False),
)

# What a holder or an authority did to a case; ``sealed`` as it came, ``outcome`` of a decision.
actions = Table(
    "actions",
    metadata,
    Column("key", String(36), primary_key=True),
    Column("case_key", String(36), ForeignKey("cases.key"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("at", String(40), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("outcome", String(20)),
)

# Journeys that were broken off. ``sealed`` as it came, and empty once claimed or too old.
drafts = Table(
    "drafts",
    metadata,
    Column("ticket_hash", String(64), primary_key=True),
    Column("key", String(36), ForeignKey("keys.key"), nullable=False, unique=True),
    Column("destination", String(6), nullable=False),
    Column("item", String(64), nullable=False),
    Column("broken_off_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("claimed_by", String(36)),
    Column("claimed_at", String(40)),
)

# What an authority asked for; ``items`` is JSON. One asking of a case is open at most.
supplements = Table(
    "supplements",
    metadata,
    Column("request_id", String(40), primary_key=True),
    Column("case_key", String(36), ForeignKey("cases.key"), nullable=False, index=True),
    Column("asked_at", String(40), nullable=False),
    Column("due", String(10), nullable=False),
    Column("note_zh", Text, nullable=False),
    Column("note_en", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("open", Integer, nullable=False),
)

# Every edition ever published here, by the SHA-256 of its manifest.
editions = Table(
    "editions",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("manifest", Text, nullable=False),
    Column("published_at", String(40), nullable=False),
)

telemetry = Table(
    "telemetry",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("terminal", String(64), nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
)

serials = Table(
    "serials",
    metadata,
    Column("prefix", String(50), primary_key=True),
    Column("last", Integer, nullable=False),
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("case_key", String(36), ForeignKey("cases.key"), primary_key=True),
    Column("key", String(36), ForeignKey("keys.key"), nullable=False, unique=True),
    Column("grade", Integer, nullable=False),
    Column("recorded_at", String(40), nullable=False),
)

slots = Table(
    "slots",
    metadata,
    Column("slot_id", String(100), primary_key=True),
    Column("taken", Integer, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("order_id", String(40), primary_key=True),
    Column("case_key", String(36), ForeignKey("cases.key"), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("paid_at", String(40)),
    Column("channel", String(40)),
)

# What is being paid: one order at a time may hold a bill (or a group of alternative bills).
bill_claims = Table(
    "bill_claims",
    metadata,
    Column("claim", String(64), primary_key=True),
    Column("order_id", String(40), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", String(40), primary_key=True),
    Column("case_key", String(36), ForeignKey("cases.key"), nullable=False),
    Column("verify_code", String(16), nullable=False, unique=True),
    Column("pickup_hash", String(64), nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("issuer_zh", Text, nullable=False),
    Column("issued_at", String(40), nullable=False),
    Column("pickup_until", String(40), nullable=False),
)


class Database:
    """Transactions on one engine."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _sqlite_connected)
            event.listen(self.engine, "begin", _sqlite_begin)
        self._writer = self.engine.execution_options(sandbox_write=True)

    def prepare(self) -> None:
        """Create the tables in an empty database, or lead those of an earlier version up to now.

        Raises :class:`~portal.sandbox.migrating.UnknownDatabaseError`.
        """
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":  # one of several that start at once
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20260701)")
            present = migrating.version(connection)
            if present is None:
                metadata.create_all(connection)
                migrating.stamp(connection)
            elif present != migrating.HEAD:
                migrating.upgrade(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes; commits at the end, rolls back on any exception."""
        with self._writer.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def insert_if_absent(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row unless its key is taken; waits for a concurrent insert of the same key."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    # the row count of an insert is not told on PostgreSQL; the returned row is
    returned = connection.execute(statement.returning(*table.primary_key.columns))
    return returned.first() is not None


def _sqlite_connected(connection: Any, record: object) -> None:
    # SQLAlchemy begins transactions itself (below), not the driver at its first write
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("sandbox_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
