"""Do the texts avoid words such as “tomorrow”, which may be read a day later?"""

import re
from collections.abc import Sequence
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Finding, Findings, Severity, _, finding
from mailer.checks.reading.texts.prose import Passage, messages
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.texts.words import known_words, words
from mailer.checks.reading.times.dates import Mention, mentions
from mailer.languages import language_of
from mailer.model.campaigns.campaign import FixedTime
from mailer.render.facts.dates import day_in_words
from mailer.render.markdown.press_blocks.words import folded

WHY = _("The message is opened on another day, forwarded and kept: the date must hold.")
SOURCE = sources.STANDARD_OF_THE_DESK


_REACH = 30
_FEWEST_BEFORE = 2
"""How many words stand before a weekday that is not the head of a line."""


def check(draft: Draft) -> Findings:
    """Yield a warning for each relative date, such as “tomorrow”, that may be read too late; a
    note for the bare name of a weekday.

    It is allowed in a quotation, and in a message that leaves so many days before the event; where
    the day on which it leaves is fixed, it is noted.
    """
    event = draft.campaign.event
    event_day = event.starts_at.date() if event and event.starts_at else None
    for passage in messages(draft):
        patterns = language_of(passage.language).date_patterns
        for kind in patterns.relative if patterns else ():
            for found in re.finditer(kind.pattern, without_quotations(passage.text)):
                is_right = kind.days_ahead is not None and kind.days_ahead == _days_ahead(
                    passage, event_day
                )
                moves_along = passage.planned and not isinstance(
                    passage.planned.step.send, FixedTime
                )
                is_meant = _is_beside(kind.beside, passage, found.start())
                if kind.may_be_usual and not is_meant:
                    is_meant = _is_one_day(passage, found)
                if (is_right and moves_along) or not is_meant:
                    continue
                if not _is_with_full_date(passage, found):
                    is_minor = is_right or kind.may_be_usual
                    severity = Severity.NOTE if is_minor else Severity.WARNING
                    yield _finding(passage, found, event_day, severity)


def _is_beside(words: str, passage: Passage, position: int) -> bool:
    return not words or re.search(words, passage.sentence_at(position)) is not None


def _is_one_day(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether a weekday within a sentence is one day, which the text dates nowhere: neither
    the day of a timetable, nor one on which something is usual, nor part of a name.
    """
    text, weekday = passage.text, folded(found[0])
    line = text.rfind("\n", 0, found.start()) + 1
    before = words(text[max(line, found.start() - _REACH) : found.start()])
    behind = words(text[found.end() : found.end() + _REACH])
    if len(before) < _FEWEST_BEFORE or before[-1].folded in known_words("articles"):
        return False
    said = words(passage.sentence_at(found.start()))
    if {it.folded for it in said} & known_words("usual"):
        return False
    is_before_noun = behind and text[found.end() : found.end() + 1].isspace()
    if is_before_noun and behind[0].folded not in known_words("behind_day"):
        return False
    return not any(weekday in folded(text[it.start : it.end]) for it in _dated(passage))


def _dated(passage: Passage) -> Sequence[Mention]:
    return mentions(passage.text, passage.language)


def _is_with_full_date(passage: Passage, found: re.Match[str]) -> bool:
    """Return whether the words stand in a date with its year, or whose weekday says which year it
    is: `ce mardi 5 mai 2026`.
    """
    day = passage.planned.local.date() if passage.planned else None
    return any(
        (mention.year or _is_sure(mention, day))
        and mention.start <= found.end() + 1
        and found.start() - 1 <= mention.end
        for mention in mentions(passage.text, passage.language)
    )


def _is_sure(mention: Mention, day: date | None) -> bool:
    near = mention.near(day) if day else None
    return near is not None and near.weekday() == mention.weekday


def _days_ahead(passage: Passage, event_day: date | None) -> int | None:
    if event_day is None or passage.planned is None:
        return None
    return (event_day - passage.planned.local.date()).days


def _finding(
    passage: Passage, found: re.Match[str], event_day: date | None, severity: Severity
) -> Finding:
    absolute = day_in_words(event_day, passage.language) if event_day else None
    return finding(
        severity,
        passage.at(found.start()),
        what=_(
            "“{words}” depends on the day one reads it.",
            words=" ".join(found[0].split()).rstrip("\ue000 "),
        ),
        why=WHY,
        remedy=_("Write the date in full: {day}, or {fact}.", day=absolute, fact="{{ event.date }}")
        if absolute
        else _("Write the date in full, with its year."),
    )
