"""Who receives a step, and why everybody else does not.

A person is one contact, or several that have one mailbox: the same main address whatever
its letter case, or one's main or former address among another's alternates (a desk's excepted,
which many people share). A person gets one message, by the first list in the order of the rule's
`to` on which that person may be written to.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.campaigns.audience import Audience, Exclusion, ExclusionReason, Recipient
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import Contact, contact_id
from mailer.model.contacts.suppression import EVERYWHERE, Suppression, SuppressionReason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.mailings.mailing import AudienceRule

_ANSWERED = frozenset(
    {
        AccreditationState.ASKED,
        AccreditationState.ACCEPTED,
        AccreditationState.WAITING,
        AccreditationState.REFUSED,
        AccreditationState.ATTENDED,
    }
)
_LET_IN = frozenset({AccreditationState.ACCEPTED, AccreditationState.ATTENDED})

UNLESS: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": _ANSWERED,
}
"""What a word of `unless` leaves out. "accredited" is whoever has answered and wants to come,
whatever the office has decided yet: a reminder would only annoy."""

ONLY: Mapping[str, frozenset[AccreditationState]] = {
    **{state.value: frozenset({state}) for state in AccreditationState},
    "accredited": _LET_IN,
}
"""Whom a word of `only` lets through. "accredited" is whoever has been let in: practical
information is not for the waiting list."""

_OF_THE_PERSON = frozenset(
    {
        SuppressionReason.OPT_OUT,
        SuppressionReason.COMPLAINT,
        SuppressionReason.DO_NOT_CONTACT,
    }
)
"""Bars that follow a person to every address; the others say something of one address."""

_YIELDS_TO_CANCELLATION = frozenset({SuppressionReason.OPT_OUT, SuppressionReason.DO_NOT_CONTACT})


def select(
    *,
    contacts: Sequence[Contact],
    rule: AudienceRule,
    variants: Collection[VariantKey],
    default_language: str,
    suppressions: Sequence[Suppression],
    accreditations: Sequence[Accreditation],
    now: datetime,
) -> Audience:
    """The audience of a step among `contacts`, which is the whole directory.

    Everybody on one of the rule's lists is either a recipient or an exclusion, once, in the
    order of `contacts`. Whoever is in the register and is meant by `only` (or by a
    cancellation) is added, even from outside the lists: they asked to come.

    A bar counts until its `until`. A bar on one list leaves the person's other lists open.
    An opt-out, a complaint or a "do not contact" holds for all addresses of a person; a
    dead address only for itself. One exception, for `rule.cancels`: whoever asked to come
    learns that the event is cancelled even after an opt-out.

    `variants` are the versions the step has: for a person's list and language, else for the
    list in the default language, else for any list in the person's language, else for any
    list in the default language.
    """
    register = _newest(accreditations)
    bars = _in_force(suppressions, now)
    known = _people(tuple(enumerate(contacts)))
    strangers = _strangers(register, known, default_language, first_place=len(contacts))
    verdicts: dict[int, Recipient | Exclusion] = {}
    for person in (*known, *strangers):
        state = _state(person, register)
        candidates = _candidates(person, rule, state, bars)
        if not candidates:
            continue
        chosen = min(candidates, key=_Candidate.preference)
        for other in candidates:
            verdicts[other.place] = Exclusion(
                other.contact, ExclusionReason.SAME_PERSON, str(chosen.contact.address)
            )
        verdicts[chosen.place] = _verdict(chosen, rule, state, variants, default_language)
    settled = [verdicts[place] for place in sorted(verdicts)]
    return Audience(
        tuple(verdict for verdict in settled if isinstance(verdict, Recipient)),
        tuple(verdict for verdict in settled if isinstance(verdict, Exclusion)),
    )


_Placed = tuple[int, Contact]
"""A contact with its place in the order of the audience."""


@dataclass(frozen=True, slots=True)
class _Person:
    """Contacts that are one person, and every address key that is theirs alone."""

    contacts: tuple[_Placed, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A contact meant by the rule: the list it is written to by, or why it is not.

    `rank` is the list's place in the rule. Somebody added from the register has the list "".
    """

    place: int
    contact: Contact
    list: str
    rank: int
    bar: Suppression | None

    def preference(self) -> tuple[bool, int, int]:
        return self.bar is not None, self.rank, self.place


def _people(contacts: Sequence[_Placed]) -> tuple[_Person, ...]:
    """The people of the directory, in the order of their first contact."""
    mains = {contact.address.key for _place, contact in contacts}
    desks = {contact.address.key for _place, contact in contacts if contact.is_generic}
    leader: dict[str, str] = {}

    def lead(key: str) -> str:
        while (above := leader.setdefault(key, key)) != key:
            key = above
        return key

    had_it = {former.key: contact.key for _place, contact in contacts for former in contact.former}
    for _place, contact in contacts:
        for address in (*contact.alternates, *contact.former):
            main = address.key if address.key in mains else had_it.get(address.key)
            if main is not None and main not in desks:
                leader[lead(main)] = lead(contact.address.key)
    groups: defaultdict[str, list[_Placed]] = defaultdict(list)
    for place, contact in contacts:
        groups[lead(contact.address.key)].append((place, contact))
    return tuple(_Person(tuple(group), _keys(group, desks)) for group in groups.values())


