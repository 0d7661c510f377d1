"""Remarks about an imported contact list, which a person may want to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.contacts.mailboxes import mailbox_key
from mailer.errors import Place
from mailer.model.contacts.contact_import import Field, Remark
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mailer.contacts.columns import Columns
    from mailer.contacts.rows import ContactRow
    from mailer.contacts.sheets import ContactSheet


def sheet_remarks(sheets: Sequence[ContactSheet]) -> Iterator[Remark]:
    """Yield remarks about sheets, rows and columns that were left out or kept as notes."""
    for sheet in sheets:
        columns = sheet.columns
        if columns is None:
            yield Remark(Place(sheet.name), _left_out(sheet.count, sheet.left_out or ""))
            continue
        if len(sheets) > 1:
            yield Remark(Place(sheet.name), _read(sheet.count))
        if columns.row < 0 and columns.width > 1:
            what = _(
                "There are no headers: only the addresses are read, without names. Write headers "
                "such as “Courriel”, “Nom” and “Prénom” above the columns."
            )
            yield Remark(Place(sheet.name), what)
        if columns.row > 0:
            last = sheet.table.rows[columns.row].number - 1
            what = _("What stands above the headers (rows 1 to {last}) was left out.", last=last)
            yield Remark(Place(sheet.name), what)
        yield from _column_remarks(sheet.name, columns)


def _read(count: int) -> Text:
    return _n("Sheet read: {count} row.", "Sheet read: {count} rows.", count=count)


def _left_out(count: int, reason: Text | str) -> Text:
    return _n(
        "This sheet was not read ({count} row): {reason}.",
        "This sheet was not read ({count} rows): {reason}.",
        count=count,
        reason=reason,
    )


SHEET_REMARKS = frozenset({_read(0).sentence, _left_out(0, "").sentence})
"""The sentences that say which sheets of a workbook are read."""


def _column_remarks(sheet: str, columns: Columns) -> Iterator[Remark]:
    for index, header in enumerate(columns.headers):
        if index in columns.hidden and header:
            what = _("The sheet hides this column: it was left out.")
            yield Remark(Place(sheet, key=header), what)
        elif columns.field(index) is Field.SENSITIVE:
            what = _("Health data: kept as a note, never in a message or a shared export.")
            yield Remark(Place(sheet, key=header), what)


def row_remarks(entries: Sequence[ContactRow], own_domains: Collection[str]) -> Iterator[Remark]:
    """Yield remarks about single rows."""
    yield from _one_mailbox_twice(entries)
    first: dict[str, ContactRow] = {}
    for entry in entries:
        contact, where = entry.contact, entry.row.where
        yield from (Remark(where, what) for what in entry.remarks)
        if contact.address.domain in own_domains:
            yield Remark(where, _("A colleague: the address is one of our own."))
        if not (contact.name and contact.organisation):
            continue
        other = first.setdefault(f"{contact.name}\n{contact.organisation}".casefold(), entry)
        if other.contact.address.key != contact.address.key:
            what = _(
                "{name} is in row {row} as well, with another address: one person or two?",
                name=contact.name,
                row=other.row.where.line,
            )
            yield Remark(where, what)


def _one_mailbox_twice(entries: Sequence[ContactRow]) -> Iterator[Remark]:
    """Yield remarks about addresses that are spellings of one mailbox at its provider."""
    first: dict[str, ContactRow] = {}
    for entry in entries:
        address = entry.contact.address
        other = first.setdefault(mailbox_key(address), entry)
        if other.contact.address.key != address.key:
            what = _(
                "{address} is the same mailbox as {other} in row {row}: both would be written to.",
                address=address,
                other=other.contact.address,
                row=other.row.where.line,
            )
            yield Remark(entry.row.where, what)
