"""Add the reason for which a person refused to sign a version off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Nobody had refused: older ledgers have sign-offs only."""
    column = sa.Column("refused_because", sa.String(), nullable=False, server_default="")
    op.add_column("sign_off", column)
