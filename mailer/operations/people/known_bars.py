"""Compares a contact file with what the ledger knows: who is suppressed or asked to be forgotten,
and of whom it says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.contacts.known_contacts import PLAIN_FIELDS, merged
from mailer.contacts.mailboxes import mailbox_key
from mailer.contacts.role_addresses import is_forgotten
from mailer.contacts.row_refusals import readable_addresses
from mailer.errors import Place
from mailer.labels import evidence_in_words, label_of
from mailer.model.contacts.contact_import import Barred, Objection, Remark
from mailer.model.contacts.suppression import EVERYWHERE
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.contact_import import Import
    from mailer.model.contacts.suppression import Suppression
    from mailer.ports import Ledger


_FORGOTTEN = _("asked to be forgotten; not imported")


def with_known_bars(read: Import, *, ledger: Ledger, now: datetime) -> Import:
    """Return `read` with everybody whom the ledger bars among the barred, and no longer ready.

    Another spelling of a suppressed mailbox gets an objection of its own. People who wait for a
    decision, but are in the directory already, are remarked, because they are written to.
    """
    keys = {contact.key for contact in read.contacts}
    keys |= {each.key for contact in read.contacts for each in contact.alternates}
    forgotten = ledger.erasure.forgotten_among(keys)
    in_force = _in_force(ledger.suppressions.all(), list_name=read.list_name, now=now)
    known = [
        _bar(contact, read.file, forgotten, in_force) for contact in read.ready + read.repaired
    ]
    barred = {bar.contact.id: bar for bar in known if bar is not None}
    return replace(
        read,
        ready=tuple(each for each in read.ready if each.id not in barred),
        repaired=tuple(each for each in read.repaired if each.id not in barred),
        barred=(*(_forgotten_or_same(each, forgotten) for each in read.barred), *barred.values()),
        objections=(*read.objections, *_further_objections(barred.values(), in_force)),
        remarks=(*read.remarks, *_still_written_to(read, ledger, in_force)),
    )


def with_known_values(read: Import, *, ledger: Ledger) -> Import:
    """Return `read` with a remark for each value of the directory that it replaces."""
    known = ledger.contacts.by_address({contact.key for contact in read.contacts})
    remarks = (
        Remark(Place(read.file), what)
        for contact in read.contacts
        if contact.key in known
        for what in _replaced(known[contact.key], contact)
    )
    return replace(read, remarks=(*read.remarks, *remarks))


def _replaced(old: Contact, new: Contact) -> Iterator[Text]:
    """Yield the values of a contact that an import replaces by others; a filled gap is none."""
    saved = merged(old, new)
    for name in (*PLAIN_FIELDS, "address"):
        before, after = (getattr(each, name) for each in (old, saved))
        if before and before != after and name not in {"source", "is_generic"}:
            yield _(
                "{name} is on this list already, which now says otherwise:"
                " “{old}” becomes “{new}”.",
                name=old.name or old.address,
                old=before,
                new=after,
            )


def _in_force(
    suppressions: Sequence[Suppression], *, list_name: str, now: datetime
) -> Mapping[str, Suppression]:
    """Return the suppressions that hold for a list now, by mailbox."""
    return {
        mailbox_key(each.address): each
        for each in suppressions
        if each.is_in_force(now) and each.scope in {EVERYWHERE, list_name}
    }


def _bar(
    contact: Contact, file: str, forgotten: Collection[str], in_force: Mapping[str, Suppression]
) -> Barred | None:
    if is_forgotten(contact, forgotten):
        return Barred(Place(file), contact, _FORGOTTEN, is_forgotten=True)
    suppression = _suppression_of(contact, in_force)
    return None if suppression is None else Barred(Place(file), contact, _why(suppression))


def _suppression_of(contact: Contact, in_force: Mapping[str, Suppression]) -> Suppression | None:
    """Return the suppression of an address of a contact, of today or of before a correction; a
    dead second address bars nobody.
    """
    found = in_force.get(mailbox_key(contact.address))
    if found is not None:
        return found
    addresses = (*contact.alternates, *contact.former)
    others = (in_force.get(mailbox_key(address)) for address in addresses)
    return next((other for other in others if other and other.is_permanent), None)


def _why(suppression: Suppression) -> Text:
    return _(
        "{reason}, known since {day} ({evidence})",
        reason=label_of(suppression.reason),
        day=suppression.since.date().isoformat(),
        evidence=evidence_in_words(suppression.evidence or suppression.by or "–"),
    )


def _forgotten_or_same(barred: Barred, forgotten: Collection[str]) -> Barred:
    if not is_forgotten(barred.contact, forgotten):
        return barred
    return replace(barred, why=_FORGOTTEN, is_forgotten=True)


def _further_objections(
    barred: Iterable[Barred], in_force: Mapping[str, Suppression]
) -> Iterator[Objection]:
    """Yield objections for other spellings of suppressed mailboxes, which have no suppression."""
    for each in barred:
        address = each.contact.address
        suppression = in_force.get(mailbox_key(address))
        if suppression is not None and suppression.address.key != address.key:
            evidence = f"{suppression.address}: {suppression.evidence}"
            yield Objection(each.where, (address,), evidence, suppression.reason)


def _still_written_to(
    read: Import, ledger: Ledger, in_force: Mapping[str, Suppression]
) -> Iterator[Remark]:
    """Yield remarks about people in doubt whom the directory has already and does not bar."""
    waiting = {
        address.key: row.row.where
        for row in read.quarantined
        if row.may_be_refused
        for address in readable_addresses(row.row.texts)
        if mailbox_key(address) not in in_force
    }
    for key, contact in ledger.contacts.by_address(waiting).items():
        what = _(
            "{address} is in the directory already and is written to until you decide; "
            "bar the address if it must not be.",
            address=contact.address,
        )
        yield Remark(waiting[key], what)
