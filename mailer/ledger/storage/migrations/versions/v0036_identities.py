"""Add the identities of people at a provider, and how and from where each session began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Create the tables, empty. The sessions there are began with a password or a link."""
    op.add_column("desk_session", _text("method", "password"))
    for name in ("place", "issuer", "subject", "id_token"):
        op.add_column("desk_session", _text(name))
    op.create_table(
        "identity",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("issuer", "subject", "person")),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("granted", sa.JSON(), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        _of_person("identity"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_identity"),
    )
    op.create_index("ix_identity_person", "identity", ["person"])
    op.create_table(
        "waiting_identity",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("issuer", "subject", "person")),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        _of_person("waiting_identity"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_waiting_identity"),
    )
    op.create_index("ix_waiting_identity_person", "waiting_identity", ["person"])
    op.create_table(
        "used_proof",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_used_proof"),
    )


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person"], ["person.id"], name=f"fk_{table}_person_person", ondelete="CASCADE"
    )
