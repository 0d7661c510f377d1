"""Does each date say its year at least once?"""

import re
from itertools import pairwise

from mailer.checks import sources
from mailer.checks.check import Draft, Findings, Severity, _, finding
from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.prose import Passage, PassagePart, messages
from mailer.checks.reading.times.dates import Mention, are_joined, mentions
from mailer.checks.reading.times.years import years_of
from mailer.languages import language_of

_EVERY_YEAR = re.compile(
    rf"\b(?:{in_any_language(lambda phrases: phrases.every_year)}[ \u00a0](?:(?:le|the|on)[ \u00a0])?"
    rf"|{in_any_language(lambda phrases: phrases.street)}[ \u00a0]du[ \u00a0])\Z"
)
_HEADLINE = re.compile(r"^[ \t]{0,3}#[ \t][^\n]*", re.MULTILINE)

WHY = _("Archived or forwarded, the text no longer says when it was.")
SOURCE = sources.STANDARD_OF_THE_DESK


def check(draft: Draft) -> Findings:
    """Yield a warning for each date of a text that bears no year at all, and a note for one that
    bears a year elsewhere than in the headline and the paragraph of the date.

    Subjects and preheaders are not checked, because they are short and the text follows.
    """
    for passage in messages(draft):
        if passage.part is not PassagePart.TEXT:
            continue
        found = list(mentions(passage.text, passage.language))
        full = _with_year(passage, found)
        for mention in found:
            if mention.year or (mention.month, mention.day) in full:
                continue
            if _is_relative(passage, mention) or _is_every_year(passage, mention):
                continue
            severity = _severity(passage, mention)
            if severity is None:
                continue
            full.add((mention.month, mention.day))
            yield finding(
                severity,
                passage.at(mention.start),
                what=_("“{words}” has no year.", words=mention.words),
                why=WHY,
                remedy=_(
                    "Add the year, or write {fact} if it is the event’s date.",
                    fact="{{ event.date }}",
                ),
            )


def _with_year(passage: Passage, found: list[Mention]) -> set[tuple[int, int]]:
    """Return month and day of each date that has its year, or is joined to one that has."""
    full = {(mention.month, mention.day) for mention in found if mention.year}
    in_order = sorted(found, key=lambda mention: mention.start)
    pairs = [pair for pair in pairwise(in_order) if are_joined(passage.text, *pair)]
    for first, last in reversed(pairs):
        if last.year or (last.month, last.day) in full:
            full.add((first.month, first.day))
    for first, last in pairs:
        if first.month == last.month and (first.month, first.day) in full:
            full.add((last.month, last.day))
    return full


def _is_relative(passage: Passage, mention: Mention) -> bool:
    """Return whether the date is relative (« 9 décembre prochain »), which `relative-date` reports."""
    patterns = language_of(passage.language).date_patterns
    suffix = patterns.relative_suffix if patterns else ""
    return bool(suffix and re.compile(rf"(?i)\s+(?:{suffix})").match(passage.text, mention.end))


def _is_every_year(passage: Passage, mention: Mention) -> bool:
    """Return whether a day comes every year, or gave its name to a street: `place du 8 mai`."""
    return bool(_EVERY_YEAR.search(passage.text[max(0, mention.start - 30) : mention.start]))


def _severity(passage: Passage, mention: Mention) -> Severity | None:
    """Return nothing where the year stands in the headline or in the paragraph of the date."""
    text = passage.text
    since = passage.planned.local.year if passage.planned else 0
    years = years_of(passage, since)
    start, end = text.rfind("\n\n", 0, mention.start), text.find("\n\n", mention.end)
    headline = _HEADLINE.search(text)
    near = [(start, end if end >= 0 else len(text)), headline.span() if headline else (0, 0)]
    if any(first <= it.start < last for it in years for first, last in near):
        return None
    return Severity.NOTE if years else Severity.WARNING
