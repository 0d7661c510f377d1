"""Add the jobs: long work that goes on without the page that asked for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "subject", "person")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("actor", "asked")),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total")),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("lease_until", Instant()),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("ended_at", Instant()),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("result", "problems")),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    for column in ("state", "person"):
        op.create_index(f"ix_job_{column}_asked_at", "job", [column, "asked_at"])
