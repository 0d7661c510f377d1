"""Facts that were read in a document and are proposed to the author, to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from mailer.model.campaigns.campaign import CampaignKind

FactPath = tuple[str | int, ...]
"""Where a value stands in `campaign.toml`: `("press_contacts", 0, "name")`."""


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """A value for a key of `campaign.toml`, and the words of the document that say it."""

    path: FactPath
    value: str | bool | date | tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class CompetingWords:
    """What a document says in two ways, or not for sure, of one fact, which is therefore not
    proposed.
    """

    path: FactPath
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecognisedDocument:
    """What a document says outright, and its text without what the page writes by itself."""

    language: str = ""
    kind: CampaignKind | None = None
    facts: tuple[ProposedFact, ...] = ()
    text: str = ""
    taken_out: tuple[str, ...] = ()
    """The lines and sentences that are not in `text` any more, as they stood."""
    original: str = ""
    deadline_day: date | None = None
    """The last day to ask for accreditation. Without an hour it is no fact of `campaign.toml`."""

    undecided: tuple[CompetingWords, ...] = ()

    def value(self, *path: str | int) -> str | bool | date | tuple[str, ...] | None:
        """Return the value that is proposed at a path; None when there is none."""
        return next((fact.value for fact in self.facts if fact.path == path), None)
