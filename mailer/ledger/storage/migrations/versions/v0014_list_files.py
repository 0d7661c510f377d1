"""Add the lists that were uploaded, and the decisions about their rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create both tables, empty."""
    op.create_table(
        "list_file",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_list_file"),
    )
    op.create_table(
        "row_decision",
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("row", name="pk_row_decision"),
    )
