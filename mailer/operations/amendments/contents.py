"""Write the texts of an amendment, one for each kind of reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.languages import language_of
from mailer.model.campaigns.campaign import ACCREDITED_READERS, Content, VariantKey
from mailer.model.mailings.amendment import KIT, THANKS, AmendmentKind
from mailer.selection import reader_suffix
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailer.languages.amendment_words import AmendmentText, AmendmentTexts
    from mailer.model.campaigns.campaign import Campaign

_HEADLINE = re.compile(r"(?m)\A# ")


@dataclass(frozen=True, slots=True)
class Telling:
    """What the texts of one amendment depend on.

    `announcement` are the texts of the step that is corrected, by variant; a correction and a
    move repeat them in their new state. `lists` have texts of their own there. `versions` are
    those that people may hold, the oldest first; its text is also for those who hold none.
    """

    kind: AmendmentKind
    note: str
    announcement: Mapping[VariantKey, Content]
    lists: tuple[str, ...]
    versions: tuple[int, ...]
    has_calendar: bool
    has_published_entry: bool
    has_accredited: bool


def telling_contents(campaign: Campaign, telling: Telling) -> dict[VariantKey, Content]:
    """Return the texts of the step that tells an amendment, by variant.

    Readers are told apart by the version they hold, by their accreditation, and by list where the
    announcement has a text for the list. Languages without texts of their own are left out: their
    readers get the campaign's.
    """
    found = {}
    for language in _languages(campaign, telling):
        texts = _texts_of(language)
        for variant in _variants(telling, language):
            found[variant] = _content(campaign, telling, texts, variant)
    return found


def follow_up_contents(campaign: Campaign, note: str, *, came: bool) -> dict[VariantKey, Content]:
    """Return the thanks to those who came, or the kit for those who did not, by variant."""
    texts = _texts_of(campaign.language)
    text = texts.thanks if came else texts.kit
    parts = (texts.salutation, f"# {text.headline}", text.opening, note)
    key = VariantKey("", campaign.language)
    return {key: _joined(text, parts, name=THANKS if came else KIT)}


def _texts_of(language: str) -> AmendmentTexts:
    texts = language_of(language).amendment_texts
    if texts is None:
        raise ContentError(
            Problem(
                Place("campaign.toml", key="language"),
                _("There is no text for this in the language “{language}”.", language=language),
                _("Write a campaign of its own for it."),
            )
        )
    return texts


def _languages(campaign: Campaign, telling: Telling) -> Iterable[str]:
    others = {key.language for key in telling.announcement} - {campaign.language}
    known = sorted(each for each in others if language_of(each).amendment_texts is not None)
    return (campaign.language, *known)


def _variants(telling: Telling, language: str) -> Iterator[VariantKey]:
    for version in telling.versions:
        held = "" if version == telling.versions[0] else str(version)
        yield VariantKey(reader_suffix(held), language)
        for name in telling.lists:
            yield VariantKey(name + reader_suffix(held), language)
        if telling.has_accredited:
            yield VariantKey(reader_suffix(held, ACCREDITED_READERS), language)


def _content(
    campaign: Campaign, telling: Telling, texts: AmendmentTexts, variant: VariantKey
) -> Content:
    text: AmendmentText = getattr(texts, telling.kind.value)
    is_accredited = variant.is_for_accredited
    entry = ""
    if telling.has_calendar and is_accredited:
        entry = text.accredited_entry
    elif telling.has_published_entry:
        entry = text.entry
    parts = (
        texts.salutation if is_accredited else "",
        f"# {text.headline}",
        # One paragraph: the first is the lead, above the tables.
        f"{text.opening} {text.accredited if is_accredited else ''}".strip(),
        telling.note,
        entry,
    )
    own = _joined(text, parts, name=telling.kind.value)
    again = None if is_accredited else _announced_again(campaign, telling, variant)
    return _followed_by(own, again) if again else own


def _followed_by(own: Content, again: Content) -> Content:
    """Return our sentences with a text of the campaign below them. Its lines keep the numbers that
    they have in its file, where it is corrected; ours stand before the first one.
    """
    above = own.text + "\n"
    body = again.text.lstrip()
    blank = again.text[: len(again.text) - len(body)].count("\n")
    return replace(
        own,
        file=again.file,
        heading=own.file,
        # The headline goes down one level, because a message has one.
        text=above + _HEADLINE.sub("## ", body).rstrip() + "\n",
        line=again.line + blank - above.count("\n"),
    )


def _announced_again(campaign: Campaign, telling: Telling, variant: VariantKey) -> Content | None:
    """Return the text of the announcement, in its new state, that goes below the correction."""
    if telling.kind is AmendmentKind.CANCELLATION:
        return None
    wanted = (
        VariantKey(variant.named_list, variant.language),
        VariantKey("", variant.language),
        VariantKey(variant.named_list, campaign.language),
        VariantKey("", campaign.language),
    )
    texts = (telling.announcement[key] for key in wanted if key in telling.announcement)
    return next(texts, None)


def _joined(text: AmendmentText, parts: Iterable[str], *, name: str) -> Content:
    return Content(
        file=f"{name}.md",
        text="\n\n".join(part for part in parts if part) + "\n",
        subject=text.subject,
        preheader=text.preheader,
    )
