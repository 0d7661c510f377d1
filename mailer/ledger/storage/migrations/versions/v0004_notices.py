"""Add the notices to the team, and how many deliveries each mailing had when it started."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of notices; count the deliveries of the mailings that have started."""
    op.create_table(
        "notice",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("free_at", Instant(), nullable=False),
        sa.Column("told_at", Instant()),
        sa.PrimaryKeyConstraint("key", name="pk_notice"),
    )
    op.add_column("mailing", sa.Column("audience", sa.Integer()))
    op.execute(
        "UPDATE mailing SET audience ="
        " (SELECT count(*) FROM delivery WHERE delivery.mailing_id = mailing.id)"
        " WHERE started_at IS NOT NULL"
    )
