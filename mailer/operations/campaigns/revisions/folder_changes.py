"""Compares the newest revision with the folder of a campaign, file by file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """What to do with the files of which the ledger and the folder do not agree, by path.

    None means that the file is not there.
    """

    pending: Mapping[str, str | None]
    """To be written to the folder: a save that was interrupted. The hash of the revision."""
    outside: Mapping[str, str | None]
    """Changed in the folder by another program. The hash in the folder."""
    known: Mapping[str, str | None]
    """The same on both sides, which the record of the folder does not say yet."""
    conflicts: tuple[str, ...]
    """Changed on both sides."""


def compare_folder(
    head: Mapping[str, str], *, written: Mapping[str, str], folder: Mapping[str, str]
) -> FolderChanges:
    """Return what differs. Each argument gives a hash by path: of the newest revision, of what the
    program last wrote to the folder or read there, and of what is there now.

    An empty folder was never written, or is gone: everything is pending.
    """
    pending: dict[str, str | None] = {}
    outside: dict[str, str | None] = {}
    known: dict[str, str | None] = {}
    conflicts: list[str] = []
    before = written if folder else {}
    for path in sorted({*head, *written, *folder}):
        ours, old, theirs = head.get(path), before.get(path), folder.get(path)
        if theirs == ours:
            if written.get(path) != ours:
                known[path] = ours
        elif theirs == old or (theirs is None and ours != old):
            pending[path] = ours
        elif ours == old:
            outside[path] = theirs
        else:
            conflicts.append(path)
    return FolderChanges(pending, outside, known, tuple(conflicts))


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 (hex) of each file by its path."""
    return {path: sha256(content) for path, content in files.items()}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(content).hexdigest()
