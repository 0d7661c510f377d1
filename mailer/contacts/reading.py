"""Reads the tables of a contact file into contacts, and rows that a person must decide about.

No row is lost: each is ready, repaired, merged, or quarantined with its reason.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mailer.contacts.columns import find_columns
from mailer.contacts.merging import merge_rows
from mailer.contacts.mistyped_domains import quarantine_mistyped_domains
from mailer.contacts.remarks import ContactSheet, row_remarks, sheet_remarks
from mailer.contacts.rows import ContactRow, read_row
from mailer.errors import ContentError, Place, Problem
from mailer.model.contact_import import Import, Merged, Objection, Quarantined, Remark
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from mailer.contacts.tables import Table

UNDECIDED: Mapping[str, str] = MappingProxyType({})


def read_list(
    tables: Sequence[Table],
    *,
    file: str,
    list_name: str,
    read_on: date,
    decided: Mapping[str, str] = UNDECIDED,
    own_domains: Collection[str] = (),
    encoding: str = "",
) -> Import:
    """Return the contacts of the tables of `file`, and what became of every other row.

    `decided` holds a person's decisions about domains that look mistyped:
    `{"gmial.com": "gmail.com"}` accepts a suggestion, `{"orang.fr": "orang.fr"}` keeps a domain.
    `encoding` is copied into the result. Raises ContentError when no table has a column of
    addresses.
    """
    sheets = _sheets(tables, file)
    if not any(sheet.columns for sheet in sheets):
        raise _no_address_column(file, tables)
    source = f"{file}, {list_name}, {read_on.isoformat()}"
    rows = [
        read_row(row, sheet.columns, file=sheet.name, list_name=list_name, source=source)
        for sheet in sheets
        if sheet.columns is not None
        for row in sheet.table.rows[sheet.columns.row + 1 :]
    ]
    questioned = quarantine_mistyped_domains(rows, decided)
    entries = [row for row in questioned if isinstance(row, ContactRow)]
    merged = merge_rows(questioned)
    kept = [row for row in merged if isinstance(row, ContactRow)]
    return Import(
        file=file,
        list_name=list_name,
        read_on=read_on,
        read=len(rows),
        ready=tuple(entry.contact for entry in kept if not entry.repairs),
        repaired=tuple(entry.contact for entry in kept if entry.repairs),
        merged=tuple(row for row in merged if isinstance(row, Merged)),
        quarantined=tuple(row for row in merged if isinstance(row, Quarantined)),
        repairs=tuple(Remark(e.row.where, what) for e in entries for what in e.repairs),
        remarks=(*sheet_remarks(sheets), *row_remarks(entries, own_domains)),
        objections=tuple(_objection(entry) for entry in entries if entry.objection),
        unknown_columns=_unknown(sheets),
        encoding=encoding,
    )


def _sheets(tables: Sequence[Table], file: str) -> tuple[ContactSheet, ...]:
    """Return each table with its name for messages and its columns; hidden ones have none."""
    return tuple(
        ContactSheet(
            f"{file} ({table.name})" if len(tables) > 1 else file,
            table,
            None if table.is_hidden else find_columns(table.rows),
        )
        for table in tables
    )


def _unknown(sheets: Sequence[ContactSheet]) -> tuple[str, ...]:
    """Return the unknown headers once each, in order."""
    return tuple(
        dict.fromkeys(
            header
            for sheet in sheets
            if sheet.columns is not None and sheet.columns.row >= 0
            for header, field in zip(sheet.columns.headers, sheet.columns.fields, strict=True)
            if field is None and header
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


def _objection(entry: ContactRow) -> Objection:
    contact = entry.contact
    return Objection(entry.row.where, (contact.address, *contact.alternates), entry.objection)
