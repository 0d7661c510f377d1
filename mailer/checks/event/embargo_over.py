"""Does the embargo end after the day on which the text is dated?"""

import re
from datetime import date

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import Mention, mentions
from mailer.render.facts.dates import day_in_words

WHY = _("An embargo that is over when it arrives is taken for a slip: which of the days is right?")
SOURCE = sources.PRACTICE

_EMBARGO = re.compile(rf"\b{in_any_language(lambda phrases: phrases.embargo)}\b")
_HEAD = 20
"""Among how many first lines the embargo and the day of writing stand."""


def check(draft: Draft) -> Findings:
    """Yield a warning for an embargo that ends on a day before that of the dateline."""
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        near = passage.planned.local.date() if passage.planned else draft.now.date()
        dated = list(mentions(_with_months(passage.text), passage.language))
        written = [day for it in dated if _says_writing(passage, it) and (day := it.near(near))]
        for mention in dated:
            until = mention.near(near) if mention.year and _is_limit(passage, mention) else None
            if until and written and until < min(written):
                yield warning(
                    passage.at(mention.start),
                    what=_(
                        "The embargo ends on {until}, before the day of writing, {day}.",
                        until=_words(until, passage),
                        day=_words(min(written), passage),
                    ),
                    why=WHY,
                    remedy=_("Correct the day that is wrong, or take the embargo out."),
                )


def _with_months(text: str) -> str:
    """Return a text whose lines in capitals are not: months have one capital in English."""
    return "\n".join(line.title() if line.isupper() else line for line in text.split("\n"))


def _says_writing(passage: Passage, mention: Mention) -> bool:
    is_there = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
    return bool(mention.year) and is_there


def _is_limit(passage: Passage, mention: Mention) -> bool:
    """Return whether a date of the head stands on the line of an embargo."""
    start = passage.text.rfind("\n", 0, mention.start) + 1
    is_head = passage.text.count("\n", 0, start) <= _HEAD
    return is_head and _EMBARGO.search(passage.text, start, mention.start) is not None


def _words(day: date, passage: Passage) -> str:
    return day_in_words(day, passage.language)
