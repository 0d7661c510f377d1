"""Finds the backups of a SQLite ledger, and checks whether they are intact."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from glob import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_TABLES_SINCE_FIRST_VERSION = frozenset(
    {"accreditation", "chunk", "contact", "delivery", "event", "exclusion", "journal"}
    | {"mailing", "membership", "sign_off", "suppression", "variant"}
)
"""A backup may come from an old version of the ledger, which has no other tables."""


def backup_folder(ledger: Path) -> Path:
    """Return the folder with the backups of a ledger."""
    return ledger.absolute().parent / "backups"


def backups_of(ledger: Path) -> Iterator[Path]:
    """Yield the backups of a ledger, the newest first."""
    found = backup_folder(ledger).glob(f"{escape(ledger.stem)}-*.db")
    yield from sorted(found, key=lambda copy: copy.stat().st_mtime_ns, reverse=True)


def newest_backup(ledger: Path) -> Path | None:
    """Return the newest backup that is intact; None when there is none."""
    return next((copy for copy in backups_of(ledger) if is_intact(copy)), None)


def is_intact(copy: Path) -> bool:
    """Return whether a file is a ledger, and passes SQLite's `quick_check`."""
    try:
        # With `immutable`, SQLite leaves no -wal and -shm files beside the backup.
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)) as file:
            found = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
            checked = file.execute("PRAGMA quick_check").fetchall()
            return found >= _TABLES_SINCE_FIRST_VERSION and bool(checked == [("ok",)])
    except sqlite3.Error:
        return False
