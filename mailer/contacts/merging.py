"""Rows with one address become one contact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.rows import ContactRow
from mailer.model.contact_import import Merged, Quarantined
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.contact import Contact


def merge_rows(rows: Sequence[ContactRow | Quarantined]) -> list[ContactRow | Merged | Quarantined]:
    """Join every later row that has the address of an earlier one into that one."""
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
