"""Lets one process at a time work in a folder."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WINDOWS_LOCK = Lock()


@contextmanager
def only_one_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else holds this folder, in any process, and hold it. Raises OSError.

    On Windows only the threads of this process are kept out.
    """
    if sys.platform == "win32":
        with _WINDOWS_LOCK:
            yield
        return
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
