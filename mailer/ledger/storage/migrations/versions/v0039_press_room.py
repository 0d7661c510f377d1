"""Add what the press room shows, and what was taken out of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Create both tables, empty: what was launched before stays out of the press room."""
    op.create_table(
        "public_release",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("mailing_id", "list")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "kind", "label")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("headline", "summary")),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("tells_amendment", sa.Boolean(), nullable=False),
        sa.Column("public_from", Instant()),
        sa.PrimaryKeyConstraint("mailing_id", "list", "language", name="pk_public_release"),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailing.id"],
            name="fk_public_release_mailing_id_mailing",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "release_withdrawal",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", Instant(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "version", name="pk_release_withdrawal"),
    )
