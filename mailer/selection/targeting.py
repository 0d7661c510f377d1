"""Whom the target of a rule leaves out among the people of its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.model.audience import ExclusionReason
from mailer.model.contact import Contact
from mailer.model.person import name_key
from mailer.model.target import EVERYBODY, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailer.model.contact import Addressee, ContactId

_PARTS = re.compile(r"[,;/|]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
"""Letters that another keyboard does not have."""


class Traits(NamedTuple):
    """What a target asks of a contact beside lists and language."""

    organisation: str = ""
    beat: str = ""
    region: str = ""
    media: str = ""


class LeftOut(NamedTuple):
    """Why a target leaves somebody out."""

    reason: ExclusionReason
    detail: str


@dataclass(frozen=True, slots=True)
class Targeting:
    """A target, and what is known of the people that it speaks of.

    `traits` is needed for summaries of contacts only. `received` are those who received one of the
    steps that the target asks for; `not_received` gives, for those who received a step that it
    excludes, the step; `often` counts the mailings of the last days for those who had too many.
    """

    target: Target = EVERYBODY
    traits: Mapping[ContactId, Traits] = field(default_factory=dict)
    received: frozenset[ContactId] = frozenset()
    not_received: Mapping[ContactId, str] = field(default_factory=dict)
    often: Mapping[ContactId, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.target == EVERYBODY

    def of_contact(self, contact: Addressee) -> LeftOut | None:
        """Return why this contact is not meant; its person may be by another contact."""
        target, traits = self.target, self._traits(contact)
        asked = (
            (target.languages, contact.language, ExclusionReason.OTHER_LANGUAGE),
            (target.outlets, traits.organisation, ExclusionReason.OTHER_OUTLET),
            (target.beats, traits.beat, ExclusionReason.OTHER_BEAT),
            (target.regions, traits.region, ExclusionReason.OTHER_REGION),
            (target.media, traits.media, ExclusionReason.OTHER_MEDIA),
        )
        for wanted, value, reason in asked:
            if wanted and not matches(wanted, value):
                return LeftOut(reason, value)
        return None

    def of_person(self, contacts: Iterable[Addressee]) -> LeftOut | None:
        """Return why the person with these contacts is left out, under whichever of them."""
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

    def _traits(self, contact: Addressee) -> Traits:
        return traits_of(contact) or self.traits.get(contact.id, Traits())


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
