"""A small disk under the office, to be filled and freed again, where this machine lets us make one."""

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress

SIZE = "256m"
NOT_FILLED = "the disk was never filled: this machine lets nobody but root mount a small one"


class SmallDisk:
    """Where the office lives. `is_real`: it can be filled."""

    def __init__(self, folder, *, is_real):
        self.folder, self.is_real = folder, is_real
        self._ballast = folder / "ballast"

    def fills(self, left_bytes):
        """Somebody else writes until only so many bytes are left."""
        free = shutil.disk_usage(self.folder).free
        # Others write meanwhile, and so it may be full before.
        with suppress(OSError), self._ballast.open("ab") as file:
            os.posix_fallocate(file.fileno(), file.tell(), max(free - left_bytes, 1))

    def is_freed(self):
        self._ballast.unlink(missing_ok=True)

    @property
    def is_full(self):
        return self._ballast.exists()


@contextmanager
def small_disk(folder):
    """Mount one; a plain folder where that is not allowed (it is for root on Linux)."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    is_real = shutil.which("mount") is not None
    is_real = is_real and not subprocess.run(command, check=False, capture_output=True).returncode
    try:
        yield SmallDisk(folder, is_real=is_real)
    finally:
        if is_real:
            subprocess.run(["umount", "-l", str(folder)], check=True)
