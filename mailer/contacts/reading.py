"""Reads the tables of a contact file into contacts, and rows that a person must decide about.

No row is lost: each is ready, repaired, merged, barred, or quarantined with its reason.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mailer.contacts.barring import apart_barred
from mailer.contacts.colour_legends import legends_in
from mailer.contacts.formats.mixed_delimiters import refuse_mixed_delimiters
from mailer.contacts.merging import merge_rows
from mailer.contacts.mistyped_domains import quarantine_mistyped_domains
from mailer.contacts.remarks import row_remarks, sheet_remarks
from mailer.contacts.rows import ContactRow, read_row
from mailer.contacts.sheets import ContactSheet, choose_sheets, rows_with_titles
from mailer.contacts.sign_legends import sign_legends_in
from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.contact_import import Import, Merged, Quarantined, Remark
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
    chosen: Collection[str] = (),
) -> Import:
    """Return the contacts of the tables of `file`, and what became of every other row.

    `decided` holds a person's decisions about domains that look mistyped:
    `{"gmial.com": "gmail.com"}` accepts a suggestion, `{"orang.fr": "orang.fr"}` keeps a domain.
    `encoding` is copied into the result. `chosen` are the names of the sheets to read; when there
    are none, hidden sheets and those kept for the record (`Archives`) are left out. Raises
    ContentError when no table has a column of addresses, or nothing below it.
    """
    sheets = choose_sheets(tables, file=file, chosen=chosen)
    if not any(sheet.columns for sheet in sheets):
        raise _no_address_column(file, tables)
    for sheet in sheets:
        if sheet.columns is not None:
            refuse_mixed_delimiters(sheet.table, sheet.columns, file=sheet.name)
    legends = tuple(legends_in(row for table in tables for row in table.rows))
    signs = tuple(sign_legends_in(row for table in tables for row in table.rows))
    source = f"{file}, {list_name}, {read_on.isoformat()}"
    rows = [
        read_row(
            row,
            columns,
            file=sheet.name,
            list_name=list_name,
            source=source,
            above=above,
        )
        for sheet in sheets
        if (columns := sheet.columns) is not None
        for row, above in rows_with_titles(sheet, columns, file=file, legends=legends, signs=signs)
    ]
    if not rows:
        raise _no_rows(file)
    questioned = quarantine_mistyped_domains(rows, decided)
    entries = [row for row in questioned if isinstance(row, ContactRow)]
    merged = merge_rows(questioned)
    objections = tuple(filter(None, (row.objection for row in questioned)))
    kept, barred, objections = apart_barred(
        [row for row in merged if isinstance(row, ContactRow)], objections
    )
    return Import(
        file=file,
        list_name=list_name,
        read_on=read_on,
        read=len(rows),
        ready=tuple(entry.contact for entry in kept if not entry.repairs),
        repaired=tuple(entry.contact for entry in kept if entry.repairs),
        merged=tuple(row for row in merged if isinstance(row, Merged)),
        quarantined=tuple(row for row in merged if isinstance(row, Quarantined)),
        barred=barred,
        repairs=tuple(Remark(e.row.where, what) for e in entries for what in e.repairs),
        remarks=(*sheet_remarks(sheets), *row_remarks(entries, own_domains)),
        objections=objections,
        unknown_columns=_unknown(sheets),
        encoding=encoding,
    )


def _unknown(sheets: Sequence[ContactSheet]) -> tuple[str, ...]:
    """Return the unknown headers once each, in order."""
    return tuple(
        dict.fromkeys(
            header
            for sheet in sheets
            if sheet.columns is not None and sheet.columns.row >= 0
            for index, header in enumerate(sheet.columns.headers)
            if sheet.columns.is_kept_aside(index)
        )
    )


def _no_rows(file: str) -> ContentError:
    return ContentError(
        Problem(
            Place(file),
            _("Nobody was read: there is no row below the headers."),
            _("Check that this is the right file, and that its rows are not in another sheet."),
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
