"""Reads a text file as a table."""

from __future__ import annotations

from typing import NamedTuple

from mailer.contacts.address_books import read_address_book
from mailer.contacts.address_cells import address_parts
from mailer.contacts.columns import field_of
from mailer.contacts.delimited import find_delimiter, read_delimited
from mailer.contacts.encodings import decode
from mailer.contacts.tables import Row, Table


class DecodedTable(NamedTuple):
    """The table in a text file, and the file's encoding."""

    table: Table
    encoding: str


def read_text_table(content: bytes, *, file: str, encoding: str | None) -> DecodedTable:
    """Return the table in a text file and the encoding of the file.

    The file is an address book, a table with delimiters, or, if it has no known header, a plain
    list of addresses. Raises ContentError when it is too large or its encoding is ambiguous.
    """
    text, name = decode(content, file=file, encoding=encoding)
    book = read_address_book(text, file=file)
    if book is not None:
        return DecodedTable(book, name)
    delimiter = find_delimiter(text, lambda cell: field_of(cell) is not None)
    if not delimiter.known_headers:
        listed = [
            Row(number, (piece,))
            for number, line in enumerate(text.splitlines(), start=1)
            for piece in address_parts(line)
        ]
        if all("@" in row.cells[0] for row in listed):
            return DecodedTable(Table("", tuple(listed)), name)
    return DecodedTable(read_delimited(text, file=file, delimiter=delimiter.character), name)
