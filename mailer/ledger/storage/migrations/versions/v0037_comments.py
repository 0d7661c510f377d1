"""Add the comments of the team at passages of the texts, and the answers to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Create the tables, empty."""
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("campaign", "file")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("quote", "words")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_campaign", "comment", ["campaign"])
    op.create_table(
        "comment_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "by")),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment_answer"),
        sa.ForeignKeyConstraint(
            ["comment"],
            ["comment.id"],
            name="fk_comment_answer_comment",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_comment_answer_comment", "comment_answer", ["comment"])
