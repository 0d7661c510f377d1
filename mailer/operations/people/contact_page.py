"""Everything the ledger knows of one person: lists, refusals, messages and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.contact import ContactId
from mailer.model.team.permission import may_see
from mailer.operations.people.call_back import stop_asked_by
from mailer.operations.people.person_on_record import person_on_record
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.delivery import Delivery
    from mailer.model.mailings.mailing import MailingId, MailingSummary
    from mailer.model.team.actor import Actor
    from mailer.operations.people.call_back import CallBack
    from mailer.operations.people.person_on_record import PersonOnRecord
    from mailer.ports import Ledger

_SHOWN = 50
"""How many messages to a person a page names."""


@dataclass(frozen=True, slots=True)
class KnownOf:
    """A contact with the suppressions in force and the newest messages, under any address of the
    `person` whom it is.
    """

    contact: Contact
    person: PersonOnRecord
    suppressions: tuple[Suppression, ...]
    deliveries: tuple[Delivery, ...]
    mailings: Mapping[MailingId, MailingSummary]
    stop_asked: CallBack | None = None
    """The mail in which they ask to be taken off the list, while nobody has decided about it."""

    @property
    def asking_mail(self) -> bytes:
        return self.stop_asked.mail if self.stop_asked else b""


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
    person = person_on_record(contact.address, ledger=ledger)
    deliveries = tuple(person.deliveries[:_SHOWN])
    return KnownOf(
        contact,
        person,
        tuple(each for each in person.suppressions if each.is_in_force(now)),
        deliveries,
        ledger.mailings.of_ids({delivery.mailing_id for delivery in deliveries}),
        stop_asked_by(person, ledger=ledger, now=now),
    )
