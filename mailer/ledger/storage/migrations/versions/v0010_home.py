"""Add the place in which the ledger is used, so that a copy of it is noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table, empty: the next launch or start records where this ledger is."""
    op.create_table(
        "home",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("machine", sa.String(), nullable=False),
        sa.Column("network", sa.JSON(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_home"),
    )
