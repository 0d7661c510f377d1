"""A contact file, read: who may be written to, and which rows need a person first.

Nothing disappears: every row is ready, repaired, merged or quarantined, with its reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mailer.contacts.columns import Columns, Field, find_columns
from mailer.contacts.domains import near_neighbours, well_known
from mailer.contacts.rows import ContactRow, read_row
from mailer.errors import ContentError, Place, Problem
from mailer.files.contact_tables import read_tables
from mailer.model.contact import contact_id
from mailer.model.contact_import import Import, Merged, Objection, Quarantined, Remark
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from mailer.contacts.tables import Table
    from mailer.model.contact import Contact

_UNDECIDED: Mapping[str, str] = MappingProxyType({})


def read_contacts(
    path: Path,
    *,
    list_name: str,
    read_on: date,
    encoding: str | None = None,
    decided: Mapping[str, str] = _UNDECIDED,
    own_domains: Collection[str] = (),
) -> Import:
    """The contacts of an Excel workbook, a CSV file or a plain list of addresses.

    `encoding` answers the question of a text file whose bytes do not say it. `decided` is
    what a person said about doubtful domains: `{"gmial.com": "gmail.com"}` accepts a
    suggestion, `{"orang.fr": "orang.fr"}` keeps the domain as it is written.

    Raises ContentError when the file cannot be read, or has no column of addresses.
    """
    tables, encoding_read = read_tables(path, encoding=encoding)
    sheets = {
        f"{path.name} ({table.name})" if len(tables) > 1 else path.name: (table, _columns(table))
        for table in tables
    }
    found = [columns for _table, columns in sheets.values() if columns is not None]
    if not found:
        raise _no_address_column(path.name, tables)
    source = f"{path.name}, {list_name}, {read_on.isoformat()}"
    rows = [
        read_row(row, columns, file=file, list_name=list_name, source=source)
        for file, (table, columns) in sheets.items()
        if columns is not None
        for row in table.rows[columns.row + 1 :]
    ]
    questioned = _question_domains(rows, decided)
    entries = [row for row in questioned if isinstance(row, ContactRow)]
    settled = _merge(questioned)
    kept = [row for row in settled if isinstance(row, ContactRow)]
    return Import(
        file=path.name,
        list_name=list_name,
        read_on=read_on,
        read=len(rows),
        ready=tuple(entry.contact for entry in kept if not entry.repairs),
        repaired=tuple(entry.contact for entry in kept if entry.repairs),
        merged=tuple(row for row in settled if isinstance(row, Merged)),
        quarantined=tuple(row for row in settled if isinstance(row, Quarantined)),
        repairs=tuple(Remark(e.row.where, what) for e in entries for what in e.repairs),
        remarks=(*_file_remarks(sheets), *_remarks(entries, own_domains)),
        objections=tuple(_objection(entry) for entry in entries if entry.objection),
        unknown_columns=_unknown(found),
        encoding=encoding_read,
    )


def _columns(table: Table) -> Columns | None:
    return None if table.is_hidden else find_columns(table.rows)


def _unknown(found: Sequence[Columns]) -> tuple[str, ...]:
    """The headers we do not know, once each, in their order."""
    return tuple(
        dict.fromkeys(
            header
            for columns in found
            for header, field in zip(columns.headers, columns.fields, strict=True)
            if field is None and header and columns.row >= 0
        )
    )


def _no_address_column(file: str, tables: Sequence[Table]) -> ContentError:
    headers = [cell for table in tables for row in table.rows[:1] for cell in row.cells if cell]
    return ContentError(
        Problem(
            Place(file),
            _(
                "No column of addresses was found. The first row reads: {headers}.",
                headers=", ".join(headers) or "–",
            ),
            _("Name the column of addresses “Courriel” or “E-mail” and try again."),
        )
    )


def _question_domains(
    rows: Sequence[ContactRow | Quarantined], decided: Mapping[str, str]
) -> list[ContactRow | Quarantined]:
    """Quarantines whoever has a doubtful domain that nobody has decided about yet."""
    counts = Counter(row.contact.address.domain for row in rows if isinstance(row, ContactRow))
    neighbours = near_neighbours(counts)

    def meant(domain: str) -> str | None:
        return well_known(domain) or neighbours.get(domain)

    def question(entry: ContactRow) -> ContactRow | Quarantined:
        contact = entry.contact
        for address in (contact.address, *contact.alternates):
            domain = meant(address.domain)
            if domain is not None and address.domain not in decided:
                reason = _(
                    "“{domain}” looks like a slip for “{meant}”.",
                    domain=address.domain,
                    meant=domain,
                )
                return Quarantined(entry.row, reason, replace(address, domain=domain))
        return _as_decided(entry, decided)

    return [question(row) if isinstance(row, ContactRow) else row for row in rows]


def _as_decided(entry: ContactRow, decided: Mapping[str, str]) -> ContactRow:
    """`entry` with the domains a person chose."""
    contact = entry.contact
    before = (contact.address, *contact.alternates)
    after = tuple(replace(a, domain=decided.get(a.domain, a.domain)) for a in before)
    if before == after:
        return entry
    changed = tuple(
        _("“{before}” read as “{after}”.", before=old, after=new)
        for old, new in zip(before, after, strict=True)
        if old != new
    )
    return replace(
        entry,
        contact=replace(contact, id=contact_id(after[0]), address=after[0], alternates=after[1:]),
        repairs=(*entry.repairs, *changed),
    )


def _merge(rows: Sequence[ContactRow | Quarantined]) -> list[ContactRow | Merged | Quarantined]:
    """Joins every later row that has the address of an earlier one into that one."""
    settled: list[ContactRow | Merged | Quarantined] = []
    hosts: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Quarantined):
            settled.append(row)
            continue
        place = hosts.setdefault(row.contact.address.key, len(settled))
        if place == len(settled):
            settled.append(row)
            continue
        host = settled[place]
        assert isinstance(host, ContactRow)
        settled[place] = replace(host, contact=_joined(host.contact, row.contact))
        settled.append(Merged(row.row, host.contact.address, _what_differs(host, row)))
    return settled


_ONE_VALUE = (
    "civility",
    "first_name",
    "last_name",
    "organisation",
    "role",
    "beat",
    "region",
    "phone",
)


def _joined(contact: Contact, other: Contact) -> Contact:
    """`contact` completed by what only `other` has; where both have something, `contact` wins."""
    gaps = {name: getattr(other, name) for name in _ONE_VALUE if not getattr(contact, name)}
    known = {contact.address.key, *(address.key for address in contact.alternates)}
    more = tuple(address for address in other.alternates if address.key not in known)
    return replace(
        contact,
        **gaps,
        alternates=(*contact.alternates, *more),
        notes=(*contact.notes, *(note for note in other.notes if note not in contact.notes)),
    )


def _what_differs(host: ContactRow, row: ContactRow) -> Text:
    """Which row it went into, and what of it is not kept."""
    first = host.row.where.line
    lost = [
        value
        for name in _ONE_VALUE
        if (value := getattr(row.contact, name)) and value != (getattr(host.contact, name) or value)
    ]
    if lost:
        return _(
            "The address stands in row {first} already; this row also says: {values}.",
            first=first,
            values=", ".join(lost),
        )
    return _("The address stands in row {first} already.", first=first)


def _objection(entry: ContactRow) -> Objection:
    contact = entry.contact
    return Objection(entry.row.where, (contact.address, *contact.alternates), entry.objection)


def _file_remarks(
    sheets: Mapping[str, tuple[Table, Columns | None]],
) -> Iterator[Remark]:
    """What was left out of the file, or kept apart."""
    for file, (table, columns) in sheets.items():
        if columns is None:
            what = _("This sheet was not read: it is hidden, or has no column of addresses.")
            yield Remark(Place(file), what)
            continue
        if columns.row > 0:
            last = table.rows[columns.row].number - 1
            what = _("What stands above the headers (rows 1 to {last}) was left out.", last=last)
            yield Remark(Place(file), what)
        for header, field in zip(columns.headers, columns.fields, strict=True):
            if field is Field.SENSITIVE:
                what = _("Health data: kept as a note, never in a message or a shared export.")
                yield Remark(Place(file, key=header), what)


def _remarks(entries: Sequence[ContactRow], own_domains: Collection[str]) -> Iterator[Remark]:
    """What is worth a look, row by row."""
    first: dict[tuple[str, str], ContactRow] = {}
    for entry in entries:
        contact, where = entry.contact, entry.row.where
        yield from (Remark(where, what) for what in entry.remarks)
        if contact.address.domain in own_domains:
            yield Remark(where, _("A colleague: the address is one of our own."))
        who = (contact.name.casefold(), contact.organisation.casefold())
        other = first.setdefault(who, entry)
        if all(who) and other.contact.address.key != contact.address.key:
            what = _(
                "{name} is in row {row} as well, with another address: one person or two?",
                name=contact.name,
                row=other.row.where.line,
            )
            yield Remark(where, what)
