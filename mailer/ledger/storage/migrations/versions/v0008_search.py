"""What people are searched by, in one folded column."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.contacts.search import search_text

revision = "0008"
down_revision = "0007"

_BATCH = 1_000
_SEARCHED = ("first_name", "last_name", "organisation", "role", "beat", "region", "address")


def upgrade() -> None:
    """Fill the column from what each contact says, a thousand at a time."""
    # With a default at once: to make a column of SQLite NOT NULL afterwards, Alembic drops the
    # table, and every membership would go with its contact (ON DELETE CASCADE).
    op.add_column("contact", sa.Column("search", sa.String(), nullable=False, server_default=""))
    contact = sa.table("contact", *map(sa.column, ("id", "search", *_SEARCHED)))
    page = (
        sa.select(contact.c.id, *(contact.c[name] for name in _SEARCHED))
        .order_by(contact.c.id)
        .limit(_BATCH)
    )
    filling = (
        sa.update(contact)
        .where(contact.c.id == sa.bindparam("of"))
        .values(search=sa.bindparam("text"))
    )
    connection = op.get_bind()
    rows = connection.execute(page).all()
    while rows:
        connection.execute(filling, [{"of": row[0], "text": search_text(row[1:])} for row in rows])
        rows = connection.execute(page.where(contact.c.id > rows[-1].id)).all()
