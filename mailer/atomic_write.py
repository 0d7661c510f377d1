"""Atomic, fsynced writes: after a crash a file has its old content or its new content."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TEMPORARY_SUFFIX = ".part"
"""Suffix of the temporary file that is renamed when it is complete."""


def write_atomically(path: Path, content: bytes, *, mode: int = 0o666) -> None:
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
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    fsync_folder(path.parent)


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
