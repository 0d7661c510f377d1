"""The clocks of a machine that sleeps, and whose wall clock somebody sets, for real processes."""

import mmap
import shutil
import struct
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

COMPILER = shutil.which("cc")
MISSING = "no C compiler for the clock that is put before the C library: install gcc"


class MachineClock:
    """What the processes of an `environment` see; nothing of theirs is replaced but the clocks."""

    def __init__(self, folder):
        library, self._path = folder / "clock.so", folder / "clock"
        source = Path(__file__).with_suffix(".c")
        subprocess.run(
            [COMPILER, "-shared", "-fPIC", "-O2", "-o", str(library), str(source)], check=True
        )
        self._path.write_bytes(struct.pack("=qq", 0, 0))
        with self._path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 16)
        self.environment = {"LD_PRELOAD": str(library), "ENDURANCE_CLOCK": str(self._path)}
        self.slept_s, self.set_s = 0, 0

    def sleeps(self, seconds):
        """The machine sleeps: the wall clock and the seconds since its start go on."""
        self.slept_s += seconds
        self._write()

    def is_set(self, seconds):
        """Somebody sets the wall clock to so many seconds off what is right."""
        self.set_s = seconds
        self._write()

    def is_right(self):
        """It says again what all others say: for processes that have seen nothing else."""
        self.slept_s, self.set_s = 0, 0
        self._write()

    def now(self):
        """What the processes take for now."""
        return datetime.now(UTC) + timedelta(seconds=self.slept_s + self.set_s)

    def steady_s(self):
        """The seconds since the machine started, as they take them; nobody sets these."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) + self.slept_s

    def _write(self):
        self._shared[:] = struct.pack("=qq", self.slept_s, self.set_s)

    def close(self):
        self._shared.close()
