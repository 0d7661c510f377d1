"""Add places, reasons, cards and the history of answers to the accreditation register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """An older entry is a request for one seat, made when it was recorded."""
    for column in (
        sa.Column("asked_at", Instant()),
        sa.Column("seats", sa.Integer(), nullable=False, server_default="1"),
        _text("reason"),
        _text("forced_by"),
        _text("forced_why"),
        sa.Column("confirm_by", Instant()),
        _text("in_place_of"),
        sa.Column("is_freelance", sa.Boolean(), nullable=False, server_default=sa.false()),
        _text("card_kind"),
        _text("card_number"),
        sa.Column("card_purge_at", Instant()),
        sa.Column("answer", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("accreditation", column)
    op.create_table(
        "accreditation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accreditation_change"),
    )
    op.create_index(
        "ix_accreditation_change_campaign_address_key_answer",
        "accreditation_change",
        ["campaign", "address_key", "answer"],
    )
    op.create_index("ix_accreditation_change_address_key", "accreditation_change", ["address_key"])


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")
