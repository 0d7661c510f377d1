"""Split the texts of a draft into passages of prose, each with its place.

Checks read the author's own files, so that a finding has a line to go to. Values that a text
takes from `campaign.toml` (`{{ event.date }}`) are blanked, because they are always right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.places import place_of, step_key
from mailer.errors import Place
from mailer.languages.typography import with_typography
from mailer.model.drafts.fix import Fix
from mailer.render.jinja_expressions import EXPRESSION, PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.campaigns.campaign import Campaign, Content, VariantKey
    from mailer.model.drafts.draft import Draft, PlannedStep

ARTICLE = r"(?i:the|an?|les?|la|l[’']|une?|des|du|aux?)"
"""A word before a name that is no part of it."""
BLANK = "\ue000"
"""A private-use code point that replaces each character that is not the author's prose."""

_NOT_PROSE = re.compile(
    rf"{PATTERN}"
    r"|`[^`\n]*`"  # code
    r"|(?<=\])\([^()\n]*\)"  # the target of a link
    r"|(?:https?://|www\.|mailto:)[^\s<>]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.DOTALL,
)
_MAX_SENTENCE_LENGTH = 1000  # characters to either side; anything longer is not a sentence


class PassagePart(StrEnum):
    """The part of a message that a passage belongs to. FACT means a value of `campaign.toml`."""

    SUBJECT = "subject"
    PREHEADER = "preheader"
    TEXT = "text"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of prose. `text` is `source` with everything that is not prose blanked."""

    part: PassagePart
    source: str
    language: str
    place: Place
    planned: PlannedStep | None = None
    typography: str = ""
    """The tag of the language whose typographic rules the message gives it; empty for none."""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", _prose(self.source))

    def at(self, position: int) -> Place:
        """Return the place of the character at `position`."""
        line = self.place.line and self.place.line + self.text.count("\n", 0, position)
        return Place(self.place.file, line, key=self.place.key)

    def fix(self, start: int, end: int, new: str) -> Fix | None:
        """Return the fix that replaces the characters from `start` to `end`.

        A subject, or a value of `campaign.toml`, stands somewhere in its line; there is no fix
        when the line is not known.
        """
        place, old = self.at(start), self.source[start:end]
        if not place.line:
            return None
        is_whole = self.part is PassagePart.TEXT
        column = start - (self.source.rfind("\n", 0, start) + 1) if is_whole else None
        return Fix(place.line, old, new, column)

    def as_set(self) -> Passage:
        """Return the passage with the typography that the message gives it."""
        return replace(self, source=with_typography(self.source, self.typography))

    def sentence_at(self, position: int) -> str:
        """Return the sentence around `position`, as context for a word."""
        first, last = max(0, position - _MAX_SENTENCE_LENGTH), position + _MAX_SENTENCE_LENGTH
        starts = [self.text.rfind(end, first, position) + 1 for end in (". ", "! ", "? ", "\n\n")]
        ends = [self.text.find(end, position, last) for end in (". ", ".\n", "! ", "? ", "\n\n")]
        return self.text[max(first, *starts) : min((e for e in ends if e >= 0), default=last)]


def without_jinja(text: str) -> str:
    """Return `text` with Jinja expressions blanked. Its length and lines stay the same."""
    return EXPRESSION.sub(_blanks, text)


def passages(draft: Draft) -> Iterator[Passage]:
    """Yield the subject, preheader and text of every version, then the values of the campaign."""
    for planned in draft.plan:
        for variant, content in planned.step.contents.items():
            yield from _of_content(draft.campaign, planned, variant, content)
    yield from _facts(draft.campaign)


def messages(draft: Draft) -> Iterator[Passage]:
    """Yield the passages of the messages, without the values of `campaign.toml`."""
    return (passage for passage in passages(draft) if passage.part is not PassagePart.FACT)


def _of_content(
    campaign: Campaign, planned: PlannedStep, variant: VariantKey, content: Content
) -> Iterator[Passage]:
    for part, text, place in (
        (PassagePart.SUBJECT, content.subject or planned.step.subject, "subject"),
        (PassagePart.PREHEADER, content.preheader or planned.step.preheader, "preheader"),
    ):
        yield Passage(
            part,
            text,
            variant.language,
            line_place(campaign, planned, content, place),
            planned,
            campaign.typography_of(variant.language),
        )
    yield Passage(
        PassagePart.TEXT,
        content.text,
        variant.language,
        Place(content.file, content.line),
        planned,
        campaign.typography_of(variant.language),
    )


def line_place(campaign: Campaign, planned: PlannedStep, content: Content, key: str) -> Place:
    """Return where the subject or preheader of a version is written.

    It is either at the head of its text file, or in the step.
    """
    if getattr(content, key):
        file = content.heading_file
        return Place(file, campaign.lines.get(f"{file}:{key}", 1), key=key)
    return place_of(campaign, step_key(campaign, planned.step, key))


def _facts(campaign: Campaign) -> Iterator[Passage]:
    for key, text in fact_texts(campaign):
        yield Passage(
            PassagePart.FACT,
            text,
            campaign.language,
            place_of(campaign, key),
            typography=campaign.typography_of(campaign.language),
        )


def fact_texts(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Yield the key and text of each value of `campaign.toml` that a message may show."""
    yield "title", campaign.title
    yield "place", campaign.place
    if event := campaign.event:
        for field in ("name", "theme", "venue", "address", "access"):
            yield f"event.{field}", getattr(event, field)
    for index, contact in enumerate(campaign.press_contacts):
        for field in ("name", "role", "organisation", "phone"):
            yield f"press_contacts.{index}.{field}", getattr(contact, field)
    for index, partner in enumerate(campaign.partners):
        yield f"partners.{index}.name", partner.name
        yield f"partners.{index}.role", partner.role
    for index, link in enumerate(campaign.links):
        yield f"links.{index}.label", link.label


@lru_cache(maxsize=512)  # every check reads the same texts
def _prose(source: str) -> str:
    return _NOT_PROSE.sub(_blanks, source)


def _blanks(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", BLANK, found[0])
