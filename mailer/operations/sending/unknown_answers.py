"""Answers from addresses that nobody in the directory has, and whose they may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.selection import Stranger, candidates, is_likely, strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.contacts.contact import AnyContact, Contact, ContactId
    from mailer.selection import People


@dataclass(frozen=True, slots=True)
class UnknownAnswer:
    """An answer from an unknown address, and the contacts who may have given it."""

    answer: Accreditation
    likely: tuple[Contact, ...]


def unknown_answers(
    register: Iterable[Accreditation],
    *,
    people: People[AnyContact],
    contacts_of: Callable[[Iterable[ContactId]], Mapping[ContactId, Contact]],
) -> tuple[UnknownAnswer, ...]:
    """Return the answers of a register that a person must decide about, in the order of the
    register.

    `contacts_of` is `ledger.contacts.of_ids`. Who answered under an address of their own is not
    proposed.
    """
    register = tuple(register)
    answers = {each.address.key: each for each in strangers(register, people)}
    answered = {each.address.key for each in register}
    wanted = [Stranger(each.address, each.name, each.organisation) for each in answers.values()]
    likely = likely_contacts(wanted, contacts=people.contacts, contacts_of=contacts_of)
    return tuple(
        UnknownAnswer(answer, found)
        for key, answer in answers.items()
        if (found := tuple(each for each in likely[key] if each.key not in answered))
    )


def likely_contacts(
    wanted: Sequence[Stranger],
    *,
    contacts: Iterable[AnyContact],
    contacts_of: Callable[[Iterable[ContactId]], Mapping[ContactId, Contact]],
) -> Mapping[str, Sequence[Contact]]:
    """Return the contacts who may be each of these people, by the key of the unknown address."""
    likely: dict[str, list[Contact]] = {each.address.key: [] for each in wanted}
    if not wanted:
        return likely
    pairs = [(stranger, contact.id) for stranger, contact in candidates(wanted, contacts)]
    full = contacts_of(dict.fromkeys(contact_id for _stranger, contact_id in pairs))
    for stranger, contact_id in pairs:
        contact = full.get(contact_id)
        if contact is not None and is_likely(stranger, contact):
            likely[stranger.address.key].append(contact)
    return likely


def unknown_by_contact(answers: Iterable[UnknownAnswer]) -> dict[str, Accreditation]:
    """Return the answer that each contact may have given, by the key of the contact."""
    return {contact.key: each.answer for each in answers for contact in each.likely}
