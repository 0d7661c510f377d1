"""Reads tables with delimiters: CSV as Excel and other programs write it."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.tables import MAX_COLUMNS, MAX_ROWS, Row, Table, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DELIMITERS = ";,\t|"
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line by which Excel declares the delimiter."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Delimiter(NamedTuple):
    """A delimiter, and how many known headers it gives in one line."""

    character: str
    known_headers: int


def find_delimiter(text: str, is_header: Callable[[str], bool]) -> Delimiter:
    """Return the delimiter that gives the most known headers in one line.

    When no header is known, it is the delimiter that occurs most often in a line.
    """
    declared = _DECLARED.match(text)
    head = text[:20_000].splitlines()[:20]

    def score(delimiter: str) -> tuple[int, int]:
        rows = [line.split(delimiter) for line in head]
        known = max((sum(map(is_header, _bare(row))) for row in rows), default=0)
        return known, max(map(len, rows), default=0)

    character = declared[1] if declared else max(_DELIMITERS, key=score)
    return Delimiter(character, score(character)[0])


def read_delimited(text: str, *, file: str, delimiter: str) -> Table:
    """Return the rows of `text`.

    A file with an unclosed quotation mark is read again line by line, so that only that line is
    `broken`. Raises ContentError when the table is too large.
    """
    body = _DECLARED.sub("\n", text, count=1) if _DECLARED.match(text) else text
    try:
        return _table(_parse(body, delimiter), file)
    except csv.Error:
        return _table(_line_by_line(body, delimiter), file)


def _bare(cells: list[str]) -> Iterator[str]:
    return (cell.strip().strip('"') for cell in cells)


def _parse(text: str, delimiter: str) -> Iterator[Row]:
    # `io.StringIO` would copy the text, and take up to four times the memory.
    lines = (line.group() for line in _LINE.finditer(text))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    return (Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1))


def _line_by_line(text: str, delimiter: str) -> Iterator[Row]:
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
            yield Row(number, tuple(cells))
        except csv.Error:
            yield Row(number, tuple(line.split(delimiter)), broken=True)


def _table(rows: Iterator[Row], file: str) -> Table:
    kept: list[Row] = []
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if len(kept) == MAX_ROWS or len(row.cells) > MAX_COLUMNS:
            raise too_large(file)
        kept.append(row)
    return Table("", tuple(kept))
