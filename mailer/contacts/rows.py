"""Turns a row of a contact file into a contact, or quarantines it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mailer.addresses import NotAnAddress, addresses_in
from mailer.contacts import cells
from mailer.contacts.address_cells import AddressCell, read_address_cell
from mailer.contacts.address_headers import address_rank, marked_number
from mailer.contacts.formats.encodings import damage, damage_sentence
from mailer.contacts.lookalikes import meant_by_lookalikes
from mailer.contacts.meant_addresses import meant_by_commas, meant_without_accents, told_as_new
from mailer.contacts.role_addresses import is_role
from mailer.contacts.row_questions import question_about, question_about_accents
from mailer.contacts.row_refusals import (
    gravest,
    is_decided,
    is_shifted,
    objection,
    readable_addresses,
    refusals_in,
)
from mailer.contacts.spreadsheet_values import cannot_be_name, cannot_be_outlet, is_error
from mailer.errors import Place
from mailer.languages import CODES
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.contacts.contact_import import Field, Quarantined, SourceRow
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mailer.contacts.columns import Columns
    from mailer.contacts.refusals.refusals import Refusal
    from mailer.contacts.tables import Row
    from mailer.model.address import Address
    from mailer.model.contacts.contact_import import Objection

_MAX_NAME_LENGTH = 64
_MAX_CELL_LENGTH = 2_000

_PEOPLE = frozenset({Field.FULL_NAME, Field.LAST_FIRST, Field.LAST_NAME, Field.FIRST_NAME})
_BETWEEN_PEOPLE = re.compile(r"[/;&+\n]|\b(?:et|and|und)\b", re.IGNORECASE)
_NAME_FIELDS = frozenset(
    {Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME, Field.LAST_FIRST, Field.CIVILITY}
)
_OUTLET_FIELDS = frozenset({Field.ORGANISATION, Field.ROLE, Field.BEAT, Field.REGION, Field.MEDIA})

_ROBOTS = re.compile(
    r"no-?reply|ne-?pas-?repondre|do-?not-?reply|mailer-daemon|postmaster|bounces?", re.IGNORECASE
)
_EXCHANGE = re.compile(r"/o=", re.IGNORECASE)
_GOOGLE = " ::: "
"""What Google Contacts writes between the values of one cell."""
_STAR = "* "
"""How Google Contacts marks the kind of the preferred address, beside it: `* Work`."""
_LISTS = re.compile(r".*-(?:request|owner|subscribe|unsubscribe)|owner-.*|liste?[-.].*|sympa")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A row with its contact, and the refusal that stands in it."""

    row: SourceRow
    contact: Contact
    repairs: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    refusal: Refusal | None = None

    @property
    def objection(self) -> Objection | None:
        addresses = (self.contact.address, *self.contact.alternates)
        return objection(self.row.where, self.refusal, addresses)


class _Cell(NamedTuple):
    """A cell that is not empty: its header and text as written, and its tidied text.

    A named tuple, because a file has a million: frozen dataclasses take three times as long.
    """

    header: str
    field: Field | None
    raw: str
    text: str


_NO_CELL = _Cell("", None, "", "")


def read_row(
    row: Row,
    columns: Columns,
    *,
    file: str,
    list_name: str,
    source: str,
    above: Refusal | None = None,
) -> ContactRow | Quarantined:
    """Return the contact of `row`, or quarantine the row with the first reason.

    `above` is a refusal that stands over the row: in the name of its sheet, or in a title.
    """
    source_row = SourceRow(Place(file, row.number), columns.headers, row.cells)
    refusal = gravest((*refusals_in(row, columns), *([above] if above else ())))
    filled, dropped = _plausible(_filled(row, columns))
    try:
        found = _addresses(row, columns, filled)
    except NotAnAddress as fault:
        bars = objection(source_row.where, refusal, readable_addresses(row.cells))
        meant = meant_by_commas(row.cells)
        return Quarantined(source_row, fault.reason, meant, objection=bars)
    filled += [_Cell("", None, text, cells.tidy(text)) for text in row.comments]
    entry = _entry(source_row, found, filled, list_name=list_name, source=source)
    if isinstance(entry, Quarantined):
        return replace(entry, objection=objection(source_row.where, refusal, found.addresses))
    entry = replace(
        entry,
        refusal=refusal,
        remarks=(*entry.remarks, *dropped, *_cell_remarks(row, columns)),
    )
    meant = meant_by_lookalikes(entry.contact.address)
    if meant is not None:
        return _quarantined_lookalike(entry, meant)
    asks_nothing = entry.objection or is_decided(row, columns)
    question = (
        None
        if asks_nothing
        else (
            question_about(row, columns, refusal)
            or _several_people(filled)
            or question_about_accents(entry.contact.address)
        )
    )
    if question is None:
        return entry
    new = told_as_new(row.cells, found.addresses) or meant_without_accents(entry.contact.address)
    return Quarantined(source_row, question, new, may_be_refused=True)


