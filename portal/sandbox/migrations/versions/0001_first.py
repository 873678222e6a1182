"""The tables of the first sandbox that had migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The tables as they are from here on."""
    op.create_table(
        "bill_claims",
        sa.Column("claim", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("claim"),
    )
    op.create_table(
        "keys",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("body_digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("replays", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "receivers",
        sa.Column("receiver", sa.String(length=6), nullable=False),
        sa.Column("kid", sa.String(length=64), nullable=False),
        sa.Column("private_jwk", sa.Text(), nullable=False),
        sa.Column("not_after", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("receiver"),
        sa.UniqueConstraint("kid"),
    )
    op.create_table(
        "serials",
        sa.Column("prefix", sa.String(length=50), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix"),
    )
    op.create_table(
        "slots",
        sa.Column("slot_id", sa.String(length=100), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slot_id"),
    )
    op.create_table(
        "cases",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("case_no", sa.String(length=50), nullable=False),
        sa.Column("lookup_code", sa.String(length=8), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("destination", sa.String(length=6), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("accepted_at", sa.String(length=40), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"],
            ["keys.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("case_no"),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("cases_by_lookup_code", ["lookup_code"], unique=False)

    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("verify_code", sa.String(length=16), nullable=False),
        sa.Column("pickup_hash", sa.String(length=64), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("issuer_zh", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.String(length=40), nullable=False),
        sa.Column("pickup_until", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
        sa.UniqueConstraint("verify_code"),
    )
    op.create_table(
        "evaluations",
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.ForeignKeyConstraint(
            ["key"],
            ["keys.key"],
        ),
        sa.PrimaryKeyConstraint("case_key"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_case_key"), ["case_key"], unique=False)

    op.create_table(
        "orders",
        sa.Column("order_id", sa.String(length=40), nullable=False),
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.String(length=40), nullable=False),
        sa.Column("paid_at", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.PrimaryKeyConstraint("order_id"),
    )
