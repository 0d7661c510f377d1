"""Refuses a table whose lines are divided by two different delimiters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.columns import Columns, field_of
from mailer.errors import ContentError, Place, Problem
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.contacts.tables import Row, Table

_DELIMITERS = ";,\t|"


def refuse_mixed_delimiters(table: Table, columns: Columns, *, file: str) -> None:
    """Raise ContentError when a header is several known headers with another delimiter between
    them, and the cells below have that delimiter as well.
    """
    headers = table.rows[columns.row].cells if columns.row >= 0 else ()
    for index, header in enumerate(headers):
        for delimiter in _DELIMITERS:
            if _joins_headers(header, delimiter) and _divides_most(
                table, columns, index, delimiter
            ):
                row = table.rows[columns.row].number
                raise ContentError(
                    Problem(
                        Place(file, row),
                        _(
                            "“{header}” is several headers: two delimiters are mixed.",
                            header=header,
                        ),
                        _("Use one delimiter in the whole file, for instance “;”."),
                    )
                )


def has_joined_headers(row: Row) -> bool:
    """Return whether a cell of the row is several known headers with another delimiter between."""
    return any(_joins_headers(cell, delimiter) for cell in row.cells for delimiter in _DELIMITERS)


def _joins_headers(header: str, delimiter: str) -> bool:
    """Return whether a header is several known ones. `Nom, prénom` is one, with a comma in it."""
    parts = header.split(delimiter)
    is_one = delimiter == "," and field_of(header) is not None
    return len(parts) > 1 and not is_one and all(map(field_of, parts))


def _divides_most(table: Table, columns: Columns, index: int, delimiter: str) -> bool:
    cells = [row.cells[index] for row in table.rows[columns.row + 1 :] if index < len(row.cells)]
    return 2 * sum(delimiter in cell for cell in cells) > len(cells)
