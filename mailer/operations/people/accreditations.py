"""The accreditations of a campaign: requests to attend, and the decisions on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.model.accreditation import Accreditation
from mailer.model.permission import Act, require
from mailer.operations.people.directory import contact_at
from mailer.operations.sending.unknown_answers import likely_contacts, unknown_answers
from mailer.selection import Stranger, index_people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.accreditation import AccreditationState
    from mailer.model.actor import Actor
    from mailer.model.address import Address
    from mailer.model.contact import Contact
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who answered.

    For an address that nobody in the directory has, `contact` is the address of the contact who
    answered, and `is_newcomer` says that it is nobody of the directory. Without either, a person
    must still decide.
    """

    name: str = ""
    organisation: str = ""
    contact: Address | None = None
    is_newcomer: bool = False


UNKNOWN = Identity()


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """An accreditation, and the contacts who may have given an answer from an unknown address.

    `likely` is empty when the address is known, when a person has decided, or when nobody in the
    directory resembles this person.
    """

    accreditation: Accreditation
    likely: tuple[Contact, ...] = ()
    is_known: bool = True


def register_accreditation(
    campaign: str,
    address: Address,
    *,
    state: AccreditationState,
    identity: Identity = UNKNOWN,
    actor: Actor,
    ledger: Ledger,
    now: datetime,
) -> RegisterEntry:
    """Record an accreditation request or its decision. A person's newest entry counts.

    A name, an outlet and a decision on the identity that were recorded before are kept. With
    `identity.contact` the entry is that contact's, and an earlier one under `address` is
    removed. Journalled. Raises RuleError when the actor may not do this, or nobody in the
    directory has the address of `identity.contact`.
    """
    require(actor, Act.ACCREDIT)
    contact = contact_at(identity.contact, ledger) if identity.contact else None
    earlier = _entry_under(address, campaign, ledger)
    before = earlier or Accreditation(campaign, address, state, now)
    accreditation = replace(
        before,
        address=contact.address if contact else address,
        state=state,
        at=now,
        name=identity.name or before.name or (contact.name if contact else ""),
        organisation=identity.organisation
        or before.organisation
        or (contact.organisation if contact else ""),
        note=str(address) if contact else before.note,
        is_newcomer=not contact and (identity.is_newcomer or before.is_newcomer),
    )
    ledger.accreditations.save(accreditation, actor=actor, in_place_of=address if contact else None)
    if contact:
        return RegisterEntry(accreditation)
    return _entry(accreditation, ledger)


def likely_owners(
    address: Address, *, identity: Identity = UNKNOWN, ledger: Ledger
) -> tuple[Contact, ...]:
    """Return the contacts who may be the person with this address; none when somebody has it."""
    people = index_people(ledger.contacts.summaries())
    if people.by_key(address.key):
        return ()
    likely = likely_contacts(
        [Stranger(address, identity.name, identity.organisation)],
        contacts=people.contacts,
        contacts_of=ledger.contacts.of_ids,
    )
    return tuple(likely[address.key])


def accreditations_of(campaign: str, *, ledger: Ledger) -> Sequence[RegisterEntry]:
    """Return the accreditations of a campaign, ordered by address key."""
    register = ledger.accreditations.of_campaign(campaign)
    people = index_people(ledger.contacts.summaries())
    found = unknown_answers(register, people=people, contacts_of=ledger.contacts.of_ids)
    likely = {each.answer.address.key: each.likely for each in found}
    return [
        RegisterEntry(each, likely.get(each.address.key, ()), bool(people.by_key(each.address.key)))
        for each in register
    ]


def _entry_under(address: Address, campaign: str, ledger: Ledger) -> Accreditation | None:
    register = ledger.accreditations.of_campaign(campaign)
    return next((each for each in register if each.address.key == address.key), None)


def _entry(accreditation: Accreditation, ledger: Ledger) -> RegisterEntry:
    """Return the entry of this address as the register has it now."""
    key = accreditation.address.key
    register = accreditations_of(accreditation.campaign, ledger=ledger)
    found = (each for each in register if each.accreditation.address.key == key)
    return next(found, RegisterEntry(accreditation))
