"""Add what was signed off step by step, and the kind of media of a contact."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Campaigns signed off before have no comparison; contacts have no kind of media yet."""
    op.create_table(
        "signed_step",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("local_time", sa.String(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("recipients", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "step", name="pk_signed_step"),
    )
    media = sa.Column("media", sa.String(), nullable=False, server_default="")
    op.add_column("contact", media)
