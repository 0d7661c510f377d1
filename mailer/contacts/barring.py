"""Separates the contacts of a file whom an objection in the same file bars."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mailer.contacts.mailboxes import mailbox_key
from mailer.model.contacts.contact_import import Barred
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailer.contacts.rows import ContactRow
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.contact_import import Objection


class KeptAndBarred(NamedTuple):
    """The rows whose contacts may be written to, the barred contacts, and all objections."""

    kept: list[ContactRow]
    barred: tuple[Barred, ...]
    objections: tuple[Objection, ...]


def apart_barred(rows: Iterable[ContactRow], objections: Sequence[Objection]) -> KeptAndBarred:
    """Return the rows that no objection bars, the contacts of the others, and all objections.

    An objection in any row of the file holds for all rows with one of its addresses, in any
    spelling of the mailbox. For each other spelling in the file, an objection is added.
    """
    by_mailbox = {
        mailbox_key(address): objection
        for objection in objections
        for address in objection.addresses
    }
    kept: list[ContactRow] = []
    barred: list[Barred] = []
    added: list[Objection] = []
    for row in rows:
        objection = _objection_to(row.contact, by_mailbox)
        if objection is None:
            kept.append(row)
            continue
        why = _("“{evidence}” ({where})", evidence=objection.evidence, where=objection.where)
        barred.append(Barred(row.row.where, row.contact, why))
        if row.contact.address not in objection.addresses:
            added.append(replace(objection, addresses=(row.contact.address,)))
    return KeptAndBarred(kept, tuple(barred), (*objections, *added))


def _objection_to(contact: Contact, by_mailbox: Mapping[str, Objection]) -> Objection | None:
    """Return the objection that bars a contact, if any.

    One to a second address counts only if it holds for the person, and not for a dead address.
    """
    found = by_mailbox.get(mailbox_key(contact.address))
    if found is not None:
        return found
    others = (by_mailbox.get(mailbox_key(address)) for address in contact.alternates)
    return next((other for other in others if other and other.is_of_the_person), None)
