"""What was refused for good, for its look-up code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The tables as they are from here on."""
    op.create_table(
        "refusals",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("lookup_code", sa.String(length=12), nullable=False),
        sa.Column("refused_at", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("refusals", schema=None) as batch_op:
        batch_op.create_index("refusals_by_lookup_code", ["lookup_code"], unique=False)
