"""Facts about this machine: its clock, its time-zone rules, and what git keeps of a file."""

from __future__ import annotations

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import TZPATH

_PATIENCE_S = 5.0


def is_time_synchronised() -> bool | None:
    """Return whether a time server keeps the clock right; None where nobody can say."""
    said = _output("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return {"yes": True, "no": False}.get(said or "")


def time_zone_release() -> str:
    """Return the release of the time-zone rules that Python uses, such as `2026c`; "" if unknown.

    Python takes those of the system first, then those of the package tzdata.
    """
    for folder in map(Path, TZPATH):
        if (folder / "Europe" / "Paris").is_file():
            return _release_in(folder)
    try:
        return _release_of_package(version("tzdata"))
    except PackageNotFoundError:
        return ""


def _release_in(folder: Path) -> str:
    for name, prefix in (("tzdata.zi", "# version "), ("+VERSION", "")):
        if (file := folder / name).is_file():
            with file.open(encoding="utf-8") as lines:
                return next(lines, "").strip().removeprefix(prefix)
    return ""


def _release_of_package(number: str) -> str:
    """Return `2026c` for the package's number `2026.3`."""
    year, _dot, serial = number.partition(".")
    return f"{year}{chr(ord('a') + int(serial) - 1)}" if serial.isdigit() else year


def is_in_git(file: Path) -> bool:
    """Return whether git keeps this file, so that every copy of the repository holds it."""
    return (
        _output("git", "-C", str(file.parent), "ls-files", "--error-unmatch", file.name) is not None
    )


def _output(command: str, *arguments: str) -> str | None:
    """Return what a command prints; None when it is not there, fails or hangs."""
    if (program := shutil.which(command)) is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the program is found on the path, its arguments are ours
            [program, *arguments], capture_output=True, text=True, timeout=_PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return done.stdout.strip()
