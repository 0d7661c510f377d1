"""Add what each file of a campaign had in it in the folders of each host."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Add the table; the former one stays for older versions, and is read until it has rows."""
    op.create_table(
        "folder_file",
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("folder", "campaign", "path"),
    )
