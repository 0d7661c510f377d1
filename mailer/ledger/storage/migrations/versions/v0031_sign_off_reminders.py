"""Add the reminders to signatories, each of which is sent once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "sign_off_reminder",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("campaign", "person")),
        *(sa.Column(name, Instant(), nullable=False) for name in ("due_at", "claimed_at")),
        sa.Column("sent_at", Instant()),
        sa.PrimaryKeyConstraint("campaign", "person", "due_at", name="pk_sign_off_reminder"),
    )
