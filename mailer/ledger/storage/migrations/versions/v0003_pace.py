"""Add the state of the rate limits, and the heartbeat of the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create two small tables."""
    op.create_table(
        "pace",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("free_at_s", sa.Float(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("slowed_at_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_pace"),
    )
    op.create_table(
        "turn",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_turn"),
    )
