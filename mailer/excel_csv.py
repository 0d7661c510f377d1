"""CSV files that open correctly in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Characters that make a spreadsheet run a cell as a formula (OWASP, CSV injection)."""


def guarded(cell: str) -> str:
    """Return `cell`, preceded by an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def excel_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Return `rows` as a CSV file that French Excel opens on a double click: UTF-8
    with a BOM, `;`, CRLF.

    Every cell is guarded against formulas.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerows([guarded(str(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
