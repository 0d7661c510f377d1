"""Add the mails that tell a person what waits for them, one a day at most."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "waiting_mail",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("claimed_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.PrimaryKeyConstraint("person", "on", name="pk_waiting_mail"),
    )
