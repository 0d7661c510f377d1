"""Merges what two sources say of one contact."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from mailer.model.contacts.contact import Contact

if TYPE_CHECKING:
    from mailer.model.address import Address

PLAIN_FIELDS = tuple(
    field.name
    for field in fields(Contact)
    if field.name not in {"id", "address", "lists", "alternates", "former", "notes"}
)
"""The fields of a contact that are stored as they are."""


def merged(old: Contact, new: Contact) -> Contact:
    """Return `old` completed by `new`: with its id, and the lists and further addresses of both.

    When the list is imported again that the contact came from, its values win, except empty ones.
    Another list only fills gaps, also when it is imported again: a columnist who is also on an
    association's list stays a columnist of that newspaper. Nothing changes when only the date of
    import differs.
    """
    first, second = (new, old) if is_renewed(old, new) else (old, new)
    values = {name: getattr(first, name) or getattr(second, name) for name in PLAIN_FIELDS}
    joined = replace(
        old,
        **values | {"source": old.source},
        address=_well_spelt(first.address, second.address),
        lists=old.lists | new.lists,
        alternates=tuple(dict.fromkeys((*old.alternates, *new.alternates))),
        former=tuple(dict.fromkeys((*old.former, *new.former))),
        notes=tuple({**dict(second.notes), **dict(first.notes)}.items()),
    )
    joined = without_repeats(joined)
    return joined if joined == old else replace(joined, source=values["source"])


def is_renewed(old: Contact, new: Contact) -> bool:
    """Return whether `new` comes from the list that gave `old` its values."""
    is_its_list = new.lists == old.lists or "" != _list_of(new.source) == _list_of(old.source)
    return new.lists <= old.lists and is_its_list


def _list_of(source: str) -> str:
    """Return the list of a source, `file, list, date`; "" for one that is written otherwise."""
    return next(iter(source.rsplit(", ", 2)[1:2]), "") if source.count(", ") > 1 else ""


def _well_spelt(first: Address, second: Address) -> Address:
    """Return `first`, or the other spelling of it where it is all in capitals."""
    is_shouted = first.local.isupper() and not second.local.isupper()
    return second if is_shouted and first.key == second.key else first


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
