"""Reads a text file as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.columns import field_of, find_columns
from mailer.contacts.formats.address_books import read_address_book
from mailer.contacts.formats.delimited import find_delimiter, read_delimited
from mailer.contacts.formats.encodings import decode
from mailer.contacts.formats.mixed_delimiters import has_joined_headers
from mailer.contacts.formats.pasted_lists import is_table, read_pasted_list
from mailer.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.contacts.formats.delimited import Delimiter
    from mailer.contacts.tables import Row, Table


_COMMENTS = re.compile(r"(?>(?:\s*+#[ \t]++[^;,|\t@\n]*+(?:\n|\Z))+)")
"""Lines of a program above its list; a header that begins with `#` has several cells."""


class DecodedTable(NamedTuple):
    """The table in a text file, and the file's encoding."""

    table: Table
    encoding: str


def read_text_table(content: bytes, *, file: str, encoding: str | None) -> DecodedTable:
    """Return the table in a text file and the encoding of the file.

    The file is an address book, a table with delimiters, or, if it has no known header, a list
    pasted from elsewhere. Raises ContentError when it is too large or its encoding is ambiguous.
    """
    text, name = decode(content, file=file, encoding=encoding)
    if comments := _COMMENTS.match(text):  # the rows keep their numbers
        text = "\n" * comments[0].count("\n") + text[comments.end() :]
    book = read_address_book(text, file=file)
    if book is not None:
        return DecodedTable(book, name)
    delimiter = find_delimiter(text, lambda cell: field_of(cell) is not None)
    if delimiter.known_headers < 2:
        pasted = _pasted_list(text, file=file, delimiter=delimiter)
        if pasted is not None:
            return DecodedTable(pasted, name)
    return DecodedTable(read_delimited(text, file=file, delimiter=delimiter.character), name)


def _pasted_list(text: str, *, file: str, delimiter: Delimiter) -> Table | None:
    """Return the pasted list in a text; None when it is a table, or neither."""
    try:
        rows = read_delimited(text, file=file, delimiter=delimiter.character).rows
    except ContentError:  # a long line of addresses would be too wide for a table
        if delimiter.known_headers:
            raise
    else:
        is_mixed = bool(rows) and has_joined_headers(rows[0])  # refused when it is read as a table
        if is_mixed or is_table(rows) or _has_header(rows):
            return None
    return read_pasted_list(text, file=file)


def _has_header(rows: Sequence[Row]) -> bool:
    """Return whether there is a header for addresses; `E-mails:` alone in a line is a label."""
    columns = find_columns(rows)
    if columns is None or columns.row < 0:
        return False
    cells = [cell for cell in rows[columns.row].cells if cell.strip()]
    return len(cells) > 1 or not cells[0].rstrip().endswith(":")