def _quarantined_lookalike(entry: ContactRow, meant: Address) -> Quarantined:
    reason = _(
        "Letters in “{address}” only look like those of an address; “{meant}” was meant, probably.",
        address=entry.contact.address,
        meant=meant,
    )
    bars = entry.objection
    if bars is not None:
        bars = replace(bars, addresses=(*bars.addresses, meant))
    return Quarantined(entry.row, reason, meant, bars)


def _filled(row: Row, columns: Columns) -> list[_Cell]:
    """Return the cells that hold something and that the sheet shows, without our own columns."""
    return [
        _Cell(columns.name(index), columns.field(index), raw, text)
        for index, raw in enumerate(row.cells)
        if (text := cells.tidy(raw))
        and index not in columns.hidden
        and columns.field(index) not in {Field.OURS, Field.DECISION}
    ]


def _plausible(filled: Sequence[_Cell]) -> tuple[list[_Cell], list[Text]]:
    """Return the cells without error values, and names that cannot be names as notes; and the
    remarks about both.
    """
    kept: list[_Cell] = []
    remarks: list[Text] = []
    for cell in filled:
        if is_error(cell.text):
            remarks.append(
                _(
                    "“{header}” holds the error “{text}”: left empty.",
                    header=cell.header,
                    text=cell.text,
                )
            )
        elif _is_impossible(cell):
            remarks.append(
                _(
                    "“{header}”: “{text}” is not used, a spreadsheet may have made it; kept as a note.",
                    header=cell.header,
                    text=cell.text,
                )
            )
            kept.append(cell._replace(field=None))
        else:
            kept.append(cell)
    return kept, remarks


def _is_impossible(cell: _Cell) -> bool:
    """Return whether a cell cannot be what its column says."""
    if cell.field in _NAME_FIELDS:
        return cannot_be_name(cell.text)
    return cell.field in _OUTLET_FIELDS and cannot_be_outlet(cell.text)


def _cell_remarks(row: Row, columns: Columns) -> Iterator[Text]:
    """Yield remarks about cells that the sheet shows otherwise than they are stored."""
    for index in sorted(row.from_merged):
        if columns.field(index) not in {None, Field.OURS}:
            yield _(
                "“{header}” comes from merged cells: {text}.",
                header=columns.name(index),
                text=cells.tidy(row.cells[index]),
            )
    for index in sorted(row.uncomputed):
        if columns.name(index) and index not in columns.hidden:
            yield _(
                "“{header}” is a formula without a value: open the file in Excel and save it.",
                header=columns.name(index),
            )
    for index in sorted(row.struck):
        if index < len(row.cells) and row.cells[index].strip() and index not in columns.hidden:
            yield _("“{header}” is struck through in the sheet.", header=columns.name(index))


def _several_people(filled: Sequence[_Cell]) -> Text | None:
    """Return the question about a row with several names, and several addresses in one cell."""
    several = (each for each in filled if each.field is Field.ADDRESS and each.text.count("@") > 1)
    addresses = addresses_in(next(several, _NO_CELL).text)
    if len(addresses) < 2:
        return None
    names = max((_people(each) for each in filled if each.field in _PEOPLE), key=len, default=())
    if len(names) < 2:
        return None
    return _(
        "Several people stand in one row ({names}), and only {address} would be written to: give each a row.",
        names=" · ".join(names),
        address=addresses[0],
    )


def _people(cell: _Cell) -> Sequence[str]:
    return [each.strip() for each in _BETWEEN_PEOPLE.split(cell.raw) if len(each.strip()) > 1]


def _addresses(row: Row, columns: Columns, filled: Sequence[_Cell]) -> AddressCell:
    """Return the addresses of a row. Raises NotAnAddress with the first fault of the row."""
    fault = next(_faults(row, columns), None)
    if fault is not None:
        raise NotAnAddress(fault)
    preferred = {marked_number(cell.header) for cell in filled if cell.text.startswith(_STAR)}
    written = sorted(
        (cell for cell in filled if cell.field is Field.ADDRESS),
        key=lambda cell: (
            marked_number(cell.header) not in preferred - {""},
            address_rank(cell.header),
        ),
    )
    if inside := next((cell.text for cell in written if _EXCHANGE.match(cell.text)), None):
        raise NotAnAddress(
            _("“{text}” is an address inside Exchange: ask for the e-mail address.", text=inside)
        )
    if not written and any("@" in cell.text for cell in filled):
        raise NotAnAddress(
            _("The address is not in its column: another delimiter, or a cell too many?")
        )
    if meant_by_commas(cell.text for cell in written) is not None:
        raise NotAnAddress(_("The address has a comma where a dot belongs."))
    found = read_address_cell("\n".join(cell.raw.replace(_GOOGLE, "\n") for cell in written))
    if _ROBOTS.match(found.addresses[0].local):
        raise NotAnAddress(_("A machine answers at this address: nobody reads what it receives."))
    return found


