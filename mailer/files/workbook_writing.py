"""Writes a table as an Excel workbook in which no cell is a formula."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of a workbook."""
_WIDEST = 40
_ROWS_PER_STEP = 2_000  # a second or two
_MAX_CELL_LENGTH = 32_767  # characters, Excel's own limit


def workbook_bytes(
    rows: Iterable[Sequence[str | int]],
    *,
    title: str,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> bytes:
    """Return a workbook with one sheet. The first row holds the headings.

    `advance` is told now and then how many of how many rows are written.

    A number is one, and can be summed. All else is text: a telephone number keeps its zero, and
    `=1+1` is no formula.
    """
    return sheets_bytes({title: rows}, advance=advance)


def sheets_bytes(
    sheets: Mapping[str, Iterable[Sequence[str | int]]],
    *,
    advance: Callable[[int, int], None] = lambda _done, _total: None,
) -> bytes:
    """Return a workbook with several sheets, by title, each as `workbook_bytes` writes one."""
    workbook = Workbook(write_only=True)
    for title, rows in sheets.items():
        _write_sheet(workbook.create_sheet(title), rows, advance=advance)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _write_sheet(
    sheet: Any, rows: Iterable[Sequence[str | int]], *, advance: Callable[[int, int], None]
) -> None:
    table = [[_writable(cell) for cell in row] for row in rows]
    for index, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    if table:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table[0]))}{len(table)}"
    for number, row in enumerate(table):
        if number % _ROWS_PER_STEP == 0:
            advance(number, len(table))
        sheet.append([_cell(sheet, value, is_bold=number == 0) for value in row])


def _writable(cell: str | int) -> str | int:
    if isinstance(cell, int):
        return cell
    return ILLEGAL_CHARACTERS_RE.sub("", cell)[:_MAX_CELL_LENGTH]


def first_row(path: Path) -> list[str]:
    """Return the first row of a workbook that this program has written."""
    workbook = load_workbook(path, read_only=True)
    try:
        return next(([str(c) for c in row] for row in workbook.worksheets[0].values), [])
    finally:
        workbook.close()


def _cell(sheet: Any, value: str | int, *, is_bold: bool) -> Any:
    """Return what stands in a cell; None leaves it empty."""
    if isinstance(value, int):
        return value
    return _text_cell(sheet, value, is_bold=is_bold) if value else None


def _text_cell(sheet: Any, text: str, *, is_bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    # openpyxl takes a text that begins with `=` for a formula.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = Font(bold=is_bold)
    return cell


def _widths(table: Sequence[Sequence[str | int]]) -> list[int]:
    return [
        min(max(len(str(cell)) for cell in column) + 2, _WIDEST)
        for column in zip(*table, strict=True)
    ]
