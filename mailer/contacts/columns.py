"""Recognises the columns of a table by their headers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.languages import LANGUAGES
from mailer.model.contact_import import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailer.contacts.tables import Row

_SEARCHED_ROWS = 20
"""In how many rows the headers are searched, because a title and a date may be above them."""


_FIELDS = {
    header: field
    for language in LANGUAGES
    if language.contact_lists
    for field, headers in language.contact_lists.headers.items()
    for header in headers.split(", ")
}
_QUALIFIERS = "|".join(
    filter(None, (each.contact_lists.qualifiers for each in LANGUAGES if each.contact_lists))
)
_QUALIFIER = re.compile(rf" (?:\d+|{_QUALIFIERS})$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: `headers` as written, and the field of each (None if unknown).

    `row` is the index of the header row; -1 when the table has no headers.
    """

    row: int
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else ""

    def field(self, index: int) -> Field | None:
        return self.fields[index] if index < len(self.fields) else None


def folded(text: str) -> str:
    """Return `text` without accents, case and punctuation and with single spaces, to compare."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    ).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def field_of(header: str) -> Field | None:
    """Return the field of a column with this header; None when it is unknown."""
    name = folded(header)
    return _FIELDS.get(name) or _FIELDS.get(_QUALIFIER.sub("", name))


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """Return the columns from the first row that has a header for addresses.

    If there is none and the first row has an address, the table has no headers: the column with
    the most addresses is used, and the columns are numbered. Returns None when there is no
    column of addresses.
    """
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        fields = tuple(map(field_of, row.cells))
        if Field.ADDRESS in fields:
            return Columns(index, tuple(" ".join(cell.split()) for cell in row.cells), fields)
    if rows and any("@" in cell for cell in rows[0].cells):
        return _numbered(rows)
    return None


def _numbered(rows: Sequence[Row]) -> Columns:
    width = max(len(row.cells) for row in rows)
    addresses = max(range(width), key=lambda index: _filled_with_addresses(rows, index))
    fields = tuple(Field.ADDRESS if index == addresses else None for index in range(width))
    return Columns(-1, tuple(str(index + 1) for index in range(width)), fields)


def _filled_with_addresses(rows: Iterable[Row], index: int) -> int:
    return sum("@" in row.cells[index] for row in rows if index < len(row.cells))
