"""Add second factors: code generators, recovery codes and passkeys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "code_generator",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "secret")),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _of_person("code_generator"),
        sa.PrimaryKeyConstraint("person", name="pk_code_generator"),
    )
    op.create_table(
        "recovery_code",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "hash")),
        _of_person("recovery_code"),
        sa.PrimaryKeyConstraint("person", "hash", name="pk_recovery_code"),
    )
    op.create_table(
        "passkey",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "person")),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
        _of_person("passkey"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
    )
    op.create_index("ix_passkey_person", "passkey", ["person"])


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person"], ["person.id"], name=f"fk_{table}_person_person", ondelete="CASCADE"
    )
