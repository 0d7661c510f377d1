"""Everything the ledger knows of one person: lists, refusals, messages and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.contact import ContactId
from mailer.model.permission import may_see
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation
    from mailer.model.actor import Actor
    from mailer.model.contact import Contact
    from mailer.model.delivery import Delivery
    from mailer.model.mailing import MailingId, MailingSummary
    from mailer.model.suppression import Suppression
    from mailer.ports import Ledger

_SHOWN = 50
"""How many messages to a person a page names."""


@dataclass(frozen=True, slots=True)
class KnownOf:
    """A contact with the suppressions in force, the messages and the answers under any address."""

    contact: Contact
    suppressions: tuple[Suppression, ...]
    deliveries: tuple[Delivery, ...]
    mailings: Mapping[MailingId, MailingSummary]
    accreditations: Sequence[Accreditation]


def known_of(contact_id: str, *, actor: Actor, ledger: Ledger, now: datetime) -> KnownOf:
    """Return what is known of a contact. Raises ContentError when nobody has this id whom the
    actor sees.
    """
    contact = ledger.contacts.get(ContactId(contact_id))
    if contact is None or not may_see(actor, contact.lists):
        raise ContentError(
            Problem(
                Place(""),
                _("nobody in the directory is here any more"),
                _("Look the person up in the directory."),
            )
        )
    keys = {each.key for each in ledger.contacts.addresses_of_person(contact.address)}
    deliveries = tuple(ledger.deliveries.to_addresses(keys, limit=_SHOWN))
    return KnownOf(
        contact,
        tuple(s for s in ledger.suppressions.of_addresses(keys) if s.is_in_force(now)),
        deliveries,
        ledger.mailings.of_ids({delivery.mailing_id for delivery in deliveries}),
        ledger.accreditations.of_addresses(keys),
    )
