"""An empty SQLite ledger, migrated once and copied: migrating takes longer than most tests."""

import tempfile
from functools import cache
from pathlib import Path


def empty_ledger(path):
    """Write an empty ledger to `path`; returns its URL."""
    path.write_bytes(migrated())
    return f"sqlite:///{path}"


@cache
def migrated() -> bytes:
    """Return the file of an empty ledger."""
    # Imported late: the mutation runner calls this before any module of ours may be loaded.
    from mailer.ledger import open_ledger

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        open_ledger(f"sqlite:///{path}").close()
        return path.read_bytes()
