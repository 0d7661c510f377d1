"""Merges the rows of one import that have the same address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.rows import ContactRow
from mailer.model.contacts.contact_import import Merged, Quarantined
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.contacts.contact import Contact


def merge_rows(rows: Sequence[ContactRow | Quarantined]) -> list[ContactRow | Merged | Quarantined]:
    """Merge each row into the first row that has its address; a `Merged` takes its position."""
    merged: list[ContactRow | Merged | Quarantined] = []
    first_index: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Quarantined):
            merged.append(row)
            continue
        index = first_index.setdefault(row.contact.address.key, len(merged))
        if index == len(merged):
            merged.append(row)
            continue
        first = merged[index]
        assert isinstance(first, ContactRow)
        merged[index] = replace(first, contact=_joined(first.contact, row.contact))
        merged.append(Merged(row.row, first.contact.address, _what_differs(first, row)))
    return merged


_ONE_VALUE = (
    "civility",
    "first_name",
    "last_name",
    "organisation",
    "role",
    "beat",
    "region",
    "media",
    "phone",
)


def _joined(contact: Contact, other: Contact) -> Contact:
    """Return `contact` with its empty fields filled from `other`."""
    gaps = {name: getattr(other, name) for name in _ONE_VALUE if not getattr(contact, name)}
    known = {contact.address.key, *(address.key for address in contact.alternates)}
    more = tuple(address for address in other.alternates if address.key not in known)
    return replace(
        contact,
        **gaps,
        alternates=(*contact.alternates, *more),
        notes=(*contact.notes, *(note for note in other.notes if note not in contact.notes)),
    )


def _what_differs(into: ContactRow, row: ContactRow) -> Text:
    """Return a sentence with the row that `row` was merged into and the values that were dropped."""
    first = into.row.where.line
    lost = [
        value
        for name in _ONE_VALUE
        if (value := getattr(row.contact, name)) and value != (getattr(into.contact, name) or value)
    ]
    if lost:
        return _(
            "The address stands in row {first} already; this row also says: {values}.",
            first=first,
            values=", ".join(lost),
        )
    return _("The address stands in row {first} already.", first=first)
