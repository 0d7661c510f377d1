"""Reads workbooks of Excel (.xlsx) and LibreOffice (.ods), and refuses dangerous ones.

An import also runs this in the sandbox, which limits memory and time.
"""

from __future__ import annotations

import datetime as dt
import lzma
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol, cast
from xml.parsers import expat

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from mailer.contacts.formats.file_kinds import refusal
from mailer.contacts.tables import MAX_COLUMNS, MAX_ROWS, Row, Table, padded, too_large
from mailer.files.open_spreadsheets import is_open_spreadsheet, read_open_spreadsheet
from mailer.files.sheet_views import read_sheet_views
from mailer.files.shown_tables import shown_as
from mailer.files.workbook_archives import refuse_bombs
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LAST_ROW = 1_048_576  # of an Excel sheet
_MAX_PADDING = 20_000_000  # empty cells that openpyxl fills in between

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    InvalidFileException,
    expat.ExpatError,
    SyntaxError,  # xml.etree's ParseError and lxml's XMLSyntaxError both are
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""The exceptions of zipfile and openpyxl for a damaged workbook; neither has a single one."""


class _Sheet(Protocol):
    """The part of openpyxl's read-only worksheet that we use; its own types are incomplete."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_row: int, values_only: bool) -> Iterable[tuple[object, ...]]: ...


def read_workbook(path: Path) -> tuple[Table, ...]:
    """Return the sheets that are not empty, with all cells as text.

    A formula gives the value that Excel stored. Raises ContentError for a file that is damaged,
    too large or dangerous.
    """
    file = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive, file)
            if is_open_spreadsheet(archive):
                tables = read_open_spreadsheet(archive, file)
                return tuple(table for table in tables if table.rows)
            views = read_sheet_views(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles it will drop
            workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
            try:
                sheets = cast("list[_Sheet]", workbook.worksheets)
                tables = tuple(
                    shown_as(_table(sheet, file), views.get(sheet.title)) for sheet in sheets
                )
            finally:
                workbook.close()
    except _UNREADABLE as error:
        raise refusal(
            file,
            _("The workbook is damaged or protected by a password."),
            _("Open it and save it again as .xlsx, without a password."),
        ) from error
    return tuple(table for table in tables if table.rows)


def _table(sheet: _Sheet, file: str) -> Table:
    sheet.reset_dimensions()  # the declared size may be wrong, or a trap
    kept: list[Row] = []
    padding = 0
    for number, values in enumerate(sheet.iter_rows(max_row=_LAST_ROW, values_only=True), start=1):
        cells = tuple(map(_text, values))
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        padding += len(values) - len(cells) + 1
        if len(kept) == MAX_ROWS or len(cells) > MAX_COLUMNS or padding > _MAX_PADDING:
            raise too_large(file)
        if cells:
            kept.append(Row(number, cells))
    return Table(sheet.title, padded(kept), is_hidden=sheet.sheet_state != "visible")


def _text(value: object) -> str:
    """Return a cell as a person would type it: `0`, not `0.0`; dates in ISO 8601; `oui` for TRUE."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return unescape(str(value))
