"""Selects who receives a step, and records why everybody else does not.

A person gets one message, through the first list of the rule's `to` on which the person is not
suppressed.

Most people have one contact, no suppression and no accreditation. What they receive depends
only on their lists and language, and is decided once for each combination. The others are
decided one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.campaigns.audience import Audience, Exclusion, ExclusionReason, Recipient
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import AnyContact, Contact, contact_id
from mailer.selection.candidates import Candidate, candidates
from mailer.selection.people import IndexedContact, IndexedPerson
from mailer.selection.readers import NO_HOLDERS, Readers
from mailer.selection.rules import exclusion_reason, includes_by_state
from mailer.selection.targeting import NO_TARGETING, Targeting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
    from mailer.model.contacts.contact import Addressee
    from mailer.model.contacts.suppression import Suppression
    from mailer.model.mailings.amendment import Holder
    from mailer.model.mailings.mailing import AudienceRule
    from mailer.selection.people import People


class _Excluded(NamedTuple):
    """Why a contact on the rule's lists is excluded."""

    reason: ExclusionReason
    detail: str


_NONE_UNKNOWN: Mapping[str, Accreditation] = MappingProxyType({})
_Decision = VariantKey | _Excluded | None
"""The variant that a contact receives, or why it is excluded; None when it is on no list of the
rule."""


def select(  # noqa: PLR0913 - what decides about a person comes from as many places
    people: People[AnyContact],
    *,
    rule: AudienceRule,
    variants: Collection[VariantKey],
    default_language: str,
    suppressions: Sequence[Suppression],
    accreditations: Sequence[Accreditation],
    now: datetime,
    unknown: Mapping[str, Accreditation] = _NONE_UNKNOWN,
    targeting: Targeting = NO_TARGETING,
    holders: Mapping[str, Holder] = NO_HOLDERS,
) -> Audience[AnyContact | Contact]:
    """Return the audience of a step among `people`.

    Each contact on one of the rule's lists is either a recipient or an exclusion, in the order
    of the directory. Accredited people included by `only` (or by a cancellation) are added even
    if they are on none of the lists, because they asked to come.

    A suppression is in force until its `until`. A suppression on one list does not affect a
    person's other lists. An opt-out, a complaint or a "do not contact" holds for all addresses
    of a person, a dead address only for itself. With `rule.cancels`, people who asked to come
    learn that the event is cancelled even after an opt-out.

    `unknown` holds answers from addresses that nobody has, by the key of the contact who may have
    given them. Until a person decides, that contact gets nothing that the answer would stop, and
    the unknown address only a cancellation.

    `targeting` is the target of the rule with what is known of the people. Who asked to come gets a
    cancellation whatever the target says.

    `holders` are, by address key, those who decide the audience of a rule for readers
    (`AudienceRule.is_for_readers`): they receive it also if they are on none of the lists any more.

    `variants` are those that the step has. A person gets the first of: the variant of their list
    and language, of their list in the default language, of all lists in their language, of all
    lists in the default language.
    """
    readers = Readers(rule, holders)
    selector = _Selector(rule, frozenset(variants), default_language, targeting, readers)
    register = _newest(accreditations)
    in_force = _in_force(suppressions, now)
    decisions = _decisions_by_profile(people, selector)
    contacts: list[AnyContact | Contact] = list(people.contacts)
    for index, decision in _individual_decisions(people, selector, register, in_force, unknown):
        decisions[index] = decision
    for contact in _not_in_directory(register, readers, people, default_language):
        indexed: IndexedContact[Contact] = IndexedContact(len(contacts), contact)
        person = IndexedPerson((indexed,), frozenset({contact.key}))
        decision = dict(_decisions(person, selector, register, in_force, {})).get(indexed.index)
        decisions.append(_held_back(decision, contact, selector.rule, unknown))
        contacts.append(contact)
    return _audience(contacts, decisions)


