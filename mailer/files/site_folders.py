"""A folder of web pages that is replaced as a whole: a link that leads to one state, then another."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.host.atomic_write import fsync_folder
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
"""A web server under another account reads them; they hold nothing that is not public."""


def replace_site(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Make `folder` a link to a folder with these files; returns False when it has them already.

    The files are written beside it first, so that a reader of the link finds one state
    or the other, never half of one. Raises ContentError when `folder` is one with files in it.
    """
    _require_replaceable(folder)
    target = folder.with_name(f".{folder.name}-{_digest(files)}")
    if folder.is_symlink() and folder.resolve() == target.resolve() and target.is_dir():
        return False
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_dir():
        _write_all(target, files)
    if folder.is_dir() and not folder.is_symlink():
        folder.rmdir()
    link = folder.with_name(f".{folder.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(target.name, target_is_directory=True)
    link.replace(folder)
    fsync_folder(folder.parent)
    _remove_others(folder, target)
    return True


def _require_replaceable(folder: Path) -> None:
    is_ours = folder.is_symlink() and folder.resolve().name.startswith(f".{folder.name}-")
    is_empty = folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())
    if is_ours or is_empty or not (folder.exists() or folder.is_symlink()):
        return
    raise ContentError(
        Problem(
            Place(folder.as_posix()),
            _("This is not a press room that was written before, and is not empty."),
            _("Name a folder that does not exist yet: it is replaced each time."),
        )
    )


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _write_all(target: Path, files: Mapping[str, bytes]) -> None:
    new = target.with_name(f"{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    for path, content in files.items():
        file = new / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.chmod(_FILE_MODE)
    for each in (new, *(path for path in new.rglob("*") if path.is_dir())):
        each.chmod(_FOLDER_MODE)
        fsync_folder(each)
    new.rename(target)


def _remove_others(folder: Path, target: Path) -> None:
    """Remove the states of before, but for the one that a web server may have open."""
    others = [
        each for each in folder.parent.glob(f".{folder.name}-*") if each != target and each.is_dir()
    ]
    for each in sorted(others, key=lambda path: path.stat().st_mtime_ns)[:-1]:
        shutil.rmtree(each, ignore_errors=True)
