"""Add mailbox cursors, webhook posts, dead letters, processed events, and erased people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Mark the existing events as processed: until now that was done when they came."""
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("address_key", sa.String()))
        event.add_column(sa.Column("stored_at", Instant()))
        event.add_column(sa.Column("judged_at", Instant()))
    op.execute('UPDATE event SET address_key = lower(address), stored_at = "at", judged_at = "at"')
    with op.batch_alter_table("event") as event:
        event.alter_column("stored_at", existing_type=Instant(), nullable=False)
    op.create_index("ix_event_address_key", "event", ["address_key"])
    op.create_index(
        "ix_event_waiting",
        "event",
        ["id"],
        sqlite_where=sa.text("judged_at IS NULL"),
        postgresql_where=sa.text("judged_at IS NULL"),
    )
    # For the most recent delivery to an address, when a bounce names nothing else.
    op.create_index("ix_delivery_address_key", "delivery", ["address_key"])
    op.create_table(
        "cursor",
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name="pk_cursor"),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
    )
    op.create_table(
        "strike",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_strike"),
    )
    op.create_table(
        "forgotten",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_forgotten"),
    )
    op.create_table(
        "forgetting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forgetting"),
    )
