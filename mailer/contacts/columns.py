"""Which column of somebody's table is which, by the headers that people write."""

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
"""A title and a date may stand above the headers; they never take more rows than this."""


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
    """The columns of one table: `headers` as written, and what each holds (None: unknown).

    `row` is the index of the header row among the table's rows; -1 when it has none.
    """

    row: int
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else ""

    def field(self, index: int) -> Field | None:
        return self.fields[index] if index < len(self.fields) else None


def folded(text: str) -> str:
    """`text` without accents, case, punctuation and odd spaces: what two spellings share."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    ).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain))


def field_of(header: str) -> Field | None:
    """What a column with this header holds, as far as we know."""
    name = folded(header)
    return _FIELDS.get(name) or _FIELDS.get(_QUALIFIER.sub("", name))


def find_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns by the first row that names one for addresses.

    Failing that, when the first row already holds an address, the table has no headers: its
    addresses are in the column with most of them, and the others are numbered. None when
    there is no column of addresses at all.
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
