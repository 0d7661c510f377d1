"""Chain the lines of the journal by hashes, and let nobody change or remove one.

A later migration that makes the table `journal` anew (batch mode on SQLite) must make the triggers
anew too.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailer.journal.chain import BEGINNING
from mailer.ledger.storage.journal_lines import LINES, chained, entry_of
from mailer.model.journal.chain import Anchor

revision = "0034"
down_revision = "0033"

_ADDED = ("salt", "words_hash", "rewritten", "previous", "hash")
_BATCH = 1000
_FIXED = ("id", "at", "person", "via", "action", "words_hash", "rewritten", "previous", "hash")
_REFUSED = "a line of the journal is never changed or removed"

_POSTGRESQL = f"""
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.salt <> OLD.salt
    AND ({", ".join(f"OLD.{each}" for each in _FIXED)})
      IS NOT DISTINCT FROM ({", ".join(f"NEW.{each}" for each in _FIXED)})
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '{_REFUSED}';
END $$;
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()
"""
_CHANGES = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED)
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
# REPLACE removes a line without asking the trigger of the removals: the third refuses it.
_SQLITE = (
    f"""CREATE TRIGGER journal_line_never_changes BEFORE UPDATE ON journal
  WHEN NEW.salt = OLD.salt OR {_CHANGES} {_ABORT}""",
    f"CREATE TRIGGER journal_line_is_never_removed BEFORE DELETE ON journal {_ABORT}",
    f"""CREATE TRIGGER journal_line_follows_the_last BEFORE INSERT ON journal
  WHEN NEW.id <= (SELECT max(id) FROM journal)
  OR EXISTS (SELECT 1 FROM journal WHERE previous = NEW.previous) {_ABORT}""",  # noqa: S608 - no value in it comes from outside
)


def upgrade() -> None:
    """Chain the lines that are there from the first, and number them without gaps."""
    for name in _ADDED:
        op.add_column("journal", sa.Column(name, sa.String()))
    _chain_lines(op.get_bind())
    with op.batch_alter_table("journal") as table:
        for name in _ADDED:
            table.alter_column(name, existing_type=sa.String(), nullable=False)
        table.create_unique_constraint("uq_journal_previous", ["previous"])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (_POSTGRESQL,) if is_postgresql else _SQLITE:
        op.get_bind().exec_driver_sql(statement)


def _chain_lines(connection: sa.Connection) -> None:
    journal = sa.table(
        "journal", *map(sa.column, ("id", "at", "person", "by", "via", "action", *_ADDED))
    )
    changed = sa.update(journal).where(journal.c.id == sa.bindparam("former"))
    values: dict[str, object] = {name: sa.bindparam(f"new_{name}") for name in ("id", *_ADDED)}
    end, former = BEGINNING, 0
    while rows := connection.execute(_lines_after(former)).all():
        changes = []
        for row in rows:
            line = chained(entry_of(row), after=end)
            end, former = Anchor(line["id"], line["hash"]), row.id
            changes.append(
                {"former": former, **{f"new_{name}": line[name] for name in ("id", *_ADDED)}}
            )
        connection.execute(changed.values(values), changes)


def _lines_after(number: int) -> sa.Select[*tuple[object, ...]]:
    return LINES.where(LINES.selected_columns.id > number).order_by("id").limit(_BATCH)