def _faults(row: Row, columns: Columns) -> Iterator[Text]:
    """Yield the reasons why a whole row cannot be used."""
    if row.broken:
        yield _("A quotation mark is not closed in this line.")
    if any(columns.decides(index) for index in row.uncomputed):
        yield _("A formula in this row was never computed: open the file in Excel and save it.")
    if any(map(cells.has_control, row.cells)):
        yield _("A cell holds a control character, which no name or address has.")
    if any(len(cell) > _MAX_CELL_LENGTH for cell in row.cells):
        yield _("A cell is longer than {count} characters.", count=_MAX_CELL_LENGTH)
    if is_shifted(row, columns):
        yield _("The row has more cells than there are headers: is a delimiter too many?")
    for cell in row.cells:
        undamaged = damage(cell)
        if undamaged is not None:
            yield damage_sentence(cell, undamaged)


def _entry(
    row: SourceRow, found: AddressCell, filled: Sequence[_Cell], *, list_name: str, source: str
) -> ContactRow | Quarantined:
    values, notes = _values_and_notes(filled)
    person = _person_name(values, beside=found.name)
    if len(f"{person.first_name} {person.last_name}") > _MAX_NAME_LENGTH:
        reason = _("The name is longer than {count} characters.", count=_MAX_NAME_LENGTH)
        return Quarantined(row, reason)
    if found.left_over:
        notes.append(("", found.left_over))
    address, *alternates = found.addresses
    number = values.get(Field.PHONE, "")
    contact = Contact(
        id=contact_id(address),
        address=address,
        civility=person.civility,
        first_name=person.first_name,
        last_name=person.last_name,
        organisation=values.get(Field.ORGANISATION, ""),
        role=sys.intern(values.get(Field.ROLE, "")),
        beat=sys.intern(values.get(Field.BEAT, "")),  # one string for all who share it
        region=sys.intern(values.get(Field.REGION, "")),
        media=sys.intern(values.get(Field.MEDIA, "")),
        language=cells.language_code(values.get(Field.LANGUAGE, "")) or CODES[0],
        phone=cells.phone(number),
        is_generic=is_role(address.local),
        lists=frozenset({list_name}),
        alternates=tuple(alternates),
        notes=tuple(notes),
        source=source,
    )
    return ContactRow(
        row,
        contact,
        (*found.repairs, *_repairs(filled, contact, number)),
        tuple(_remarks(filled, contact)),
    )


def _values_and_notes(filled: Sequence[_Cell]) -> tuple[dict[Field, str], list[tuple[str, str]]]:
    """Return the first text for each field, and all other cells as notes. A mobile number comes
    before a desk's.
    """
    values: dict[Field, str] = {}
    notes: list[tuple[str, str]] = []
    for cell in sorted(filled, key=lambda cell: cell.field is not Field.MOBILE):
        field = Field.PHONE if cell.field is Field.MOBILE else cell.field
        if field is Field.ADDRESS:
            continue
        if field in {None, Field.SENSITIVE, *values} or _is_unknown_language(cell):
            notes.append((cell.header, cell.text))
        elif field is not None:
            values[field], several, _others = cell.text.partition(_GOOGLE)
            if several:
                notes.append((cell.header, cell.text))
    return values, notes


class _PersonName(NamedTuple):
    civility: str
    first_name: str
    last_name: str


def _person_name(values: Mapping[Field, str], *, beside: str) -> _PersonName:
    """Return civility, first and last name, or those in the name `beside` the address when no
    column has a name.
    """
    civility = values.get(Field.CIVILITY, "")
    first_name = values.get(Field.FIRST_NAME, "")
    last_name = values.get(Field.LAST_NAME, "")
    whole = values.get(Field.FULL_NAME) or values.get(Field.LAST_FIRST) or beside
    if first_name and not last_name and whole:
        last_name = whole.removeprefix(f"{first_name} ").removesuffix(f" {first_name}")
    elif not first_name and not last_name and whole:
        whole = cells.without_couple(whole)
        title, _space, rest = whole.partition(" ")
        if rest and not civility and cells.is_civility(title):
            civility, whole = title, rest
        family_first = Field.LAST_FIRST in values and Field.FULL_NAME not in values
        first_name, last_name = cells.split_name(whole, family_first=family_first)
    return _PersonName(cells.civility(civility), first_name, last_name)


def _repairs(filled: Sequence[_Cell], contact: Contact, number: str) -> Iterator[Text]:
    """Yield sentences about what was repaired outside the address."""
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
    """Yield remarks about a contact that can be used."""
    if contact.is_generic:
        yield _("The address of a desk, not of a person: no salutation by name.")
    if _LISTS.fullmatch(contact.address.local):
        yield _("This looks like a mailing list: its members cannot be seen or removed one by one.")
    for cell in filled:
        if _is_unknown_language(cell):
            yield _("The language “{text}” is not known; French is assumed.", text=cell.text)


def _is_unknown_language(cell: _Cell) -> bool:
    return cell.field is Field.LANGUAGE and cells.language_code(cell.text) is None
