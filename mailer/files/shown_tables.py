"""Tells a table what its sheet shows: hidden, struck and merged cells, formulas without value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.tables import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailer.contacts.tables import Table
    from mailer.files.sheet_views import MergedCells, SheetView

_MAX_FILLED = 100_000
"""How many cells are filled from merged ones at most: a whole column can be merged."""


def shown_as(table: Table, view: SheetView | None) -> Table:
    """Return `table` as its sheet shows it, with merged cells filled."""
    if view is None:
        return table
    struck, uncomputed = _by_row(view.struck), _by_row(view.uncomputed)
    width = len(table.rows[0].cells) if table.rows else 0
    # A row of formulas without values looks empty.
    lost = {number: Row(number, ("",) * width) for number in uncomputed if width}
    rows = lost | {row.number: row for row in table.rows}
    for number in {
        *struck,
        *uncomputed,
        *view.hidden_rows,
        *view.comments,
        *view.colours,
    } & rows.keys():
        rows[number] = replace(
            rows[number],
            is_hidden=number in view.hidden_rows,
            struck=struck.get(number, frozenset()),
            uncomputed=uncomputed.get(number, frozenset()),
            comments=tuple(view.comments.get(number, ())),
            colours=frozenset(view.colours.get(number, ())),
        )
    for number, filled in _filled_cells(view.merged, rows).items():
        rows[number] = _with_cells(rows[number], filled)
    return replace(
        table,
        rows=tuple(rows[number] for number in sorted(rows)),
        hidden_columns=frozenset(view.hidden_columns),
    )


def _by_row(cells: set[tuple[int, int]]) -> Mapping[int, frozenset[int]]:
    rows: defaultdict[int, set[int]] = defaultdict(set)
    for row, column in cells:
        rows[row].add(column)
    return {row: frozenset(columns) for row, columns in rows.items()}


def _filled_cells(
    merged: list[MergedCells], rows: Mapping[int, Row]
) -> Mapping[int, dict[int, str]]:
    """Return the texts that merged cells give to the rows below their first, by row and column.

    Cells merged across columns alone are titles, and stay as they are.
    """
    filled: defaultdict[int, dict[int, str]] = defaultdict(dict)
    count = 0
    for cells in merged:
        first = rows.get(cells.first_row)
        if first is None or cells.first_column >= len(first.cells):
            continue
        text = first.cells[cells.first_column]
        for number in range(cells.first_row + 1, cells.last_row + 1):
            if text.strip() and number in rows and count < _MAX_FILLED:
                filled[number][cells.first_column] = text
                count += 1
    return filled


def _with_cells(row: Row, texts: Mapping[int, str]) -> Row:
    """Return a row with `texts` in those of its cells that are empty."""
    cells = list(row.cells)
    new = {index for index in texts if index < len(cells) and not cells[index].strip()}
    for index in new:
        cells[index] = texts[index]
    return replace(row, cells=tuple(cells), from_merged=frozenset(new))
