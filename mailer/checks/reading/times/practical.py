"""Find the day and the hours of the practical part of a text that the text above gives otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.datelines import (
    is_alone_in_head,
    is_dateline,
    is_day_of_issue,
)
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.hours import hours, periods
from mailer.checks.reading.times.programmes import (
    is_at_head_of_list,
    of_day,
    programme_otherwise,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.dates import Mention

_LABEL = re.compile(
    rf"(?:^|(?<=[.!?]\s))[ \t*_#-]*(?:{in_any_language(lambda phrases: phrases.practical)})[ \u00a0*_]*(?:[:?](?![/\d])|$)",
    re.IGNORECASE | re.MULTILINE,
)
_HOUR_LABEL = re.compile(
    rf"^[ \t*_-]*(?:{in_any_language(lambda phrases: phrases.practical_hour)})[ \u00a0*_]*:",
    re.IGNORECASE | re.MULTILINE,
)
_BEGINS = matches(in_any_language(lambda phrases: phrases.begins))
_LIMIT = re.compile(rf"{in_any_language(lambda phrases: phrases.limit)}\s*\Z")
_DAY_LINE = re.compile(
    r"[ \t*_>•-]*(?:[^\W\d_]+(?:[ \u00a0][^\W\d_]+){0,2}[ \u00a0]*:[ \u00a0*_]*)?(?:[Ll]e[ \u00a0])?"
)
_PROSE = re.compile(r"[^\W\d_]{3}[.!?]\s*(?:\Z|[A-ZÀ-Þ])")
_SLOT = matches(
    f"{in_any_language(lambda phrases: phrases.slot)}|{in_any_language(lambda phrases: phrases.asks_for_place)}"
    f"|{in_any_language(lambda phrases: phrases.press)}|{in_any_language(lambda phrases: phrases.embargo)}"
)
_EMBARGO = re.compile(rf"{in_any_language(lambda phrases: phrases.embargo)}[^.\n]*\Z")
_LONGEST_HEADING = 50
_REACH = 200
"""How far behind its label the day of an event stands."""
_NEAR = 60
"""How far behind a day its hours stand."""
_PERIOD = 30


def practical_otherwise(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield the day behind such a label that is not the only day above it; or the hours of that day
    that are none of those above.
    """
    text = without_quotations(passage.text)
    yield from _labelled_hour(text)
    days = [
        it
        for it in sorted(mentions(text, passage.language), key=lambda each: each.start)
        if not (
            is_dateline(passage, it)
            or is_day_of_issue(passage, it)
            or is_alone_in_head(passage, it)
            or _LIMIT.search(text, max(0, it.start - _NEAR), it.start)
            or _EMBARGO.search(text, max(0, it.start - _NEAR), it.start)
        )
    ]
    yield from programme_otherwise(text, days, written_on)
    labels = (it.span() for it in _LABEL.finditer(text) if it.start() > 0)
    label = min(filter(None, (next(labels, None), _day_line(text, days))), default=None)
    if label is None:
        return
    above = [it for it in days if it.end <= label[0]]
    told = next((it for it in days if label[1] <= it.start <= label[1] + _REACH), None)
    known = {it.near(written_on) for it in above}
    if told is None or not known:
        return
    if told.near(written_on) not in known:
        if len(known) > 1:
            return
        if not _is_in_period(text, above, told) and not _is_in_period(text, [told], above[0]):
            yield ToldTwice(told.words, above[0].words, told.start)
        return
    behind = [it for it in days if told.end <= it.start <= told.end + _PERIOD]
    if not behind:  # the hours of a period are not those of its first day
        same = [it for it in above if it.near(written_on) == told.near(written_on)]
        yield from _hours(text, same, told, label[0])


def _day_line(text: str, days: Sequence[Mention]) -> tuple[int, int] | None:
    """Return where a line begins that is one of facts, with a day behind a word or two at most."""
    for day in days:
        start = text.rfind("\n", 0, day.start) + 1
        line = text[start:].partition("\n")[0]
        is_below = "\n\n" in text[:start].strip("\n")
        if is_below and _DAY_LINE.fullmatch(text, start, day.start) and not _PROSE.search(line):
            heading = text[:start].rstrip().rpartition("\n")[2]
            above = heading if len(heading) <= _LONGEST_HEADING else ""
            if not _SLOT.search(f"{above} {text[start : day.start]}"):
                return start, day.start
    return None


def _labelled_hour(text: str) -> Iterator[ToldTwice]:
    """Yield the only hour behind such a label, where something begins at another one above."""
    label = _HOUR_LABEL.search(text)
    behind = list(hours(text[label.end() :].partition("\n")[0])) if label else []
    if label is None or len(behind) != 1:
        return
    above = list(hours(text[: label.start()]))
    begins = [it for it in above if _BEGINS.search(text, max(0, it.start - _PERIOD), it.start)]
    if begins and behind[0].at not in {it.at for it in above}:
        told = text[label.end() + behind[0].start : label.end() + behind[0].end]
        yield ToldTwice(told.strip(), quoted(text, begins[:1]), label.end() + behind[0].start)


def _is_in_period(text: str, days: Sequence[Mention], told: Mention) -> bool:
    """Return whether the number of a day stands before another one: `from 4 to 6 May`."""
    number = re.compile(rf"(?<!\d){told.day}(?:er|st|nd|rd|th)?(?!\d)")
    return any(number.search(text, max(0, it.start - _PERIOD), it.start) for it in days)


def _hours(text: str, above: Sequence[Mention], told: Mention, end: int) -> Iterator[ToldTwice]:
    behind = text[told.end : told.end + _NEAR].partition("\n\n")[0]
    said = list(periods(behind))[:1] or [(it,) for it in hours(behind)][:1]
    known = {it.at for it in hours(text[:end])}
    first = next((it for day in above for it in of_day(text, day, end)), None)
    if not said or first is None:
        return
    if is_at_head_of_list(text, told.end + said[0][0].start, first):
        return
    if len(said[0]) > 1 and len(first) == 1 and said[0][0].at < first[0].at < said[0][-1].at:
        return  # something within the hours of the day
    missing = [it for it in said[0] if it.at not in known]
    is_alike = len(said[0]) == len(first)
    if missing and (missing[0] is said[0][0] or is_alike):
        words = " ".join(behind[said[0][0].start : said[0][-1].end].split())
        yield ToldTwice(words, quoted(text, first), told.end + said[0][0].start)
