"""Files that are there whole and flushed, or not there: whatever ends the program in between."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = ".part"
"""How the name of a file ends while it is being written."""


def write_atomically(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Writes `content` beside `path` and gives it the name when it is complete and durable.

    A former file stays as it is until then; `mode` is lessened by the process's umask. A pipe
    or a terminal, which has no former content, is written as it is.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f"{path.name}{DRAFT}")
    draft.unlink(missing_ok=True)  # left by a process that died: its rights are not ours
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes the names in it durable, where a system has that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
