"""Sets apart the contacts whom a refusal in the file bars."""

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
    """The rows whose contacts may be written to, the other contacts, and all objections."""

    kept: list[ContactRow]
    barred: tuple[Barred, ...]
    objections: tuple[Objection, ...]


def apart_barred(rows: Iterable[ContactRow], objections: Sequence[Objection]) -> KeptAndBarred:
    """Return the rows that no objection bars, and the contacts of the others.

    An objection in any row of the file holds for all rows with one of its addresses, and for all
    spellings of a mailbox; each spelling in the file gets an objection of its own.
    """
    by_mailbox = {
        mailbox_key(address): objection
        for objection in objections
        for address in objection.addresses
    }
    kept: list[ContactRow] = []
    barred: list[Barred] = []
    more: list[Objection] = []
    for row in rows:
        objection = _objection_to(row.contact, by_mailbox)
        if objection is None:
            kept.append(row)
            continue
        why = _("“{evidence}” ({where})", evidence=objection.evidence, where=objection.where)
        barred.append(Barred(row.row.where, row.contact, why))
        if row.contact.address not in objection.addresses:
            more.append(replace(objection, addresses=(row.contact.address,)))
    return KeptAndBarred(kept, tuple(barred), (*objections, *more))


def _objection_to(contact: Contact, by_mailbox: Mapping[str, Objection]) -> Objection | None:
    """Return the objection that bars a contact. A dead second address bars nobody."""
    found = by_mailbox.get(mailbox_key(contact.address))
    if found is not None:
        return found
    others = (by_mailbox.get(mailbox_key(address)) for address in contact.alternates)
    return next((other for other in others if other and other.is_of_the_person), None)