def _audience(
    contacts: Sequence[AnyContact], decisions: Sequence[_Decision]
) -> Audience[AnyContact]:
    """Return the recipients and the exclusions, both in the order of `contacts`.

    Iterators of the standard library take half the time of a comprehension.
    """
    variants = [each if isinstance(each, VariantKey) else None for each in decisions]
    return Audience(
        tuple(map(Recipient, compress(contacts, variants), filter(None, variants))),
        tuple(
            Exclusion(contacts[index], each.reason, each.detail)
            for index, each in enumerate(decisions)
            if isinstance(each, _Excluded)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Selector:
    """The rule and the variants of a step, which decide what a contact receives."""

    rule: AudienceRule
    variants: frozenset[VariantKey]
    default_language: str
    targeting: Targeting
    readers: Readers

    def left_out(
        self, contacts: Iterable[Addressee], state: AccreditationState | None
    ) -> _Excluded | None:
        """Return why the target leaves this person out."""
        if self.targeting.is_empty or (self.rule.cancels and includes_by_state(self.rule, state)):
            return None
        found = self.targeting.of_person(contacts)
        return found and _Excluded(*found)

    def not_meant(self, contact: Addressee, state: AccreditationState | None) -> _Excluded | None:
        """Return why the target does not mean this contact."""
        if self.targeting.is_empty or (self.rule.cancels and includes_by_state(self.rule, state)):
            return None
        found = self.targeting.of_contact(contact)
        return found and _Excluded(*found)

    def decide(
        self,
        *,
        list_name: str,
        language: str,
        suppressed: str,
        state: AccreditationState | None,
        suffixes: tuple[str, ...] = ("",),
    ) -> VariantKey | _Excluded:
        """Return what a contact receives through a list; the first reason to exclude it counts."""
        if suppressed:
            return _Excluded(ExclusionReason.SUPPRESSED, suppressed)
        if reason := exclusion_reason(self.rule, state):
            return _Excluded(reason, state or "")
        return _variant(list_name, language, self.default_language, self.variants, suffixes)


@lru_cache(maxsize=128)  # thousands of people ask, and there are few answers
def _variant(
    list_name: str,
    language: str,
    default_language: str,
    variants: frozenset[VariantKey],
    suffixes: tuple[str, ...],
) -> VariantKey | _Excluded:
    """Return the variant for a list and a language, or the exclusion of who has none.

    `suffixes` tell the readers of a correction apart (`Readers.suffixes`), the closest first.
    """
    wanted = [
        VariantKey(name + suffix, each)
        for name in (list_name, "")
        for suffix in suffixes
        for each in (language, default_language)
    ]
    variant = next((key for key in wanted if key in variants), None)
    return variant or _Excluded(ExclusionReason.NO_VARIANT, str(wanted[0]))


def _decisions_by_profile(people: People[AnyContact], selector: _Selector) -> list[_Decision]:
    """Return what each contact receives if it is a person's only contact and has no suppression
    and no accreditation.
    """
    if selector.rule.is_for_readers:
        return [None] * len(people.contacts)  # what each of them holds decides
    by_profile: list[_Decision] = []
    for profile in people.profiles:
        list_name = next((name for name in selector.rule.to if name in profile.lists), None)
        by_profile.append(
            None
            if list_name is None
            else selector.decide(
                list_name=list_name, language=profile.language, suppressed="", state=None
            )
        )
    decisions = [by_profile[number] for number in people.profile_numbers]
    if not selector.targeting.is_empty:
        for index, contact in enumerate(people.contacts):
            if isinstance(decisions[index], VariantKey):
                left_out = selector.not_meant(contact, None) or selector.left_out([contact], None)
                decisions[index] = left_out or decisions[index]
    return decisions


def _individual_decisions(
    people: People[AnyContact],
    selector: _Selector,
    register: Mapping[str, Accreditation],
    in_force: Mapping[str, Sequence[Suppression]],
    unknown: Mapping[str, Accreditation],
) -> Iterator[tuple[int, _Decision]]:
    """Yield the index and the decision for each contact of the people who have a suppression, an
    accreditation, an unknown answer or several contacts.
    """
    keys = (*register, *in_force, *unknown, *selector.readers.holders)
    by_key = chain.from_iterable(map(people.by_key, keys))
    concerned = {
        person.contacts[0].index: person for person in chain(people.of_several_contacts(), by_key)
    }
    for person in concerned.values():
        yield from _decisions(person, selector, register, in_force, unknown)


def _decisions(
    person: IndexedPerson[AnyContact],
    selector: _Selector,
    register: Mapping[str, Accreditation],
    in_force: Mapping[str, Sequence[Suppression]],
    unknown: Mapping[str, Accreditation],
) -> Iterator[tuple[int, _Decision]]:
    """Yield the index and the decision for each contact of a person; at most one is a recipient."""
    state = _state(person, register)
    if not selector.readers.include(person.keys, state):
        return
    meant = []
    for candidate in candidates(person, selector.rule, selector.readers, state, in_force):
        not_meant = selector.not_meant(candidate.indexed.contact, state)
        if not_meant is None:
            meant.append(candidate)
        else:
            yield candidate.indexed.index, not_meant
    if not meant:
        return
    chosen = min(meant, key=Candidate.preference)
    index, contact = chosen.indexed.index, chosen.indexed.contact
    for other in meant:
        if other is not chosen:
            yield (
                other.indexed.index,
                _Excluded(ExclusionReason.SAME_PERSON, str(contact.address)),
            )
    decision = selector.decide(
        list_name=chosen.list,
        language=contact.language,
        suppressed=chosen.suppression.reason if chosen.suppression else "",
        state=state,
        suffixes=selector.readers.suffixes(person.keys, state),
    )
    if isinstance(decision, VariantKey):
        contacts = [each.contact for each in person.contacts]
        decision = selector.left_out(contacts, state) or decision
    found = [unknown[key] for key in sorted(person.keys) if key in unknown] if unknown else []
    yield index, _unless_unknown(decision, selector.rule, found)


def _unless_unknown(
    decision: VariantKey | _Excluded, rule: AudienceRule, unknown: Iterable[Accreditation]
) -> VariantKey | _Excluded:
    """Return the decision, or an exclusion if one of these answers would stop the message."""
    if isinstance(decision, VariantKey):
        for answer in unknown:
            if exclusion_reason(rule, answer.state):
                return _Excluded(ExclusionReason.PERHAPS_ANSWERED, str(answer.address))
    return decision


def _held_back(
    decision: _Decision, contact: Contact, rule: AudienceRule, unknown: Mapping[str, Accreditation]
) -> _Decision:
    """Return the decision about an address that nobody has, or an exclusion while a contact may be
    its owner: a mistyped address belongs to somebody else. Cancellations are sent in any case.
    """
    if isinstance(decision, VariantKey) and not rule.cancels:
        for key, answer in unknown.items():
            if answer.address.key == contact.key:
                return _Excluded(ExclusionReason.PERHAPS_ANSWERED, key)
    return decision


def _newest(accreditations: Iterable[Accreditation]) -> dict[str, Accreditation]:
    """Return the newest accreditation of each address key."""
    return {
        accreditation.address.key: accreditation
        for accreditation in sorted(accreditations, key=attrgetter("at"))
    }


def _not_in_directory(
    register: Mapping[str, Accreditation],
    readers: Readers,
    people: People[AnyContact],
    language: str,
) -> Iterator[Contact]:
    """Yield a contact for each person of the register, or who holds something, who is not in the
    directory.
    """
    for key, holder in readers.holders.items():
        if key not in people.indexes and key not in people.joined and key not in register:
            yield Contact(
                id=contact_id(holder.address),
                address=holder.address,
                last_name=holder.name,
                language=holder.language,
            )
    for key, accreditation in register.items():
        if key not in people.indexes and key not in people.joined:
            yield Contact(
                id=contact_id(accreditation.address),
                address=accreditation.address,
                last_name=accreditation.name,
                organisation=accreditation.organisation,
                language=language,
            )


def _state(
    person: IndexedPerson[AnyContact], register: Mapping[str, Accreditation]
) -> AccreditationState | None:
    """Return the newest accreditation state of a person under any of their addresses."""
    found = [register[key] for key in person.keys if key in register]
    return max(found, key=lambda each: (each.at, each.address.key)).state if found else None


def _in_force(suppressions: Iterable[Suppression], now: datetime) -> dict[str, list[Suppression]]:
    """Return the suppressions in force at `now`, by address key."""
    in_force: defaultdict[str, list[Suppression]] = defaultdict(list)
    for suppression in suppressions:
        if suppression.is_in_force(now):
            in_force[suppression.address.key].append(suppression)
    return in_force
