"""The audience of a step: who receives it, and why the others do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple

from mailer.model.contacts.contact import AnyContact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.address import Address
    from mailer.model.campaigns.campaign import VariantKey
    from mailer.model.contacts.contact import ContactId


class ExclusionReason(StrEnum):
    """Why a contact on the step's lists does not receive it."""

    SUPPRESSED = "suppressed"
    ACCREDITED = "accredited"
    DECLINED = "declined"
    NOT_ACCREDITED = "not-accredited"
    SAME_PERSON = "same-person"
    NO_VARIANT = "no-variant"
    OTHER_OUTLET = "other-outlet"
    OTHER_BEAT = "other-beat"
    OTHER_REGION = "other-region"
    OTHER_MEDIA = "other-media"
    OTHER_LANGUAGE = "other-language"
    EXCLUDED_LIST = "excluded-list"
    NOT_RECEIVED = "not-received"
    HAS_RECEIVED = "has-received"
    OFTEN_CONTACTED = "often-contacted"
    PERHAPS_ANSWERED = "perhaps-answered"
    """Somebody like them answered from an address that nobody has; a person must decide."""


class Recipient(NamedTuple, Generic[AnyContact]):
    """One person of an audience, with the variant that person receives.

    A named tuple, like `Exclusion`, because a draft may have 400,000: frozen dataclasses take
    twice as long to make.
    """

    contact: AnyContact
    variant: VariantKey


class Exclusion(NamedTuple, Generic[AnyContact]):
    """One person who does not receive the step. `detail` refines the reason (opt-out, dead …)."""

    contact: AnyContact
    reason: ExclusionReason
    detail: str = ""


@dataclass(frozen=True)
class Audience(Generic[AnyContact]):
    """The resolved audience. Nobody occurs twice, within one tuple or across both.

    What checks and pages ask of it is worked out once, because pages keep large audiences.
    """

    recipients: tuple[Recipient[AnyContact], ...]
    exclusions: tuple[Exclusion[AnyContact], ...]

    @cached_property
    def contact_ids(self) -> frozenset[ContactId]:
        """The ids of the recipients."""
        return frozenset(each.contact.id for each in self.recipients)

    @cached_property
    def readers_by_variant(self) -> Mapping[VariantKey, Sequence[Recipient[AnyContact]]]:
        """The recipients of each variant that somebody receives."""
        found: defaultdict[VariantKey, list[Recipient[AnyContact]]] = defaultdict(list)
        for recipient in self.recipients:
            found[recipient.variant].append(recipient)
        return dict(found)

    @cached_property
    def exclusions_by_reason(self) -> Mapping[ExclusionReason, Sequence[Exclusion[AnyContact]]]:
        """The exclusions for each reason that somebody is left out for."""
        found: defaultdict[ExclusionReason, list[Exclusion[AnyContact]]] = defaultdict(list)
        for exclusion in self.exclusions:
            found[exclusion.reason].append(exclusion)
        return dict(found)

    @cached_property
    def excluded_count(self) -> Counter[ExclusionReason]:
        """How many are left out for each reason."""
        return Counter({reason: len(each) for reason, each in self.exclusions_by_reason.items()})

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists that somebody is on who receives the step, or is left out."""
        # Contacts on the same lists mostly share one set.
        found = set(self.readers_by_lists)
        found |= {each.contact.lists for each in self.exclusions}
        return frozenset().union(*found)

    @cached_property
    def readers_by_lists(self) -> Counter[frozenset[str]]:
        """How many recipients are on exactly these lists."""
        return Counter(each.contact.lists for each in self.recipients)

    @cached_property
    def languages_without_version(self) -> Mapping[str, int]:
        """How many recipients read another language than that of their version, by language."""
        return Counter(
            each.contact.language
            for each in self.recipients
            if each.contact.language and each.contact.language != each.variant.language
        )

    @cached_property
    def longest_names(self) -> Mapping[VariantKey, int]:
        """The bytes of the longest name, or address where there is none, of each variant's readers."""
        return {
            variant: max(
                len(f"{each.contact.name or each.contact.address}".encode()) for each in readers
            )
            for variant, readers in self.readers_by_variant.items()
        }

    @cached_property
    def domains(self) -> Counter[str]:
        """How many recipients have an address at each domain."""
        # Of the key, because a summary builds its address again each time.
        return Counter(each.contact.key.rpartition("@")[2] for each in self.recipients)

    @cached_property
    def beyond_ascii(self) -> frozenset[Address]:
        """The addresses with letters beyond ASCII, which not every provider takes."""
        # Of the key, as above. Domains are A-labels, and no letter beyond ASCII that is in NFC
        # becomes one of ASCII in the key.
        return frozenset(
            each.contact.address for each in self.recipients if not each.contact.key.isascii()
        )

    @cached_property
    def representatives(self) -> Mapping[VariantKey, Sequence[Recipient[AnyContact]]]:
        """For each variant, the readers with the median, the longest and the shortest name."""
        return {
            variant: _representatives(readers)
            for variant, readers in self.readers_by_variant.items()
        }


class ComeAndGone(NamedTuple):
    """The contacts who are in an audience and were not before, and the reverse."""

    come: frozenset[ContactId]
    gone: frozenset[ContactId]


@lru_cache(maxsize=8)  # pages keep both sets, and compare the same two at each look
def come_and_gone(before: frozenset[ContactId], now: frozenset[ContactId]) -> ComeAndGone:
    """Return how the people of now differ from those of before."""
    return ComeAndGone(now - before, before - now)


def _representatives(
    readers: Sequence[Recipient[AnyContact]],
) -> Sequence[Recipient[AnyContact]]:
    ordered = sorted(readers, key=lambda each: len(each.contact.name))
    chosen = (ordered[len(ordered) // 2], ordered[-1], ordered[0])
    return tuple({each.contact.id: each for each in chosen}.values())
