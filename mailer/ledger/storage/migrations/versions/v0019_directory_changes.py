"""Count the changes of contacts, lists, suppressions and answers, by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_WATCHED = ("contact", "membership", "suppression", "accreditation")
_CHANGES = ("INSERT", "UPDATE", "DELETE")
_COUNT = (
    "INSERT INTO directory_change (slot, count) VALUES ({slot}, 1)"
    " ON CONFLICT (slot) DO UPDATE SET count = directory_change.count + 1"
)


def upgrade() -> None:
    """Nothing was counted before, and nobody has kept anything that was read then."""
    op.create_table(
        "directory_change",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name="pk_directory_change"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _watch_on_postgresql()
    else:
        _watch_on_sqlite()


def _watch_on_postgresql() -> None:
    # A row for each process of the server: one row for all would let a bounce wait for the end of
    # an import.
    count = _COUNT.format(slot="pg_backend_pid() % 1024")
    op.execute(
        "CREATE FUNCTION count_directory_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {count}; RETURN NULL; END $$"
    )
    for table in _WATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_changes AFTER {' OR '.join(_CHANGES)} ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION count_directory_change()"
        )


def _watch_on_sqlite() -> None:
    count = _COUNT.format(slot=0)
    for table in _WATCHED:
        for change in _CHANGES:
            name = f"{table}_{change.lower()}_changes"
            op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN {count}; END")
