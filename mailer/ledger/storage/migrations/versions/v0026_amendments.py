"""Add the amendments of launched campaigns, and the version that each mailing tells."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Every mailing of an older ledger is of the launch, which is version 1."""
    op.add_column("mailing", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "amendment",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("drafted_at", Instant(), nullable=False),
        sa.Column("launched_at", Instant()),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("organizer", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "version", name="pk_amendment"),
    )
