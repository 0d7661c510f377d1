"""Anchors of the journal outside the ledger: written with each backup, read from any file.

A PostgreSQL ledger has its anchors in the reports and the status alone.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.host.atomic_write import PRIVATE
from mailer.journal.chain import anchors_in
from mailer.ledger.storage.backup_files import is_intact
from mailer.model.journal.chain import Anchor
from mailer.wording import _

if TYPE_CHECKING:
    from datetime import datetime

ANCHORS_FILE = "journal-anchors.txt"
"""The file beside the backups with a line for each, the newest last. It outlives them."""
_SQLITE_HEADER = b"SQLite format 3\x00"
_MOST_BYTES = 50_000_000


def note_anchor(backup: Path, *, at: datetime) -> None:
    """Write the end of a backup's journal down beside the backups, and flush it."""
    anchor = anchor_of(backup)
    line = f"{at:%Y-%m-%dT%H:%M:%SZ} {anchor} {backup.name}\n"
    file = os.open(backup.with_name(ANCHORS_FILE), os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
    try:
        os.write(file, line.encode("utf-8"))
        os.fsync(file)
    finally:
        os.close(file)


def anchor_of(backup: Path) -> Anchor:
    """Return the end of the journal in a backup; raises sqlite3.Error before migration 0034."""
    # Immutable: reading a backup leaves no -wal and -shm files.
    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?immutable=1", uri=True)) as file:
        last = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
        row = file.execute(last).fetchone()
    return Anchor(*row) if row else Anchor(0, "")


def read_anchors(named: str) -> list[Anchor]:
    """Return the anchor that is written `COUNT:HASH`, or those in the file of this name.

    Raises ContentError when there is neither.
    """
    if found := anchors_in(named):
        return found
    path = Path(named)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except (OSError, ValueError) as error:
        raise _no_anchor(named) from error
    if content.startswith(_SQLITE_HEADER):
        return [_of_backup(path)]
    if found := anchors_in(content.decode("utf-8", "replace")):
        return found
    raise _no_anchor(named)


def _of_backup(path: Path) -> Anchor:
    if is_intact(path):
        try:
            return anchor_of(path)
        except sqlite3.Error:
            pass  # older than the chain
    raise _no_anchor(str(path))


def _no_anchor(named: str) -> ContentError:
    return ContentError(
        Problem(
            Place(named),
            _("this is no anchor of the journal, nor a file that has one"),
            _(
                "An anchor is a number, a colon and 64 digits and letters. Name a file that has"
                " one: a report, a saved status, a backup."
            ),
        )
    )
