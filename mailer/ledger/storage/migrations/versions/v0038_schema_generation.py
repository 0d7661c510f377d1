"""Add the generation of the schema, by which an older program knows whether it can use it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Create the table, empty: this is the first generation."""
    op.create_table(
        "schema_generation",
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("generation", name="pk_schema_generation"),
    )
