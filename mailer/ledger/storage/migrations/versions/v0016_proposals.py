"""Add the proposals: what mails ask for without proof, for a person to decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the table, empty: the events before it have had their consequences."""
    op.create_table(
        "proposal",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_proposal_event_id_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "scope", name="pk_proposal"),
    )
    op.create_index("ix_proposal_decided_at", "proposal", ["decided_at"])
