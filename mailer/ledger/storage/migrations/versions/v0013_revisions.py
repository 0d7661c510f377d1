"""Add the history of campaign files, unsaved texts, and the revision of each sign-off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.definitions.metadata import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the tables, empty: the first opening of a campaign reads its folder."""
    op.add_column(
        "sign_off", sa.Column("revision", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "revision",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "number", name="pk_revision"),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "working_copy",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "path", name="pk_working_copy"),
    )
    op.create_table(
        "scratch",
        sa.Column("campaign", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("tab", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "path", "person", "tab", name="pk_scratch"),
    )
