"""File systems on which a SQLite ledger cannot live, or whose files cannot be recognised again."""

from __future__ import annotations

from pathlib import Path

from mailer.errors import LedgerError, Place, Problem
from mailer.wording import _, to_administrator

_OVER_A_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.rclone",
)
_NUMBERS_CHANGE = ("vfat", "exfat", "msdos", "fuse", "virtiofs", "9p", "drvfs", "overlay", "aufs")
"""File systems on which a file may get another number at each mount."""
_MOUNTS = Path("/proc/mounts")


def refuse_network_file_systems(path: Path, mounts: Path = _MOUNTS) -> None:
    """Raise LedgerError for a path on a network file system.

    SQLite's write-ahead log needs memory that all processes share (sqlite.org/wal.html §1).
    """
    kind = file_system_of(path, mounts)
    if kind.startswith(_OVER_A_NETWORK):
        raise LedgerError(
            Problem(
                Place(str(path)),
                _(
                    "The ledger would be on a network drive ({kind}), where it can break.",
                    kind=kind,
                ),
                to_administrator(
                    _("Put it on a disk of this machine, or use PostgreSQL: [ledger] url.")
                ),
            )
        )


def file_system_of(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of file system that holds `path`, as Linux names it; empty if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    # Of two mounts on one folder the later one is visible.
    kinds = {
        Path(point.replace("\\040", " ")): kind for _, point, kind, *_ in map(str.split, lines)
    }
    absolute = path.absolute()
    folders = (absolute, *absolute.parents)
    return next((kinds[folder] for folder in folders if folder in kinds), "")


def keeps_file_numbers(path: Path) -> bool:
    """Return whether a file at `path` keeps its inode number, by which it is recognised."""
    return not file_system_of(path).startswith(_NUMBERS_CHANGE)
