"""One person as the ledger knows them: contacts, addresses, and what decides about their mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.selection import index_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address
    from mailer.model.contacts.contact import Contact
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.delivery import Delivery
    from mailer.ports import Ledger

MOST_DELIVERIES = 100


@dataclass(frozen=True, slots=True)
class PersonOnRecord:
    """What is known of a person under any of their addresses, read once for all that a page tells.

    `contacts` are those of everybody who shares the address, and `keys` the address keys of the
    one person who has it. `suppressions` holds those that have ended as well; of the deliveries
    it is the newest, the last change first.
    """

    contacts: Sequence[Contact]
    keys: frozenset[str]
    suppressions: Sequence[Suppression]
    answers: Sequence[Accreditation]
    deliveries: Sequence[Delivery]


def person_on_record(address: Address, *, ledger: Ledger) -> PersonOnRecord:
    """Return the person who has this address."""
    contacts = ledger.contacts.of_person(address)
    keys = index_people(contacts).keys_of(address.key)
    return PersonOnRecord(
        contacts,
        keys,
        ledger.suppressions.of_addresses(keys),
        ledger.accreditations.of_addresses(keys),
        ledger.deliveries.to_addresses(keys, limit=MOST_DELIVERIES),
    )
