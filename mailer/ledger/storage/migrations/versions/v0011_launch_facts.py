"""Add what the folder said of each step at its launch, so that later changes are noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column, empty: of older launches the facts are not known."""
    op.add_column("mailing", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
