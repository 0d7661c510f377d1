"""Add to the journal the id of the person who acted, and through which program part (`via`)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Fill `via` for the existing lines: only the command line and the program, under the name
    `mailer`, have written any.
    """
    op.add_column("journal", sa.Column("person", sa.String()))
    op.add_column("journal", sa.Column("via", sa.String()))
    op.add_column("sign_off", sa.Column("person", sa.String()))
    journal = sa.table("journal", *map(sa.column, ("by", "person", "via")))
    via = sa.case((journal.c.by == "mailer", "program"), else_="cli")
    op.execute(journal.update().values(person="", via=via))
    sign_off = sa.table("sign_off", sa.column("person"))
    op.execute(sign_off.update().values(person=""))
    for name, column in (("journal", "person"), ("journal", "via"), ("sign_off", "person")):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=sa.String(), nullable=False)
