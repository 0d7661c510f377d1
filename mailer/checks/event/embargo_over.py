"""Does the embargo end after the day on which the text is dated?"""

import re
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import Mention, mentions
from mailer.checks.reading.times.embargoes import is_laid
from mailer.render.facts.dates import day_in_words

WHY = _("An embargo that is over when it arrives is taken for a slip: which of the days is right?")
SOURCE = sources.PRACTICE

_EMBARGO = re.compile(rf"\b{in_any_language(lambda phrases: phrases.embargo)}\b")
_HEAD_LINES = 20
"""The embargo is looked for in so many first lines of a text."""


def check(draft: Draft) -> Findings:
    """Yield a warning for an embargo that ends on a day before that of the dateline."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        leaves_on = passage.planned.local.date() if passage.planned else draft.now.date()
        dates = mentions(_with_capitalised_months(passage.text), passage.language)
        days_of_writing = [
            day
            for each in dates
            if _is_day_of_writing(passage, each) and (day := each.near(leaves_on))
        ]
        for mention in dates:
            until = mention.near(leaves_on) if _is_end_of_embargo(passage, mention) else None
            if until and days_of_writing and until < min(days_of_writing):
                yield warning(
                    passage.at(mention.start),
                    what=_(
                        "The embargo ends on {until}, before the day of writing, {day}.",
                        until=_words(until, passage),
                        day=_words(min(days_of_writing), passage),
                    ),
                    why=WHY,
                    remedy=_("Correct the day that is wrong, or take the embargo out."),
                )


def _with_capitalised_months(text: str) -> str:
    """Return a text with `3 MAY 2027` as `3 May 2027`, in lines that are all in capitals.

    The names of the months are not found otherwise.
    """
    return "\n".join(line.title() if line.isupper() else line for line in text.split("\n"))


def _is_day_of_writing(passage: Passage, mention: Mention) -> bool:
    """Return whether a date with its year is the day on which the text was written or issued."""
    is_there = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
    return bool(mention.year) and is_there


def _is_end_of_embargo(passage: Passage, mention: Mention) -> bool:
    """Return whether a date follows the word for an embargo on one of the first lines."""
    start = passage.text.rfind("\n", 0, mention.start) + 1
    is_head = passage.text.count("\n", 0, start) <= _HEAD_LINES
    said = _EMBARGO.search(passage.text, start, mention.start)
    return is_head and said is not None and is_laid(passage.text, said.start())


def _words(day: date, passage: Passage) -> str:
    return day_in_words(day, passage.language)
