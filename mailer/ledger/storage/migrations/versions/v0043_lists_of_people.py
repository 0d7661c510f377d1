"""Add the contact lists to which people of the office are limited."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Add the column; everybody keeps every list."""
    op.add_column("person", sa.Column("lists", sa.JSON(), nullable=False, server_default="[]"))
