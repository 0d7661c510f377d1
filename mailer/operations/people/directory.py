"""List and export the contacts, each with the suppression in force, if any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.labels import label_of
from mailer.model.contacts.suppression import OF_THE_PERSON
from mailer.model.team.permission import (
    Act,
    lists_seen,
    may_see,
    require,
    require_list,
    require_names,
    require_recent,
)
from mailer.remedies import Remedy, RemedyAct
from mailer.selection import index_people
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

HEADINGS = (
    *(_("E-mail"), _("Title"), _("First name"), _("Last name"), _("Outlet"), _("Role")),
    *(
        _("Beat"),
        _("Region"),
        _("Kind of media"),
        _("Language"),
        _("Telephone"),
        _("Lists"),
        _("Source"),
    ),
    _("Not written to"),
)
"""The columns of an export."""


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A contact, and the suppression in force on its address, if any."""

    contact: Contact
    suppression: Suppression | None

    @property
    def is_suppressed(self) -> bool:
        return self.suppression is not None


def directory(
    list_name: str = "", *, actor: Actor, ledger: Ledger, now: datetime
) -> list[DirectoryEntry]:
    """Return the contacts of a list, or all whom the actor sees, ordered by address key.

    Raises RuleError when the actor is limited to other lists.
    """
    in_force = _suppressions_by_contact(ledger, now)
    return [
        DirectoryEntry(contact, in_force.get(contact.key))
        for contact in ledger.contacts.all(_lists(list_name, actor))
    ]


def directory_page(
    *,
    search: str,
    list_name: str,
    after: str,
    limit: int,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> list[DirectoryEntry]:
    """Return at most `limit` contacts that a search finds on a list, or on all of the actor's (see
    `Contacts.page`), after the one with the key `after`.

    Raises RuleError when the actor is limited to other lists, or sees nobody.
    """
    lists = _lists(list_name, actor)
    contacts = ledger.contacts.page(search=search, lists=lists, after=after, limit=limit)
    by_key = _suppressions_at(contacts, ledger=ledger, now=now)
    return [DirectoryEntry(contact, _suppression_of(contact, by_key)) for contact in contacts]


def _lists(list_name: str, actor: Actor) -> Sequence[str]:
    """Return the lists on which to look: the named one, those of the actor, or () for all."""
    require_names(actor)
    if not list_name:
        return sorted(lists_seen(actor) or ())
    require_list(actor, list_name)
    return (list_name,)


def _suppressions_at(
    contacts: Sequence[Contact], *, ledger: Ledger, now: datetime
) -> dict[str, Suppression]:
    """Return the suppressions in force on any address of these contacts, by address key."""
    keys = {address.key for contact in contacts for address in _addresses(contact)}
    found = ledger.suppressions.of_addresses(keys)
    return {each.address.key: each for each in found if each.is_in_force(now)}


def _suppression_of(contact: Contact, by_key: Mapping[str, Suppression]) -> Suppression | None:
    """Return the suppression of the address that is written to, or a refusal under another one."""
    if contact.key in by_key:
        return by_key[contact.key]
    refusals = (by_key.get(address.key) for address in _addresses(contact))
    return next((each for each in refusals if each and each.is_permanent), None)


def _addresses(contact: Contact) -> tuple[Address, ...]:
    return (contact.address, *contact.alternates, *contact.former)


def _suppressions_by_contact(ledger: Ledger, now: datetime) -> dict[str, Suppression]:
    """Return a suppression in force by the key of each contact that it holds for."""
    people = index_people(ledger.contacts.summaries())
    in_force: dict[str, Suppression] = {}
    for suppression in ledger.suppressions.all():
        if not suppression.is_in_force(now):
            continue
        in_force[suppression.address.key] = suppression
        if suppression.reason in OF_THE_PERSON:
            for person in people.by_key(suppression.address.key):
                for each in person.contacts:
                    in_force.setdefault(each.contact.key, suppression)
    return in_force


def export_directory(
    list_name: str = "", *, actor: Actor, ledger: Ledger, now: datetime
) -> list[DirectoryEntry]:
    """Return the contacts as `directory` does, for an export to a file. Journalled.

    Raises RuleError when the actor may not do this.
    """
    entries = directory_to_export(list_name, actor=actor, ledger=ledger, now=now)
    ledger.journal.add(
        at=now,
        actor=actor,
        action="export",
        subject=list_name or "contacts",
        detail=f"{len(entries)} people",
    )
    return entries


def directory_to_export(
    list_name: str = "", *, actor: Actor, ledger: Ledger, now: datetime
) -> list[DirectoryEntry]:
    """Return the contacts as `directory` does, for a file that `keep_export` keeps and journals.

    Raises RuleError when the actor may not do this, and ProofNeeded.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    return directory(list_name, actor=actor, ledger=ledger, now=now)


def directory_table(entries: Iterable[DirectoryEntry]) -> Iterator[tuple[Text | str, ...]]:
    """Yield the rows of a table of contacts, the headings first."""
    yield HEADINGS
    for entry in entries:
        contact = entry.contact
        yield (
            str(contact.address),
            contact.civility,
            contact.first_name,
            contact.last_name,
            contact.organisation,
            contact.role,
            contact.beat,
            contact.region,
            contact.media,
            contact.language,
            contact.phone,
            ", ".join(sorted(contact.lists)),
            contact.source,
            label_of(entry.suppression.reason) if entry.suppression else "",
        )


def contact_at(address: Address, *, actor: Actor, ledger: Ledger) -> Contact:
    """Return the contact with this address. Raises RuleError when nobody has it whom the actor
    sees.
    """
    contact = ledger.contacts.by_address({address.key}).get(address.key)
    if contact is None or not may_see(actor, contact.lists):
        raise RuleError(
            Problem(
                Place(str(address)),
                _("nobody in the directory has this address"),
                _("Look the person up in the directory."),
                Remedy(RemedyAct.SEE_DIRECTORY),
            )
        )
    return contact
