"""Add the number of the answer that triggered a delivery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_OLD, _NEW = "uq_delivery_mailing_id_address_key", "uq_delivery_mailing_id_address_key_answer"


def upgrade() -> None:
    """A person gets one delivery of a mailing for each answer: 0 for all that exist."""
    answer = sa.Column("answer", sa.Integer(), nullable=False, server_default="0")
    with op.batch_alter_table("delivery") as table:
        table.add_column(answer)
        table.drop_constraint(_OLD, type_="unique")
        table.create_unique_constraint(_NEW, ["mailing_id", "address_key", "answer"])