def _keys(group: Iterable[_Placed], desks: Collection[str]) -> frozenset[str]:
    """The addresses by which a person is known: all of them, but no desk's as a further one."""
    mains = {contact.address.key for _place, contact in group}
    further = {
        address.key
        for _place, contact in group
        for address in (*contact.alternates, *contact.former)
    }
    return frozenset(mains | further.difference(desks))


def _newest(accreditations: Iterable[Accreditation]) -> dict[str, Accreditation]:
    """The last word of each address."""
    return {
        accreditation.address.key: accreditation
        for accreditation in sorted(accreditations, key=lambda accreditation: accreditation.at)
    }


def _strangers(
    register: Mapping[str, Accreditation],
    known: Iterable[_Person],
    language: str,
    *,
    first_place: int,
) -> list[_Person]:
    """Whoever is in the register but not in the directory, as far as we know them."""
    keys = {key for person in known for key in person.keys}
    unknown = [accreditation for key, accreditation in register.items() if key not in keys]
    return [
        _Person(
            ((place, _contact_of(accreditation, language)),), frozenset({accreditation.address.key})
        )
        for place, accreditation in enumerate(unknown, start=first_place)
    ]


def _contact_of(accreditation: Accreditation, language: str) -> Contact:
    return Contact(
        id=contact_id(accreditation.address),
        address=accreditation.address,
        last_name=accreditation.name,
        organisation=accreditation.organisation,
        language=language,
    )


def _state(person: _Person, register: Mapping[str, Accreditation]) -> AccreditationState | None:
    """What the person last answered, under whichever address."""
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
    person: _Person,
    rule: AudienceRule,
    state: AccreditationState | None,
    bars: Mapping[str, Sequence[Suppression]],
) -> list[_Candidate]:
    """The person's contacts on the rule's lists; failing that, one whom the register calls."""
    listed = [
        (place, contact)
        for place, contact in person.contacts
        if not contact.lists.isdisjoint(rule.to)
    ]
    if not listed and not _is_called(rule, state):
        return []
    of_the_person = [
        bar
        for key in sorted(person.keys)
        for bar in bars.get(key, ())
        if bar.reason in _OF_THE_PERSON and not yields(bar.reason, rule, state)
    ]
    return [
        _candidate(place, contact, rule, [*of_the_person, *_of_the_address(contact, bars)])
        for place, contact in listed or person.contacts[:1]
    ]


def _is_called(rule: AudienceRule, state: AccreditationState | None) -> bool:
    """Whether the register alone is reason enough to write."""
    if rule.cancels and state in _ANSWERED:
        return True
    return any(state in ONLY[word] for word in rule.only)


def objection(rule: AudienceRule, state: AccreditationState | None) -> ExclusionReason | None:
    """Why somebody with this answer in the register is not meant by `rule`; None: is."""
    if state is not None and any(state in UNLESS[word] for word in rule.unless):
        declined = state is AccreditationState.DECLINED
        return ExclusionReason.DECLINED if declined else ExclusionReason.ACCREDITED
    if rule.only and not any(state in ONLY[word] for word in rule.only):
        return ExclusionReason.NOT_ACCREDITED
    return None


def yields(reason: SuppressionReason, rule: AudienceRule, state: AccreditationState | None) -> bool:
    """Whether a bar gives way: who asked to come is told of the cancellation all the same."""
    return rule.cancels and state in _ANSWERED and reason in _YIELDS_TO_CANCELLATION


def _of_the_address(
    contact: Contact, bars: Mapping[str, Sequence[Suppression]]
) -> Iterator[Suppression]:
    return (b for b in bars.get(contact.address.key, ()) if b.reason not in _OF_THE_PERSON)


def _candidate(
    place: int, contact: Contact, rule: AudienceRule, bars: Sequence[Suppression]
) -> _Candidate:
    """`contact` by its first list that is open, or by its first list with what bars it."""
    lists = [(rank, name) for rank, name in enumerate(rule.to) if name in contact.lists]
    return min(
        (
            _Candidate(place, contact, name, rank, _bar(name, bars))
            for rank, name in lists or [(len(rule.to), EVERYWHERE)]
        ),
        key=_Candidate.preference,
    )


def _bar(list_name: str, bars: Iterable[Suppression]) -> Suppression | None:
    return next((bar for bar in bars if bar.scope in {EVERYWHERE, list_name}), None)


def _verdict(
    chosen: _Candidate,
    rule: AudienceRule,
    state: AccreditationState | None,
    variants: Collection[VariantKey],
    default_language: str,
) -> Recipient | Exclusion:
    """What the chosen contact of a person gets; the first reason against it counts."""
    contact = chosen.contact
    if chosen.bar is not None:
        return Exclusion(contact, ExclusionReason.SUPPRESSED, chosen.bar.reason)
    if reason := objection(rule, state):
        return Exclusion(contact, reason, state or "")
    wanted = (
        VariantKey(chosen.list, contact.language),
        VariantKey(chosen.list, default_language),
        VariantKey("", contact.language),
        VariantKey("", default_language),
    )
    variant = next((key for key in wanted if key in variants), None)
    if variant is None:
        return Exclusion(contact, ExclusionReason.NO_VARIANT, str(wanted[0]))
    return Recipient(contact, variant)
