"""What each version says, in two short columns: to find the same text under another name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.ledger.storage.json_values import message_from_json

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Both are read from the versions that are there."""
    op.add_column("variant", sa.Column("content_hash", sa.String()))
    op.add_column("variant", sa.Column("headline", sa.String()))
    variant = sa.table(
        "variant",
        *map(sa.column, ("mailing_id", "list", "language", "message", "content_hash", "headline")),
    )
    key = (variant.c.mailing_id, variant.c.list, variant.c.language)
    connection = op.get_bind()
    for row in connection.execute(sa.select(*key)).all():
        its = [column == value for column, value in zip(key, row, strict=True)]
        text = connection.execute(sa.select(variant.c.message).where(*its)).scalar_one()
        message = message_from_json(text)
        connection.execute(
            sa.update(variant)
            .where(*its)
            .values(content_hash=message.content_hash, headline=message.normalized_subject)
        )
    with op.batch_alter_table("variant") as table:
        table.alter_column("content_hash", existing_type=sa.String(), nullable=False)
        table.alter_column("headline", existing_type=sa.String(), nullable=False)
    op.create_index("ix_variant_content_hash", "variant", ["content_hash"])
    op.create_index("ix_variant_headline", "variant", ["headline"])
