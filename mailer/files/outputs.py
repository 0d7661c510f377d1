"""Folders and files that a person names for what the program writes.

Nothing is replaced that the program did not write: a wrong name must not cost a configuration or
another document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from mailer.errors import ContentError, Place, Problem
from mailer.excel_csv import excel_csv
from mailer.files.workbook_writing import first_row
from mailer.host.atomic_write import PRIVATE, make_private_folder
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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
    make_private_folder(folder)
    (folder / MARKER).touch(mode=PRIVATE)
    return folder


def refuse_foreign_page(path: Path, *, mark: bytes) -> None:
    """Raise ContentError when `path` exists and its beginning lacks the mark of our pages."""
    if not path.exists():
        return
    if path.is_file():
        with path.open("rb") as file:
            if mark in file.read(1_000):
                return
    raise ContentError(
        Problem(
            Place(str(path)),
            _("there is something in this place that mailer has not made; it was left as it is"),
            _("Name a file that does not exist yet."),
        )
    )


def refuse_foreign_table(path: Path, *, headings: Iterable[Sequence[str]]) -> None:
    """Raise ContentError when `path` exists and has none of these headings in its first row.

    A device or a pipe has no content to lose.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    is_workbook = path.suffix.lower() == ".xlsx"
    if not (_workbook_has if is_workbook else _text_has)(path, headings):
        raise ContentError(
            Problem(
                Place(str(path)),
                _("this file was not written by mailer; it was left as it is"),
                _("Name a file that does not exist yet."),
            )
        )


def _text_has(path: Path, headings: Iterable[Sequence[str]]) -> bool:
    starts = [excel_csv([each]) for each in headings]
    with path.open("rb") as file:
        start = file.read(max(map(len, starts), default=0))
    return any(start.startswith(each) for each in starts)


def _workbook_has(path: Path, headings: Iterable[Sequence[str]]) -> bool:
    try:
        return first_row(path) in [list(each) for each in headings]
    except (OSError, ValueError, KeyError, BadZipFile, InvalidFileException):
        return False
