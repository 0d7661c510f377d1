"""Add the keys that sign links to the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Create the table, empty: a key is made for the first link."""
    op.create_table(
        "link_key",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("purpose", "key")),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name="pk_link_key"),
    )
