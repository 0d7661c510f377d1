"""Does each date say its year at least once?"""

import re
from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, warning
from mailer.checks.reading.dates import Mention, are_joined, mentions
from mailer.checks.reading.prose import Passage, PassagePart, messages
from mailer.languages import language_of

WHY = _("Archived or forwarded, the text no longer says when it was.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a warning for each date that a text never gives with its year.

    Subjects and preheaders are not checked, because they are short and the text follows.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        found = list(mentions(passage.text, passage.language))
        full = {(mention.month, mention.day) for mention in found if mention.year}
        in_order = sorted(found, key=lambda mention: mention.start)
        for first, last in reversed(list(pairwise(in_order))):
            is_full = last.year or (last.month, last.day) in full
            if is_full and are_joined(passage.text, first, last):
                full.add((first.month, first.day))
        for mention in found:
            if mention.year or (mention.month, mention.day) in full:
                continue
            if _is_relative(passage, mention):
                continue
            full.add((mention.month, mention.day))
            yield warning(
                passage.at(mention.start),
                what=_("“{words}” has no year.", words=mention.words),
                why=WHY,
                remedy=_(
                    "Add the year, or write {fact} if it is the event’s date.",
                    fact="{{ event.date }}",
                ),
            )


def _is_relative(passage: Passage, mention: Mention) -> bool:
    """Return whether the date is relative (« 9 décembre prochain »), which `relative-date` reports."""
    patterns = language_of(passage.language).date_patterns
    suffix = patterns.relative_suffix if patterns else ""
    return bool(suffix and re.compile(rf"(?i)\s+(?:{suffix})").match(passage.text, mention.end))
