"""Add what each task of the service did last, the trusted time, and the brake on uncertainty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Older ledgers have no failure, no jump of a clock and no mailing that is to be probed."""
    op.add_column("turn", _number("every_s"))
    op.add_column("turn", _number("failures"))
    op.add_column("turn", sa.Column("failing_since", Instant()))
    op.add_column("turn", sa.Column("failure", sa.Text(), nullable=False, server_default=""))
    op.add_column("mailing", _number("probe_after_s"))
    op.add_column("chunk", _flag("probing"))
    op.create_table(
        "trusted_time",
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("steady_s", sa.Float(), nullable=False),
        sa.Column("jumped_at", Instant()),
        sa.Column("jump_s", sa.Float(), nullable=False, server_default="0"),
        _flag("is_held"),
        _flag("is_confirmed"),
        sa.PrimaryKeyConstraint("boot", name="pk_trusted_time"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
