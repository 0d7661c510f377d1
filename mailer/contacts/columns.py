"""Recognises the columns of a table by their headers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from mailer.contacts.address_headers import means_address
from mailer.contacts.folding import folded
from mailer.contacts.refusals.refusals import Asks, what_asks
from mailer.languages import CIVILITY_SPELLINGS, LANGUAGES
from mailer.model.contacts.contact_import import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_FIELDS |= {  # of Spanish and German lists, though no texts exist in these languages yet
    **dict.fromkeys(("nombre", "nombre de pila", "vorname"), Field.FIRST_NAME),
    **dict.fromkeys(("apellido", "apellidos", "nachname", "familienname"), Field.LAST_NAME),
    **dict.fromkeys(("nombre completo", "nombre y apellidos", "votre nom"), Field.FULL_NAME),
    **dict.fromkeys(("apellidos y nombre", "name vorname"), Field.LAST_FIRST),
    **dict.fromkeys(("medio", "medio de comunicacion", "empresa", "medium"), Field.ORGANISATION),
    **dict.fromkeys(("cargo", "puesto", "funktion"), Field.ROLE),
    **dict.fromkeys(("correo", "correo electronico", "e mail adresse"), Field.ADDRESS),
}
_QUALIFIERS = "|".join(
    filter(None, (each.contact_lists.qualifiers for each in LANGUAGES if each.contact_lists))
)
_QUALIFIER = re.compile(rf" (?:\d+|{_QUALIFIERS})$")


_TITLES = frozenset(
    title for each in LANGUAGES if each.contact_lists for title in each.contact_lists.titles
)
_NAMES = frozenset(
    {
        *(Field.CIVILITY, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME, Field.LAST_FIRST),
        *(
            Field.ORGANISATION,
            Field.BEAT,
            Field.REGION,
            Field.MEDIA,
        ),
    }
)
_SAY_NOTHING = frozenset({Asks.NAME, Asks.NOTHING, Asks.EVENT})
"""What columns ask that do not say who may be written to."""
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
        return not _SAY_NOTHING.issuperset(self.asks)

    def decides(self, index: int) -> bool:
        """Return whether a column holds addresses or says who may be written to."""
        return self.field(index) is Field.ADDRESS or self.asked(index) not in _SAY_NOTHING

    def is_kept_aside(self, index: int) -> bool:
        """Return whether the cells of a column are only kept as notes."""
        is_read = self.field(index) is not None or self.asked(index) not in _SAY_NOTHING
        return bool(self.name(index)) and not is_read and index not in self.hidden

    def name(self, index: int) -> str:
        return self.headers[index] if index < len(self.headers) else ""

    def field(self, index: int) -> Field | None:
        return self.fields[index] if index < len(self.fields) else None

    def asked(self, index: int) -> Asks:
        return self.asks[index] if index < len(self.asks) else Asks.NOTHING


def field_of(header: str) -> Field | None:
    """Return the field of a column with this header, by its words or by their meaning; None when
    it is unknown.
    """
    name = folded(header)
    known = _FIELDS.get(name) or _FIELDS.get(_QUALIFIER.sub("", name))
    return known or (Field.ADDRESS if means_address(header) else None)


def find_columns(rows: Sequence[Row], *, hidden: frozenset[int] = frozenset()) -> Columns | None:
    """Return the columns from the first row that has a header for addresses.

    If there is none and the first row has an address, the table has no headers: the column with
    the most addresses is used, and the columns are numbered. If addresses stand further below,
    the row above them has the headers. Returns None when there is no column of addresses that is
    not `hidden`.
    """
    first = next((i for i, row in enumerate(rows[: _SEARCHED_ROWS + 1]) if _has_address(row)), -1)
    # A row with an address is a person, whatever else its cells say: headers stand above it.
    for index, row in enumerate(rows[: first if first >= 0 else _SEARCHED_ROWS]):
        fields = _shown(_resolved(fields_of(row.cells), row.cells, rows[index + 1 :]), hidden)
        if Field.ADDRESS in fields and _is_header_row(row, fields):
            return _columns(index, _headers(row), fields, rows, hidden)
    if first > 0:
        return _by_content(first - 1, rows, hidden)
    return _numbered(rows, hidden) if first == 0 else None


def _headers(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row.cells)


def _has_address(row: Row) -> bool:
    """Return whether a row has an address; a bare `@` is a header."""
    return any("@" in cell and cell.strip(" @") for cell in row.cells)


def _is_header_row(row: Row, fields: Sequence[Field | None]) -> bool:
    """Return whether a row is not just a title with a word for e-mail in it."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) > 1 or any(folded(cell) in _FIELDS for cell in filled) or len(fields) == 1


