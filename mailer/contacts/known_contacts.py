"""Merges what two sources say of one contact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.ledger.persons.contact_rows import PLAIN_FIELDS

if TYPE_CHECKING:
    from mailer.model.contacts.contact import Contact


def merged(old: Contact, new: Contact) -> Contact:
    """Return `old` completed by `new`: with its id, and the lists and further addresses of both.

    When a list is imported again, its values win, except empty ones. Another list only fills
    gaps: a columnist who is also on an association's list stays a columnist of that newspaper.
    Nothing changes when only the date of import differs.
    """
    first, second = (new, old) if new.lists <= old.lists else (old, new)
    values = {name: getattr(first, name) or getattr(second, name) for name in PLAIN_FIELDS}
    joined = replace(
        old,
        **values | {"source": old.source},
        address=first.address,
        lists=old.lists | new.lists,
        alternates=tuple(dict.fromkeys((*old.alternates, *new.alternates))),
        former=tuple(dict.fromkeys((*old.former, *new.former))),
        notes=tuple({**dict(second.notes), **dict(first.notes)}.items()),
    )
    joined = without_repeats(joined)
    return joined if joined == old else replace(joined, source=values["source"])


def without_repeats(contact: Contact) -> Contact:
    """Return the contact with each address in one place: as the main, a former or an alternate one."""
    if not contact.former and not contact.alternates:
        return contact
    former = tuple(each for each in contact.former if each.key != contact.key)
    known = {contact.key, *(each.key for each in former)}
    return replace(
        contact,
        former=former,
        alternates=tuple(each for each in contact.alternates if each.key not in known),
    )
