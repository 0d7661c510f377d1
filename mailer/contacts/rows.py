"""One row of a contact file, and the contact it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.addresses import NotAnAddress
from mailer.contacts import cells
from mailer.contacts.address_cells import AddressCell, read_address_cell
from mailer.contacts.columns import Columns, folded
from mailer.contacts.encodings import damage, damage_sentence
from mailer.errors import Place
from mailer.languages import CODES, LANGUAGES
from mailer.model.contact import Contact, contact_id
from mailer.model.contact_import import Field, Quarantined, SourceRow
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.contacts.tables import Row

_LONGEST_NAME = 64
_LONGEST_CELL = 2_000

_WORDS = tuple(language.contact_lists for language in LANGUAGES if language.contact_lists)
_ARTICLES = frozenset().union(*(words.articles for words in _WORDS))
_DESKS = frozenset().union(*(words.desks for words in _WORDS))
_DESK_BEGINNINGS = tuple(start for words in _WORDS for start in words.desk_beginnings)

_ROBOTS = re.compile(
    r"no-?reply|ne-?pas-?repondre|do-?not-?reply|mailer-daemon|postmaster|bounces?", re.IGNORECASE
)
_LISTS = re.compile(r".*-(?:request|owner|subscribe|unsubscribe)|owner-.*|liste?[-.].*|sympa")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A row that has become a contact. `objection` is what its "do not contact" cell says."""

    row: SourceRow
    contact: Contact
    repairs: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    objection: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with something in it: its header as written, its text as written and tidied."""

    header: str
    field: Field | None
    raw: str
    text: str


def read_row(
    row: Row, columns: Columns, *, file: str, list_name: str, source: str
) -> ContactRow | Quarantined:
    """The contact of `row`, or the first reason why a person must look at it."""
    source_row = SourceRow(Place(file, row.number), columns.headers, row.cells)
    filled = [
        _Cell(columns.name(index), columns.field(index), raw, text)
        for index, raw in enumerate(row.cells)
        if (text := cells.tidy(raw)) and columns.field(index) is not Field.OURS
    ]
    try:
        found = _addresses(row, columns, filled)
    except NotAnAddress as refusal:
        return Quarantined(source_row, refusal.reason)
    return _entry(source_row, found, filled, list_name=list_name, source=source)


def _addresses(row: Row, columns: Columns, filled: Sequence[_Cell]) -> AddressCell:
    """The addresses of a row without faults; NotAnAddress says the first fault."""
    fault = next(_faults(row, columns), None)
    if fault is not None:
        raise NotAnAddress(fault)
    found = read_address_cell("\n".join(cell.raw for cell in filled if cell.field is Field.ADDRESS))
    if _ROBOTS.match(found.addresses[0].local):
        raise NotAnAddress(_("A machine answers at this address: nobody reads what it receives."))
    return found


def _faults(row: Row, columns: Columns) -> Iterator[Text]:
    """What spoils a whole row."""
    if row.broken:
        yield _("A quotation mark is not closed in this line.")
    if any(map(cells.has_control, row.cells)):
        yield _("A cell holds a control character, which no name or address has.")
    if any(len(cell) > _LONGEST_CELL for cell in row.cells):
        yield _("A cell is longer than {count} characters.", count=_LONGEST_CELL)
    if any(cell.strip() for cell in row.cells[len(columns.headers) :]):
        yield _("The row has more cells than there are headers: is a delimiter too many?")
    for cell in row.cells:
        mended = damage(cell)
        if mended is not None:
            yield damage_sentence(cell, mended)


def _entry(
    row: SourceRow, found: AddressCell, filled: Sequence[_Cell], *, list_name: str, source: str
) -> ContactRow | Quarantined:
    values, notes = _placed(filled)
    civility, first_name, last_name = _person(values, beside=found.name)
    if len(f"{first_name} {last_name}") > _LONGEST_NAME:
        reason = _("The name is longer than {count} characters.", count=_LONGEST_NAME)
        return Quarantined(row, reason)
    if found.left_over:
        notes.append(("", found.left_over))
    address, *alternates = found.addresses
    number = values.get(Field.PHONE, "")
    contact = Contact(
        id=contact_id(address),
        address=address,
        civility=civility,
        first_name=first_name,
        last_name=last_name,
        organisation=values.get(Field.ORGANISATION, ""),
        role=values.get(Field.ROLE, ""),
        beat=values.get(Field.BEAT, ""),
        region=values.get(Field.REGION, ""),
        language=cells.language_code(values.get(Field.LANGUAGE, "")) or CODES[0],
        phone=cells.phone(number),
        is_generic=is_role(address.local),
        lists=frozenset({list_name}),
        alternates=tuple(alternates),
        notes=tuple(notes),
        source=source,
    )
    objection = values.get(Field.DO_NOT_CONTACT, "")
    return ContactRow(
        row,
        contact,
        (*found.repairs, *_repairs(filled, contact, number)),
        tuple(_remarks(filled, contact)),
        objection if cells.is_yes(objection) else "",
    )


def _placed(filled: Sequence[_Cell]) -> tuple[dict[Field, str], list[tuple[str, str]]]:
    """The first text for each field, a mobile before a desk; all others as notes."""
    values: dict[Field, str] = {}
    notes: list[tuple[str, str]] = []
    for cell in sorted(filled, key=lambda cell: cell.field is not Field.MOBILE):
        slot = Field.PHONE if cell.field is Field.MOBILE else cell.field
        if slot is Field.ADDRESS:
            continue
        if slot in {None, Field.SENSITIVE, *values} or _is_unknown_language(cell):
            notes.append((cell.header, cell.text))
        elif slot is not None:
            values[slot] = cell.text
    return values, notes


def _person(values: Mapping[Field, str], *, beside: str) -> tuple[str, str, str]:
    """Civility, first and last name; from the name beside the address when no column has one."""
    civility = values.get(Field.CIVILITY, "")
    first_name = values.get(Field.FIRST_NAME, "")
    last_name = values.get(Field.LAST_NAME, "")
    whole = values.get(Field.FULL_NAME) or values.get(Field.LAST_FIRST) or beside
    if not first_name and not last_name and whole:
        title, _space, rest = whole.partition(" ")
        if rest and not civility and cells.is_civility(title):
            civility, whole = title, rest
        family_first = Field.LAST_FIRST in values and Field.FULL_NAME not in values
        first_name, last_name = cells.split_name(whole, family_first=family_first)
    return cells.civility(civility), first_name, last_name


def _repairs(filled: Sequence[_Cell], contact: Contact, number: str) -> Iterator[Text]:
    """What was put right outside the address."""
    hidden = [cell.header for cell in filled if cells.has_invisible(cell.raw)]
    if hidden:
        yield _("Invisible characters were taken out of: {columns}.", columns=", ".join(hidden))
    if contact.phone != number:
        yield _(
            "The telephone number “{before}” was given back its beginning: {after}.",
            before=number,
            after=contact.phone,
        )


def _remarks(filled: Sequence[_Cell], contact: Contact) -> Iterator[Text]:
    """What is worth knowing of a contact that is fit to be written to."""
    if contact.is_generic:
        yield _("The address of a desk, not of a person: no salutation by name.")
    if _LISTS.fullmatch(contact.address.local):
        yield _("This looks like a mailing list: its members cannot be seen or removed one by one.")
    for cell in filled:
        if _is_unknown_language(cell):
            yield _("The language “{text}” is not known; French is assumed.", text=cell.text)


def _is_unknown_language(cell: _Cell) -> bool:
    return cell.field is Field.LANGUAGE and cells.language_code(cell.text) is None


def is_role(local: str) -> bool:
    """Whether the part before the @ names a desk (`redaction`, `service.presse`, `la-redac`)."""
    words = [word for word in re.split(r"[^a-z]+", folded(local)) if word not in _ARTICLES]
    return bool(words) and (words[0] in _DESKS or words[0].startswith(_DESK_BEGINNINGS))
