"""The copies of a SQLite ledger that lie beside it: which there are, and which are whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def folder_of(ledger: Path) -> Path:
    """Where the copies of this ledger are."""
    return ledger.absolute().parent / "backups"


def copies_of(ledger: Path) -> Iterator[Path]:
    """The newest first."""
    found = folder_of(ledger).glob(f"{ledger.stem}-*.db")
    yield from sorted(found, key=lambda copy: copy.stat().st_mtime_ns, reverse=True)


def newest_copy(ledger: Path) -> Path | None:
    """The newest copy that is whole."""
    return next((copy for copy in copies_of(ledger) if is_intact(copy)), None)


def is_intact(copy: Path) -> bool:
    """Whether a file is a ledger, and its pages are as they should be."""
    try:
        # Immutable: looking at a copy leaves no side files.
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True)) as file:
            file.execute("SELECT count(*) FROM mailing").fetchone()
            return bool(file.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False
