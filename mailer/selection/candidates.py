"""The contacts through which a rule reaches a person, and what suppresses each of them there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple

from mailer.model.contacts.contact import AnyContact
from mailer.model.contacts.suppression import EVERYWHERE, OF_THE_PERSON, Suppression
from mailer.selection.rules import includes_by_state, is_waived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mailer.model.accreditations.accreditation import AccreditationState
    from mailer.model.contacts.contact import Addressee
    from mailer.model.mailings.mailing import AudienceRule
    from mailer.selection.people import IndexedContact, IndexedPerson
    from mailer.selection.readers import Readers


class Candidate(NamedTuple, Generic[AnyContact]):
    """A contact that the rule includes: through which list, and what suppresses it there.

    `rank` is the list's position in the rule. A person added from the register has the list "".
    """

    indexed: IndexedContact[AnyContact]
    list: str
    rank: int
    suppression: Suppression | None

    def preference(self) -> tuple[bool, int, int]:
        return self.suppression is not None, self.rank, self.indexed.index


def candidates(
    person: IndexedPerson[AnyContact],
    rule: AudienceRule,
    readers: Readers,
    state: AccreditationState | None,
    in_force: Mapping[str, Sequence[Suppression]],
) -> list[Candidate[AnyContact]]:
    """Return the person's contacts on the rule's lists, or else the first contact if the
    accreditation, or what the person holds, includes the person.
    """
    listed = [each for each in person.contacts if not each.contact.lists.isdisjoint(rule.to)]
    held = [each for each in person.contacts if each.contact.key in readers.holders]
    if not listed and not held and not includes_by_state(rule, state):
        return []
    of_the_person = [
        each
        for key in sorted(person.keys)
        for each in in_force.get(key, ())
        if each.reason in OF_THE_PERSON and not is_waived(each.reason, rule, state)
    ]
    return [
        _candidate(each, rule, [*of_the_person, *_address_suppressions(each.contact, in_force)])
        for each in listed or held or person.contacts[:1]
    ]


def _address_suppressions(
    contact: Addressee, in_force: Mapping[str, Sequence[Suppression]]
) -> Iterator[Suppression]:
    return (each for each in in_force.get(contact.key, ()) if each.reason not in OF_THE_PERSON)


def _candidate(
    indexed: IndexedContact[AnyContact], rule: AudienceRule, suppressions: Sequence[Suppression]
) -> Candidate[AnyContact]:
    """Return a contact with its first list that is not suppressed, or else with its first list."""
    lists = indexed.contact.lists
    on_lists = [
        Candidate(indexed, name, rank, _first_on(name, suppressions))
        for rank, name in enumerate(rule.to)
        if name in lists
    ] or [Candidate(indexed, EVERYWHERE, len(rule.to), _first_on(EVERYWHERE, suppressions))]
    return next((each for each in on_lists if each.suppression is None), on_lists[0])


def _first_on(list_name: str, suppressions: Iterable[Suppression]) -> Suppression | None:
    """Return the first suppression that holds for a list."""
    for each in suppressions:
        if each.scope in {EVERYWHERE, list_name}:
            return each
    return None
