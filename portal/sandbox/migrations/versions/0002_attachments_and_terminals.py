"""Attachments, terminals with certificates, drafts to claim, actions of holders, telemetry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The tables as they are from here on."""
    op.create_table(
        "editions",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("published_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("valid_until", sa.String(length=40), nullable=False),
        sa.Column("used_for", sa.String(length=64), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "revocations",
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("serial", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("terminal", "serial"),
    )
    op.create_table(
        "telemetry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("telemetry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telemetry_terminal"), ["terminal"], unique=False)

    op.create_table(
        "terminals",
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("ring", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("terminal"),
    )
    op.create_table(
        "uploads",
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=True),
        sa.Column("terminal", sa.String(length=64), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("case_key", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("upload_id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "drafts",
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("destination", sa.String(length=6), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("broken_off_at", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("claimed_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["key"],
            ["keys.key"],
        ),
        sa.PrimaryKeyConstraint("ticket_hash"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "upload_pieces",
        sa.Column("upload_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["uploads.upload_id"],
        ),
        sa.PrimaryKeyConstraint("upload_id", "start"),
    )
    op.create_table(
        "actions",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actions_case_key"), ["case_key"], unique=False)

    op.create_table(
        "supplements",
        sa.Column("request_id", sa.String(length=40), nullable=False),
        sa.Column("case_key", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.String(length=40), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_key"],
            ["cases.key"],
        ),
        sa.PrimaryKeyConstraint("request_id"),
    )
    with op.batch_alter_table("supplements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplements_case_key"), ["case_key"], unique=False)

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received_at", sa.String(length=40), nullable=True))
        batch_op.alter_column(
            "lookup_code",
            existing_type=sa.VARCHAR(length=8),
            type_=sa.String(length=12),
            existing_nullable=False,
        )
    # of cases from before nothing else is known
    op.execute("UPDATE cases SET received_at = accepted_at")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.alter_column("received_at", existing_type=sa.String(length=40), nullable=False)
