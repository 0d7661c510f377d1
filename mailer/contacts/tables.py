"""The rows and tables of a contact file, as workbooks and text files both give them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_ROWS = 250_000
MAX_COLUMNS = 200
MAX_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. `number` counts from 1 as in a spreadsheet, empty rows included.

    A `broken` row is a line that cannot be parsed (an unclosed quotation mark). `is_hidden` is
    for a row that the sheet does not show (filtered, folded). The sets hold indexes of cells:
    struck through, formulas whose value was never computed, filled from merged cells above.
    `comments` are those on the cells of the row, `colours` those of its cells and their texts:
    `RRGGBB`, or the notation of the workbook.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False
    is_hidden: bool = False
    struck: frozenset[int] = frozenset()
    uncomputed: frozenset[int] = frozenset()
    from_merged: frozenset[int] = frozenset()
    comments: tuple[str, ...] = ()
    colours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet that are not empty. `name` is empty for a text file."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


def padded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows that all have as many cells as the longest."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(
        replace(row, cells=row.cells + ("",) * (width - len(row.cells)))
        if len(row.cells) < width
        else row
        for row in rows
    )


def too_large(file: str) -> ContentError:
    """Return the error for a file that is larger than any press list."""
    return ContentError(
        Problem(
            Place(file),
            _(
                "The file is too large: {rows} rows, {columns} columns and {size} MB at most.",
                rows=MAX_ROWS,
                columns=MAX_COLUMNS,
                size=MAX_BYTES // 1024 // 1024,
            ),
            _("Keep only the columns you need, or split the list into several files."),
        )
    )