def _resolved(
    fields: tuple[Field | None, ...], headers: Sequence[str], below: Sequence[Row]
) -> tuple[Field | None, ...]:
    """Return the fields with those that only the cells below can tell.

    A column that means addresses, but has none, is no such column. `Titre` is a civility when
    titles stand below it; Outlook writes it twice, and the first is the civility. Of two columns
    of family names, one may hold whole names.
    """
    resolved = list(fields)
    for index in _whole_names(fields, below):
        resolved[index] = Field.FULL_NAME
    titles = [i for i, header in enumerate(headers) if _title_name(header) in _TITLES]
    for place, index in enumerate(titles):
        if resolved[index] is None:
            resolved[index] = _title_field(
                index, is_first_of_two=place == 0 < len(titles) - 1, below=below, fields=fields
            )
    for index, field in enumerate(fields):
        if field is Field.ADDRESS and folded(headers[index]) not in _FIELDS:
            cells = [row.cells[index] for row in below if index < len(row.cells)]
            if any(map(str.strip, cells)) and not any(
                "@" in cell or "/o=" in cell.lower() for cell in cells
            ):
                resolved[index] = None
    return tuple(resolved)


def _whole_names(fields: Sequence[Field | None], below: Sequence[Row]) -> Iterator[int]:
    """Yield the columns of family names whose cells hold those of another and more before them."""
    columns = [index for index, field in enumerate(fields) if field is Field.LAST_NAME]
    for index, other in permutations(columns, 2):
        cells = [
            (row.cells[index].strip(), row.cells[other].strip())
            for row in below
            if max(index, other) < len(row.cells)
        ]
        filled = [(name, family) for name, family in cells if name and family]
        if filled and all(name.endswith(f" {family}") for name, family in filled):
            yield index


def _title_name(header: str) -> str:
    return folded(header).rstrip("0123456789 ")


def _title_field(
    index: int, *, is_first_of_two: bool, below: Sequence[Row], fields: Sequence[Field | None]
) -> Field | None:
    texts = {folded(row.cells[index]) for row in below if index < len(row.cells)} - {""}
    if texts and texts <= CIVILITY_SPELLINGS.keys():
        return Field.CIVILITY
    if is_first_of_two or (not texts and Field.ROLE in fields):
        return Field.CIVILITY
    return Field.ROLE if Field.ORGANISATION in fields and Field.ROLE not in fields else None


def _by_content(row: int, rows: Sequence[Row], hidden: frozenset[int]) -> Columns | None:
    """Return the columns of a table whose headers stand in `row`, the addresses in the column
    that has the most below it.
    """
    below = rows[row + 1 :]
    shown = [index for index in range(len(rows[row].cells)) if index not in hidden]
    best = max(shown, key=lambda index: _filled_with_addresses(below, index), default=-1)
    # A line above pasted addresses is no header: a header has neighbours, and so have addresses.
    is_table = sum(bool(cell.strip()) for cell in rows[row].cells) > 1
    if best < 0 or not is_table or 2 * _filled_with_addresses(below, best) < len(below):
        return None
    fields = list(_shown(_resolved(fields_of(rows[row].cells), rows[row].cells, below), hidden))
    fields[best] = Field.ADDRESS
    return _columns(row, _headers(rows[row]), tuple(fields), rows, hidden)


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
