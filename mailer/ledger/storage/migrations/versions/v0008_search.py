"""Add the column in which contacts are searched, without accents and case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.contacts.search import search_text

revision = "0008"
down_revision = "0007"

_BATCH = 1_000
_SEARCHED = ("first_name", "last_name", "organisation", "role", "beat", "region", "address")


def upgrade() -> None:
    """Fill the column from the existing contacts, a thousand at a time."""
    # The column has a default from the beginning: to make a column NOT NULL later on SQLite,
    # Alembic drops the table, which would delete the memberships (ON DELETE CASCADE).
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
