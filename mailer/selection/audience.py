"""Who receives a step, and why everybody else does not.

A person gets one message, by the first list in the order of the rule's `to` on which that
person may be written to.

Most people are one contact without bar or answer, and what such a contact gets depends on its
lists and language alone: it is decided once for each combination. The others are decided one
by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, Generic

from mailer.model.audience import Audience, Exclusion, ExclusionReason, Recipient
from mailer.model.campaign import VariantKey
from mailer.model.contact import AnyContact, Contact, contact_id
from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.selection.people import IndexedPerson, Placed
from mailer.selection.rules import is_called, objection, yields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditation import Accreditation, AccreditationState
    from mailer.model.contact import Addressee
    from mailer.model.mailing import AudienceRule
    from mailer.selection.people import People

_OF_THE_PERSON = frozenset(
    {
        SuppressionReason.OPT_OUT,
        SuppressionReason.COMPLAINT,
        SuppressionReason.DO_NOT_CONTACT,
    }
)
"""Bars that follow a person to every address; the others say something of one address."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a contact of the rule's lists is not written to."""

    reason: ExclusionReason
    detail: str


_Verdict = VariantKey | _Refusal | None
"""The version a contact gets, or why it gets none; None: the rule does not mean it."""


def select(
    people: People[AnyContact],
    *,
    rule: AudienceRule,
    variants: Collection[VariantKey],
    default_language: str,
    suppressions: Sequence[Suppression],
    accreditations: Sequence[Accreditation],
    now: datetime,
) -> Audience[AnyContact | Contact]:
    """Return the audience of a step among `people`.

    Everybody on one of the rule's lists is either a recipient or an exclusion, once, in the
    order of the directory. Accredited people meant by `only` (or by a cancellation) are added,
    even from outside the lists: they asked to come.

    A bar counts until its `until`. A bar on one list leaves the person's other lists open.
    An opt-out, a complaint or a "do not contact" holds for all addresses of a person; a
    dead address only for itself. One exception, for `rule.cancels`: people who asked to come
    learn that the event is cancelled even after an opt-out.

    `variants` are the versions the step has: for a person's list and language, else for the
    list in the default language, else for any list in the person's language, else for any
    list in the default language.
    """
    versions = _Versions(rule, frozenset(variants), default_language)
    register = _newest(accreditations)
    bars = _in_force(suppressions, now)
    verdicts = _verdicts_without_bar_or_answer(people, versions)
    contacts: list[AnyContact | Contact] = list(people.contacts)
    for place, verdict in _individual_verdicts(people, versions, register, bars):
        verdicts[place] = verdict
    for stranger in _strangers(register, people, default_language):
        placed: Placed[Contact] = Placed(len(contacts), stranger)
        person = IndexedPerson((placed,), frozenset({stranger.key}))
        verdicts.append(dict(_verdicts(person, versions, register, bars)).get(placed.place))
        contacts.append(stranger)
    return _audience(contacts, verdicts)


