"""Add the register of the processes of the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "service_process",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "host", "version")),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_service_process"),
    )
