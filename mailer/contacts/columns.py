"""Recognises the columns of a table by their headers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.contacts.folding import folded
from mailer.contacts.refusals import Asks, what_asks
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


_NAMES = frozenset(
    {
        *(Field.CIVILITY, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME, Field.LAST_FIRST),
        *(Field.ORGANISATION, Field.BEAT, Field.REGION, Field.LANGUAGE, Field.MOBILE, Field.PHONE),
    }
)
_OUR_COLUMNS = 3
"""How many columns our own quarantine file begins with; `Field.DECISION` may follow."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: `headers` as written, and the field of each (None if unknown).

    `row` is the index of the header row; -1 when the table has no headers. `asks` is what the
    cells of each column answer about refusals. `width` is how many cells most rows have.
    `hidden` are the indexes of the columns that the sheet does not show.
    """

    row: int
    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]
    asks: tuple[Asks, ...]
    width: int
    hidden: frozenset[int] = frozenset()

    @property
    def ask_about_refusals(self) -> bool:
        """Whether a column says who may be written to."""
        return not {Asks.NAME, Asks.NOTHING}.issuperset(self.asks)

    def decides(self, index: int) -> bool:
        """Return whether a column holds addresses or says who may be written to."""
        return self.field(index) is Field.ADDRESS or self.asked(index) not in {
            Asks.NAME,
            Asks.NOTHING,
        }

    def name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else ""

    def field(self, index: int) -> Field | None:
        return self.fields[index] if index < len(self.fields) else None

    def asked(self, index: int) -> Asks:
        return self.asks[index] if index < len(self.asks) else Asks.NOTHING


def field_of(header: str) -> Field | None:
    """Return the field of a column with this header; None when it is unknown."""
    name = folded(header)
    return _FIELDS.get(name) or _FIELDS.get(_QUALIFIER.sub("", name))


def find_columns(rows: Sequence[Row], *, hidden: frozenset[int] = frozenset()) -> Columns | None:
    """Return the columns from the first row that has a header for addresses.

    If there is none and the first row has an address, the table has no headers: the column with
    the most addresses is used, and the columns are numbered. Returns None when there is no
    column of addresses that is not `hidden`.
    """
    for index, row in enumerate(rows[:_SEARCHED_ROWS]):
        fields = _shown(fields_of(row.cells), hidden)
        if Field.ADDRESS in fields:
            headers = tuple(" ".join(cell.split()) for cell in row.cells)
            return _columns(index, headers, fields, rows, hidden)
    if rows and any("@" in cell for cell in rows[0].cells):
        return _numbered(rows, hidden)
    return None


def fields_of(headers: Sequence[str]) -> tuple[Field | None, ...]:
    """Return the fields of the columns. Ours are only those that begin a file as we write it."""
    fields = tuple(map(field_of, headers))
    if all(field is Field.OURS for field in fields[:_OUR_COLUMNS]):
        return fields
    return tuple(None if field in {Field.OURS, Field.DECISION} else field for field in fields)


def _shown(fields: Iterable[Field | None], hidden: frozenset[int]) -> tuple[Field | None, ...]:
    return tuple(None if index in hidden else field for index, field in enumerate(fields))


def _columns(
    row: int,
    headers: tuple[str, ...],
    fields: tuple[Field | None, ...],
    rows: Sequence[Row],
    hidden: frozenset[int],
) -> Columns:
    asks = tuple(map(_asks, headers, fields)) if row >= 0 else (Asks.NOTHING,) * len(headers)
    fields = tuple(
        Field.DO_NOT_CONTACT if field is None and asked is Asks.REFUSAL else field
        for field, asked in zip(fields, asks, strict=True)
    )
    widths = Counter(len(each.cells) for each in rows[row + 1 :])
    width = min(widths, key=lambda width: (-widths[width], width), default=len(headers))
    return Columns(row, headers, fields, asks, width, hidden)


def _asks(header: str, field: Field | None) -> Asks:
    """Return what a column asks: its field decides, or its header when the field is unknown."""
    if field in _NAMES:
        return Asks.NAME
    if field is Field.DO_NOT_CONTACT:
        return Asks.REFUSAL
    if field is Field.DECISION:
        return Asks.CONSENT
    return what_asks(header) if field is None else Asks.NOTHING


def _numbered(rows: Sequence[Row], hidden: frozenset[int]) -> Columns:
    width = max(len(row.cells) for row in rows)
    shown = [index for index in range(width) if index not in hidden]
    addresses = max(shown, key=lambda index: _filled_with_addresses(rows, index))
    fields = tuple(Field.ADDRESS if index == addresses else None for index in range(width))
    headers = tuple(str(index + 1) for index in range(width))
    return _columns(-1, headers, fields, rows, hidden)


def _filled_with_addresses(rows: Iterable[Row], index: int) -> int:
    return sum("@" in row.cells[index] for row in rows if index < len(row.cells))
