"""Who reads an amendment: those who hold something of the campaign, and which version of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from mailer.model.campaigns.campaign import ACCREDITED_READERS
from mailer.selection.rules import LET_IN, includes_by_state

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mailer.model.accreditations.accreditation import AccreditationState
    from mailer.model.mailings.amendment import Holder
    from mailer.model.mailings.mailing import AudienceRule

NO_HOLDERS: Mapping[str, Holder] = MappingProxyType({})
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one rule. `holders` are by address key; others than of a rule for readers
    are not asked.
    """

    rule: AudienceRule
    holders: Mapping[str, Holder]

    def include(self, keys: Collection[str], state: AccreditationState | None) -> bool:
        """Return whether the rule may reach a person with these address keys."""
        if not self.rule.is_for_readers or any(key in self.holders for key in keys):
            return True
        # Who asked to come by telephone holds nothing, and must learn it most of all.
        return self.rule.informed and includes_by_state(self.rule, state)

    def suffixes(self, keys: Collection[str], state: AccreditationState | None) -> tuple[str, ...]:
        """Return the suffixes of the variants for a person, the closest first (`@2-accredited`)."""
        if not self.rule.informed:
            return ("",)
        version = max(
            (self.holders[key].version for key in keys if key in self.holders),
            default=FIRST_VERSION,
        )
        return reader_suffixes(version, is_accredited=state in LET_IN)


def reader_suffixes(version: int, *, is_accredited: bool) -> tuple[str, ...]:
    """Return the suffixes of the variants for somebody who holds a version, the closest first."""
    versions = (str(version), "") if version > FIRST_VERSION else ("",)
    accredited = [reader_suffix(each, ACCREDITED_READERS) for each in versions if is_accredited]
    return (*accredited, *(reader_suffix(each) for each in versions))


def reader_suffix(*words: str) -> str:
    """Return the suffix of a variant: `@` and its words, or nothing without a word."""
    known = "-".join(word for word in words if word)
    return f"@{known}" if known else ""
