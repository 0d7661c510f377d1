"""Add the files that are exported in the background."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Create the table, empty."""
    op.create_table(
        "exported_file",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("job", "name", "media_type")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("job", name="pk_exported_file"),
    )
    op.create_index("ix_exported_file_made_at", "exported_file", ["made_at"])
