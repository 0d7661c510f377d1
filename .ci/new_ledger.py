"""Writes the statements of a new SQLite ledger, from the migrations; a test compares them."""

import sqlite3
import tempfile
from pathlib import Path

from mailer.ledger.storage.database import Database
from mailer.ledger.storage.schema import NEW_LEDGER, SEPARATOR, migrate

HEAD = """\
-- A new SQLite ledger as the migrations make it, in one step. Written by .ci/new_ledger.py.
"""


def migrated(path: Path) -> list[str]:
    """Migrate a new ledger at `path`; returns the statements that made what is in it."""
    database = Database(f"sqlite:///{path}", patience_s=1)
    with database.writing() as connection:
        migrate(connection)
    database.close()
    ledger = sqlite3.connect(path)
    made = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    statements = [sql for (sql,) in ledger.execute(made)]
    ((version,),) = ledger.execute("SELECT version_num FROM alembic_version")
    ledger.close()
    return [*statements, f"INSERT INTO alembic_version (version_num) VALUES ('{version}')"]


def main() -> None:
    """Write the file beside the module that reads it."""
    with tempfile.TemporaryDirectory() as folder:
        statements = migrated(Path(folder) / "ledger.db")
    NEW_LEDGER.write_text(HEAD + "".join(each + SEPARATOR for each in statements), "utf-8")


if __name__ == "__main__":
    main()
