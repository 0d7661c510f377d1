"""Does everything in a text agree with its embargo?"""

import re
from collections.abc import Sequence
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, note, warning
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.embargo_moments import EmbargoInText, embargoes, freed
from mailer.checks.reading.times.embargoes import embargo_at
from mailer.languages import LANGUAGES

WHY = _("Who reads that it is free publishes, and who reads that it is not waits.")
SOURCE = sources.PRACTICE

_OPENS = re.compile("|".join(f"(?i:{it.release.opens_to_all})" for it in LANGUAGES if it.release))
_SAVE = matches(in_any_language(lambda phrases: f"{phrases.press}|{phrases.embargo}"))
"""Words of a sentence about those who know before, or about the embargo itself."""


def check(draft: Draft) -> Findings:
    """Yield a warning for a second day or hour of an embargo, and for words that let everybody
    publish a text under embargo at once.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        near = passage.planned.local.date() if passage.planned else draft.now.date()
        every = tuple(embargoes(passage, near))
        yield from _told_otherwise(passage, every)
        yield from _open_before(passage, every, near)
        at = embargo_at(passage.text)
        if at is None and every:
            at = every[0].start
        own = passage.sentence_at(at) if at is not None else _of_campaign(draft, passage)
        for words, start in freed(passage) if own else ():
            yield warning(
                passage.at(start),
                what=_(
                    "“{words}” stands beside an embargo: “{other}”",
                    words=words,
                    other=" ".join(own.split()),
                ),
                why=WHY,
                remedy=_("Say one embargo with one day and one hour, or none."),
            )


def _told_otherwise(passage: Passage, every: Sequence[EmbargoInText]) -> Findings:
    for told in every[1:]:
        first = every[0]
        are_hours = first.hours and told.hours and not first.hours & told.hours
        if told.day != first.day or are_hours:
            yield warning(
                passage.at(told.start),
                what=_(
                    "“{words}” here, and “{other}” above: until when is the embargo?",
                    words=told.words,
                    other=first.words,
                ),
                why=WHY,
                remedy=_("Say one embargo with one day and one hour, or none."),
            )


def _open_before(passage: Passage, every: Sequence[EmbargoInText], near: date) -> Findings:
    """Yield a note for a day on which all may see what is under embargo until a later day."""
    if not every:
        return
    told = every[0]
    for mention in mentions(passage.text, passage.language):
        sentence = passage.sentence_at(mention.start)
        day = mention.near(near)
        if (
            day
            and near <= day < told.day
            and _OPENS.search(sentence)
            and not _SAVE.search(sentence)
        ):
            yield note(
                passage.at(mention.start),
                what=_(
                    "“{words}”, and the embargo ends after it: “{other}”",
                    words=mention.words,
                    other=told.words,
                ),
                why=WHY,
                remedy=_("Say one embargo with one day and one hour, or none."),
            )
            return


def _of_campaign(draft: Draft, passage: Passage) -> str:
    """Return the label of the campaign’s embargo while it lasts, as a text under it has it."""
    embargo, planned = draft.campaign.embargo, passage.planned
    if embargo is None or planned is None or planned.due_at >= embargo.until:
        return ""
    return f"embargo {embargo.until:%Y-%m-%d %H:%M}"
