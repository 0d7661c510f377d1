"""Add the telephone calls to people whom the mail did not reach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Older ledgers have no call."""
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("address_key", "address")),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("person", "name", "phone", "campaign", "again_on")
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_phone_call"),
    )
    op.create_index("ix_phone_call_address_key", "phone_call", ["address_key"])
