"""Add, change or remove one contact, and put it on lists or take it off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.contacts.one_person import read_person, typed_attributes
from mailer.errors import Place, Problem, RuleError
from mailer.model.team.permission import Act, may_see, require, require_list
from mailer.operations.people.directory import contact_at
from mailer.operations.people.list_names import require_list_name
from mailer.operations.sight import require_free
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.contacts.one_person import TypedValues
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact, ContactList
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class AddedContact:
    """A contact as it is now.

    `is_new` is False when the address was known. Then its values were kept, and `kept` holds those
    that differ from what was typed.
    """

    contact: Contact
    is_new: bool
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedContact:
    """A contact as it is now, and the names of what has changed."""

    contact: Contact
    changed: tuple[str, ...]


def add_contact(
    address: Address,
    typed: TypedValues,
    *,
    list_name: str,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> AddedContact:
    """Add a person to a list, and to the directory if the address is new there. Journalled.

    A known contact keeps its values; only empty ones are filled. Raises RuleError when the actor
    may not do this or the person asked to be forgotten, and ContentError for an address or a value
    that a list could not hold.
    """
    require(actor, Act.EDIT_CONTACTS)
    list_name = require_list_name(list_name, ledger=ledger)
    require_list(actor, list_name)
    if ledger.erasure.is_forgotten(address):
        raise RuleError(
            Problem(
                Place(str(address)),
                _("whoever has this address asked to be forgotten"),
                _("Do not write to this address."),
            )
        )
    wanted = read_person(str(address), typed, list_name=list_name, read_on=now.date())
    require_free(actor, (wanted.address, *wanted.alternates), ledger=ledger)
    known = ledger.contacts.by_address({address.key}).get(address.key)
    if known is None:
        ledger.contacts.put(wanted, action="add-contact", detail=list_name, actor=actor, at=now)
        return AddedContact(wanted, is_new=True)
    values = typed_attributes(wanted, typed)
    gaps = {name: value for name, value in values.items() if value and not getattr(known, name)}
    completed = replace(known, lists=known.lists | {list_name}, **gaps)
    if completed != known:
        ledger.contacts.put(completed, action="add-contact", detail=list_name, actor=actor, at=now)
    kept = [name for name, value in values.items() if value and getattr(completed, name) != value]
    return AddedContact(completed, is_new=False, kept=tuple(getattr(completed, n) for n in kept))


def edit_contact(
    address: Address, typed: TypedValues, *, actor: Actor, ledger: Ledger, now: datetime
) -> EditedContact:
    """Change what is known of a person; an empty value erases one. Journalled without the values.

    Raises RuleError when the actor may not do this or nobody has the address, and ContentError for
    a value that a list could not hold.
    """
    require(actor, Act.EDIT_CONTACTS)
    known = contact_at(address, actor=actor, ledger=ledger)
    wanted = read_person(str(known.address), typed, list_name="", read_on=now.date())
    values = typed_attributes(wanted, typed)
    require_free(actor, wanted.alternates, ledger=ledger)
    changed = tuple(name for name, value in values.items() if getattr(known, name) != value)
    edited = _with_removed_kept(replace(known, **values), known)
    if changed:
        detail = ", ".join(changed)
        ledger.contacts.put(edited, action="edit-contact", detail=detail, actor=actor, at=now)
    return EditedContact(edited, changed)


def _with_removed_kept(edited: Contact, known: Contact) -> Contact:
    """Return the contact with the second addresses that it lost as former ones, so that a refusal
    or an answer under one of them still counts.
    """
    present = {address.key for address in (edited.address, *edited.alternates, *edited.former)}
    lost = tuple(each for each in known.alternates if each.key not in present)
    return replace(edited, former=(*edited.former, *lost))


def remove_contact(address: Address, *, actor: Actor, ledger: Ledger, now: datetime) -> Contact:
    """Remove a person from the directory; what is still to be sent to them is not sent. Journalled.

    Suppressions and answers stay, and hold if the address comes back with an import. Raises
    RuleError when the actor may not do this or nobody has the address.
    """
    require(actor, Act.EDIT_CONTACTS)
    contact = contact_at(address, actor=actor, ledger=ledger)
    ledger.contacts.remove(contact, actor=actor, at=now)
    return contact


def leave_list(
    address: Address, list_name: str, *, actor: Actor, ledger: Ledger, now: datetime
) -> Contact:
    """Take a person off a list; they stay in the directory. Journalled.

    Raises RuleError when the actor may not do this, nobody has the address, or the person is not
    on the list.
    """
    require(actor, Act.EDIT_CONTACTS)
    contact = contact_at(address, actor=actor, ledger=ledger)
    require_list(actor, list_name)
    if list_name not in contact.lists:
        raise RuleError(
            Problem(
                Place(str(address)),
                _("this person is not on the list “{list}”", list=list_name),
                _(
                    "They are on: {lists}.",
                    lists=", ".join(sorted(contact.lists)) or "–",
                ),
            )
        )
    remaining = replace(contact, lists=contact.lists - {list_name})
    ledger.contacts.put(remaining, action="leave-list", detail=list_name, actor=actor, at=now)
    return remaining


def contact_lists(*, actor: Actor, ledger: Ledger) -> Sequence[ContactList]:
    """Return the lists of the directory that the actor sees by name, with their sizes."""
    found: list[ContactList] = []
    while page := ledger.contacts.lists(after=found[-1].name if found else ""):
        found += page
    return [each for each in found if may_see(actor, {each.name})]
