"""Add columns for what acceptances, rejections and posts had only in their text."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_GIVEN_UP = re.compile(r"given up at attempt (\d+): ")
_AT_RECIPIENT = "%(in reply to RCPT TO)"
_AT_CONTENT = "%(in reply to end of DATA)"


def upgrade() -> None:
    """Fill the new columns from the existing replies, which stay as they are."""
    op.add_column("delivery", sa.Column("acceptance", sa.String()))
    op.add_column("delivery", sa.Column("stage", sa.String()))
    op.add_column("delivery", sa.Column("given_up_after", sa.Integer()))
    op.add_column("event", sa.Column("stage", sa.String()))
    _read_acceptances()
    _read_stages("delivery", "reply", "status = 'rejected'")
    _read_stages("event", "quote", "source = 'smtp' AND kind = 'rejected'")
    _read_given_up()
    op.add_column("post", sa.Column("provider", sa.String()))
    op.execute("UPDATE post SET provider = 'sendgrid'")
    with op.batch_alter_table("post") as post:
        post.alter_column("provider", existing_type=sa.String(), nullable=False)


def _read_acceptances() -> None:
    """Only SendGrid answered 202 (queued), or 200 (its sandbox)."""
    op.execute(
        "UPDATE delivery SET acceptance = CASE"
        " WHEN reply LIKE '202%' THEN 'queued'"
        " WHEN reply LIKE '200 sandbox%' THEN 'checked'"
        " ELSE 'taken' END"
        " WHERE status IN ('accepted', 'delivered', 'bounced', 'complained')"
    )


def _read_stages(table: str, column: str, which: str) -> None:
    rows = sa.table(table, sa.column("stage"), sa.column(column))
    for stage, ending in (("recipient", _AT_RECIPIENT), ("content", _AT_CONTENT)):
        op.execute(
            sa.update(rows).where(sa.text(which), rows.c[column].like(ending)).values(stage=stage)
        )


def _read_given_up() -> None:
    """Takes the number of attempts out of the words."""
    connection = op.get_bind()
    for table, column, keeps_count in (("delivery", "reply", True), ("event", "quote", False)):
        rows = sa.table(table, *map(sa.column, ("id", column, "given_up_after")))
        found = sa.select(rows.c.id, rows.c[column]).where(rows.c[column].like("given up at %"))
        for id_, said in connection.execute(found).all():
            if given_up := _GIVEN_UP.match(said):
                values = {column: said[given_up.end() :]}
                if keeps_count:
                    values["given_up_after"] = int(given_up[1])
                connection.execute(sa.update(rows).where(rows.c.id == id_).values(values))
