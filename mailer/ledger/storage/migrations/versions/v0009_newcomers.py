"""Add the column that says that somebody in the register is nobody of the directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take nobody of the older registers for new: whoever resembles a contact is asked about."""
    op.add_column(
        "accreditation",
        sa.Column("is_newcomer", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