def _audience(contacts: Sequence[AnyContact], verdicts: Sequence[_Verdict]) -> Audience[AnyContact]:
    """The two halves, in the order of `contacts`.

    Iterators of the standard library do the loops: half the time of a comprehension.
    """
    variants = [verdict if isinstance(verdict, VariantKey) else None for verdict in verdicts]
    refusals = [verdict if isinstance(verdict, _Refusal) else None for verdict in verdicts]
    return Audience(
        tuple(map(Recipient, compress(contacts, variants), filter(None, variants))),
        tuple(
            Exclusion(contact, refusal.reason, refusal.detail)
            for contact, refusal in zip(
                compress(contacts, refusals), filter(None, refusals), strict=True
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class _Versions:
    """A rule, with the versions that its step has."""

    rule: AudienceRule
    variants: frozenset[VariantKey]
    default_language: str

    def verdict(
        self, *, list_name: str, language: str, bar: str, state: AccreditationState | None
    ) -> VariantKey | _Refusal:
        """What a contact written to by `list_name` gets; the first reason against it counts."""
        if bar:
            return _Refusal(ExclusionReason.SUPPRESSED, bar)
        if reason := objection(self.rule, state):
            return _Refusal(reason, state or "")
        wanted = (
            VariantKey(list_name, language),
            VariantKey(list_name, self.default_language),
            VariantKey("", language),
            VariantKey("", self.default_language),
        )
        variant = next((key for key in wanted if key in self.variants), None)
        return variant or _Refusal(ExclusionReason.NO_VARIANT, str(wanted[0]))


def _verdicts_without_bar_or_answer(
    people: People[AnyContact], versions: _Versions
) -> list[_Verdict]:
    """For each contact, what it gets if there is no bar and no answer, and nobody else is it."""
    by_profile: list[_Verdict] = []
    for profile in people.profiles:
        list_name = next((name for name in versions.rule.to if name in profile.lists), None)
        by_profile.append(
            None
            if list_name is None
            else versions.verdict(
                list_name=list_name, language=profile.language, bar="", state=None
            )
        )
    return [by_profile[number] for number in people.profile_numbers]


def _individual_verdicts(
    people: People[AnyContact],
    versions: _Versions,
    register: Mapping[str, Accreditation],
    bars: Mapping[str, Sequence[Suppression]],
) -> Iterator[tuple[int, _Verdict]]:
    """Place and verdict of each contact of a person with a bar, an answer or several contacts."""
    concerned = {person.contacts[0].place: person for person in people.of_several_contacts()}
    for key in (*register, *bars):
        for person in people.by_key(key):
            concerned[person.contacts[0].place] = person
    for person in concerned.values():
        yield from _verdicts(person, versions, register, bars)


def _verdicts(
    person: IndexedPerson[AnyContact],
    versions: _Versions,
    register: Mapping[str, Accreditation],
    bars: Mapping[str, Sequence[Suppression]],
) -> Iterator[tuple[int, _Verdict]]:
    """Place and verdict of each contact of one person: one of them at most is written to."""
    state = _state(person, register)
    candidates = _candidates(person, versions.rule, state, bars)
    if not candidates:
        return
    chosen = min(candidates, key=_Candidate.preference)
    for other in candidates:
        if other is not chosen:
            address = str(chosen.contact.address)
            yield other.place, _Refusal(ExclusionReason.SAME_PERSON, address)
    yield (
        chosen.place,
        versions.verdict(
            list_name=chosen.list,
            language=chosen.contact.language,
            bar=chosen.bar.reason if chosen.bar else "",
            state=state,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Candidate(Generic[AnyContact]):
    """A contact meant by the rule: the list it is written to by, or why it is not.

    `rank` is the list's place in the rule. Somebody added from the register has the list "".
    """

    place: int
    contact: AnyContact
    list: str
    rank: int
    bar: Suppression | None

    def preference(self) -> tuple[bool, int, int]:
        return self.bar is not None, self.rank, self.place


def _newest(accreditations: Iterable[Accreditation]) -> dict[str, Accreditation]:
    """The newest answer of each address."""
    return {
        accreditation.address.key: accreditation
        for accreditation in sorted(accreditations, key=attrgetter("at"))
    }


def _strangers(
    register: Mapping[str, Accreditation], people: People[AnyContact], language: str
) -> Iterator[Contact]:
    """People of the register who are not in the directory, as far as we know them."""
    for key, accreditation in register.items():
        if key not in people.places and key not in people.joined:
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
    """What the person last answered, under any address."""
    answers = [register[key] for key in person.keys if key in register]
    return (
        max(answers, key=lambda answer: (answer.at, answer.address.key)).state if answers else None
    )


def _in_force(suppressions: Iterable[Suppression], now: datetime) -> dict[str, list[Suppression]]:
    """The bars that count at `now`, by address key."""
    bars: defaultdict[str, list[Suppression]] = defaultdict(list)
    for suppression in suppressions:
        if suppression.is_in_force(now):
            bars[suppression.address.key].append(suppression)
    return bars


def _candidates(
    person: IndexedPerson[AnyContact],
    rule: AudienceRule,
    state: AccreditationState | None,
    bars: Mapping[str, Sequence[Suppression]],
) -> list[_Candidate[AnyContact]]:
    """The person's contacts on the rule's lists; failing that, one whom the register calls."""
    listed = [each for each in person.contacts if not each.contact.lists.isdisjoint(rule.to)]
    if not listed and not is_called(rule, state):
        return []
    of_the_person = [
        bar
        for key in sorted(person.keys)
        for bar in bars.get(key, ())
        if bar.reason in _OF_THE_PERSON and not yields(bar.reason, rule, state)
    ]
    return [
        _candidate(each, rule, [*of_the_person, *_of_the_address(each.contact, bars)])
        for each in listed or person.contacts[:1]
    ]


def _of_the_address(
    contact: Addressee, bars: Mapping[str, Sequence[Suppression]]
) -> Iterator[Suppression]:
    return (bar for bar in bars.get(contact.key, ()) if bar.reason not in _OF_THE_PERSON)


def _candidate(
    placed: Placed[AnyContact], rule: AudienceRule, bars: Sequence[Suppression]
) -> _Candidate[AnyContact]:
    """A contact by its first list that is open, or by its first list with what bars it."""
    lists = [(rank, name) for rank, name in enumerate(rule.to) if name in placed.contact.lists]
    return min(
        (
            _Candidate(placed.place, placed.contact, name, rank, _bar(name, bars))
            for rank, name in lists or [(len(rule.to), EVERYWHERE)]
        ),
        key=_Candidate.preference,
    )


def _bar(list_name: str, bars: Iterable[Suppression]) -> Suppression | None:
    return next((bar for bar in bars if bar.scope in {EVERYWHERE, list_name}), None)
