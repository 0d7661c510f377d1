"""Add the findings of the checks that somebody accepted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "accepted_finding",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("campaign", "finding")),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.PrimaryKeyConstraint("campaign", "finding", name="pk_accepted_finding"),
    )
