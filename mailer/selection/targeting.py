"""Whom the target of a rule leaves out among the people of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.campaigns.audience import ExclusionReason
from mailer.model.campaigns.target import EVERYBODY, Target
from mailer.model.contacts.contact import Contact
from mailer.model.team.person import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.model.contacts.contact import Addressee, ContactId

_PARTS = re.compile(r"[,;/|]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
"""Letters that another keyboard does not have."""


class Traits(NamedTuple):
    """What a target asks of a contact beside lists and language, as the ledger returns it too."""

    organisation: str = ""
    beat: str = ""
    region: str = ""
    media: str = ""


_NO_TRAITS = Traits()


class LeftOut(NamedTuple):
    """Why a target leaves somebody out."""

    reason: ExclusionReason
    detail: str


@dataclass(frozen=True, slots=True)
class _TargetCondition:
    """One condition of a target, with what was decided about each value: people share few."""

    position: int
    """Of the value among the language and the traits of a contact."""
    wanted: tuple[str, ...]
    reason: ExclusionReason
    decided: dict[str, LeftOut | None] = field(default_factory=dict)

    def left_out(self, value: str) -> LeftOut | None:
        if value not in self.decided:
            is_meant = matches(self.wanted, value)
            self.decided[value] = None if is_meant else LeftOut(self.reason, value)
        return self.decided[value]


def _conditions_of(target: Target) -> Iterator[_TargetCondition]:
    """Yield the conditions that are given, in the order of the language and the traits."""
    asked = (
        (target.languages, ExclusionReason.OTHER_LANGUAGE),
        (target.outlets, ExclusionReason.OTHER_OUTLET),
        (target.beats, ExclusionReason.OTHER_BEAT),
        (target.regions, ExclusionReason.OTHER_REGION),
        (target.media, ExclusionReason.OTHER_MEDIA),
    )
    for position, (wanted, reason) in enumerate(asked):
        if wanted:
            yield _TargetCondition(position, wanted, reason)


@dataclass(frozen=True, slots=True)
class Targeting:
    """A target, and what is known of the people that it speaks of.

    `traits`, in the order of `Traits`, is needed for summaries of contacts only. `received` are
    those who received one of the steps that the target asks for; `not_received` gives, for those
    who received a step that it excludes, the step; `often` counts the mailings of the last days for
    those who had too many.
    """

    target: Target = EVERYBODY
    traits: Mapping[ContactId, tuple[str, str, str, str]] = field(default_factory=dict)
    received: frozenset[ContactId] = frozenset()
    not_received: Mapping[ContactId, str] = field(default_factory=dict)
    often: Mapping[ContactId, int] = field(default_factory=dict)
    _conditions: tuple[_TargetCondition, ...] = field(init=False, repr=False, compare=False)
    is_empty: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Worked out once: a hundred thousand people are asked about, and a dataclass is slow to
        # compare.
        object.__setattr__(self, "_conditions", tuple(_conditions_of(self.target)))
        object.__setattr__(self, "is_empty", self.target == EVERYBODY)

    def of_contact(self, contact: Addressee) -> LeftOut | None:
        """Return why this contact is not meant; its person may be by another contact."""
        traits = traits_of(contact) or self.traits.get(contact.id, _NO_TRAITS)
        values = (contact.language, *traits)
        for condition in self._conditions:
            if (found := condition.left_out(values[condition.position])) is not None:
                return found
        return None

    def of_person(self, contacts: Iterable[Addressee]) -> LeftOut | None:
        """Return why the person with these contacts is left out, under whichever of them."""
        if not self._asks_for_person:
            return None
        contacts = tuple(contacts)
        ids = [contact.id for contact in contacts]
        for name in self.target.exclude:
            if any(name in contact.lists for contact in contacts):
                return LeftOut(ExclusionReason.EXCLUDED_LIST, name)
        if self.target.received and self.received.isdisjoint(ids):
            return LeftOut(ExclusionReason.NOT_RECEIVED, ", ".join(self.target.received))
        for each in ids:
            if each in self.not_received:
                return LeftOut(ExclusionReason.HAS_RECEIVED, self.not_received[each])
        count = sum(self.often.get(each, 0) for each in ids)
        limit = self.target.most_per_week
        if limit and count >= limit:
            return LeftOut(ExclusionReason.OFTEN_CONTACTED, str(count))
        return None

    @property
    def _asks_for_person(self) -> bool:
        return bool(self.target.exclude) or self.target.asks_for_history


NO_TARGETING = Targeting()


def traits_of(contact: Addressee) -> Traits | None:
    """Return the traits of a whole contact; a summary does not have them."""
    if not isinstance(contact, Contact):
        return None
    return Traits(contact.organisation, contact.beat, contact.region, contact.media)


def matches(wanted: tuple[str, ...], value: str) -> bool:
    """Return whether one of the words, or of the parts of a list of words, is wanted."""
    return not _keys(wanted).isdisjoint(parts_of(value))


@lru_cache(maxsize=4096)  # a directory of thousands has few beats, regions and outlets
def parts_of(value: str) -> frozenset[str]:
    """Return the parts of `santé, sciences` as they are compared, and the whole."""
    return frozenset(filter(None, map(_key, (value, *_PARTS.split(value)))))


@lru_cache(maxsize=256)
def _keys(wanted: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_key, wanted))


def _key(text: str) -> str:
    return name_key(text.translate(_LIGATURES))
