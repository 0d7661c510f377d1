"""Add the log of what the press has published about a campaign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "coverage",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.PrimaryKeyConstraint("number", name="pk_coverage"),
    )
    op.create_index("ix_coverage_campaign", "coverage", ["campaign"])
