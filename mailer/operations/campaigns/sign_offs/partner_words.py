"""What stands in the name of one partner in a campaign, which it may sign apart from the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from mailer.operations.campaigns.revisions.differences import text_difference
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailer.model.campaigns.campaign import Partner
    from mailer.model.drafts.draft import Draft
    from mailer.operations.campaigns.revisions.differences import DiffLine


class PartnerPart(StrEnum):
    """What of a campaign stands in the name of a partner."""

    NAME = "name"
    ROLE = "role"
    PAGE = "page"
    MARK = "mark"
    TIER = "tier"
    TRANSLATION = "translation"
    CONTACT = "contact"
    PASSAGE = "passage"


class PartnerWord(NamedTuple):
    """One of these parts, in lines; `language` is empty where it is the same in every language."""

    part: PartnerPart
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerWords:
    """All of them, each once, however many texts say it and whenever they leave."""

    words: tuple[PartnerWord, ...]

    @property
    def content(self) -> bytes:
        """The words as they are kept, by which two states of them are the same or are not."""
        return json.dumps(self.words, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def fingerprint(self) -> str:
        """The SHA-256 (hex) that a partner signs."""
        return sha256(self.content).hexdigest()

    @property
    def passages(self) -> tuple[PartnerWord, ...]:
        return tuple(each for each in self.words if each.part is PartnerPart.PASSAGE)


def partner_words(partner: Partner, draft: Draft) -> PartnerWords:
    """Return what stands in the name of a partner in this draft."""
    return PartnerWords(tuple(dict.fromkeys(_words(partner, draft))))


def words_of(content: bytes) -> PartnerWords:
    """Return the words that were kept."""
    return PartnerWords(
        tuple(
            PartnerWord(PartnerPart(part), language, tuple(lines))
            for part, language, lines in json.loads(content)
        )
    )


def words_changed(
    before: PartnerWords, now: PartnerWords, *, say: Callable[[Text], str]
) -> tuple[DiffLine, ...]:
    """Return the lines that differ, each part below its name."""
    return text_difference(_as_text(before, say), _as_text(now, say))


def _words(partner: Partner, draft: Draft) -> Iterator[PartnerWord]:
    campaign = draft.campaign
    logo = campaign.files.get(partner.logo)
    mark = f"{partner.logo} ({sha256(logo).hexdigest()[:12]})" if logo else partner.logo
    facts = (
        (PartnerPart.NAME, partner.name),
        (PartnerPart.ROLE, partner.role),
        (PartnerPart.PAGE, partner.url),
        (PartnerPart.MARK, mark),
        (PartnerPart.TIER, str(partner.tier)),
    )
    yield from (PartnerWord(part, "", (text,)) for part, text in facts if text)
    for language, words in sorted(partner.translations.items()):
        yield PartnerWord(PartnerPart.TRANSLATION, language, tuple(map(": ".join, words.items())))
    for each in campaign.press_contacts:
        if each.organisation.casefold() == partner.name.casefold():
            address = str(each.address or "")
            shown = (each.name, each.role, address, each.phone, each.mobile)
            yield PartnerWord(PartnerPart.CONTACT, "", tuple(filter(None, shown)))
    for planned in draft.plan:
        for variant in sorted(planned.step.contents):
            message = draft.messages.get((planned.step.id, variant))
            for passage in message.passages if message else ():
                if passage.partner == partner.name:
                    yield PartnerWord(PartnerPart.PASSAGE, passage.language, passage.pieces)


def _as_text(words: PartnerWords, say: Callable[[Text], str]) -> str:
    return "\n".join(
        line
        for each in words.words
        for line in (
            f"{say(PART_NAMES[each.part])}{f' ({each.language})' if each.language else ''}",
            *each.lines,
        )
    )


PART_NAMES: dict[PartnerPart, Text] = {
    PartnerPart.NAME: _("Name"),
    PartnerPart.ROLE: _("Role"),
    PartnerPart.PAGE: _("Page"),
    PartnerPart.MARK: _("Logo"),
    PartnerPart.TIER: _("Stands among"),
    PartnerPart.TRANSLATION: _("In another language"),
    PartnerPart.CONTACT: _("Press contact"),
    PartnerPart.PASSAGE: _("Passage"),
}
