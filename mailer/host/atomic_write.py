"""Files that are written whole or not at all, and that only their owner can read.

Nearly all that the program writes names people: private is the rule, and public the exception.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

PRIVATE = 0o600
PUBLIC = 0o666
"""For what holds nobody; the process's umask applies."""
TEMPORARY_SUFFIX = ".part"
"""Suffix of the temporary file that is renamed when it is complete."""


def write_atomically(path: Path, content: bytes, *, mode: int = PRIVATE) -> None:
    """Write `content` to a temporary file beside `path`, fsync it and rename it to `path`.

    An existing file is unchanged until the rename; the process's umask applies to `mode`. A pipe or
    a terminal has no previous content to protect and is written directly.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = path.resolve()  # replace the target of a symbolic link, not the link
    temporary = path.with_name(f"{path.name}{TEMPORARY_SUFFIX}")
    temporary.unlink(missing_ok=True)  # a crash may leave one with other permissions
    with _created(temporary, mode) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    fsync_folder(path.parent)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, and that can be made again: it is not flushed.

    A file that is there is removed first, because it keeps the mode it was created with.
    """
    path.unlink(missing_ok=True)
    with _created(path, PRIVATE) as file:
        file.write(content)


def make_private_folder(folder: Path) -> None:
    """Make the folder and its missing parents, to be entered by their owner alone.

    A folder that is there keeps its mode: it belongs to the person who made it.
    """
    if not folder.exists():
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _created(path: Path, mode: int) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb")


def fsync_folder(folder: Path) -> None:
    """Flush the folder's entries to disk, on systems that support it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def fsync_file(file: Path) -> None:
    """Flush the content of a file to disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
