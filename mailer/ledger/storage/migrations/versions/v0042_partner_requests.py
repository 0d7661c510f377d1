"""Add the places that partners ask for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "partner_request",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("campaign", "partner", "address_key", "address", "name", "organisation")
        ),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("is_freelance", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("card_kind", "card_number")),
        sa.Column("card_purge_at", Instant()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decision", sa.String()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "decided_by")),
        sa.Column("decided_at", Instant()),
        sa.PrimaryKeyConstraint("id", name="pk_partner_request"),
    )
    for name in ("campaign", "address_key"):
        op.create_index(f"ix_partner_request_{name}", "partner_request", [name])
