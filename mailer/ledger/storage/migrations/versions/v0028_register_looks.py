"""Add who confirmed last that a register has every answer, and when each task last succeeded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Nobody has confirmed anything yet, and the mailbox counts from the next time it is read."""
    op.add_column("turn", sa.Column("succeeded_at", Instant()))
    op.create_table(
        "register_look",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.PrimaryKeyConstraint("campaign", name="pk_register_look"),
    )
