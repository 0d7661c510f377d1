"""Folders and files that a person names for what the program writes.

Nothing is replaced that the program did not write: a wrong name must not cost a configuration or
another document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MARKER = ".made-by-mailer"
"""A file in each folder that the program has made for its pages, and may write to again."""


def claim_folder(folder: Path) -> Path:
    """Return `folder`, in which files may now be written and replaced; make it if necessary.

    Raises ContentError when it holds something and this program has not made it.
    """
    is_ours = (folder / MARKER).is_file()
    if folder.exists() and not is_ours and (not folder.is_dir() or any(folder.iterdir())):
        raise ContentError(
            Problem(
                Place(str(folder)),
                _(
                    "there is something in this place that mailer has not made; it was left as it is"
                ),
                _("Name a folder that is new or empty."),
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    return folder


def refuse_foreign_file(path: Path, *, beginnings: Iterable[bytes]) -> None:
    """Raise ContentError when `path` exists and does not begin like one of our own files.

    A device or a pipe has no content to lose.
    """
    if not path.is_file():
        return
    start = path.read_bytes()
    if start and not any(start.startswith(beginning) for beginning in beginnings):
        raise ContentError(
            Problem(
                Place(str(path)),
                _("this file was not written by mailer; it was left as it is"),
                _("Name a file that does not exist yet."),
            )
        )
