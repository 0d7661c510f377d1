"""Find days and years that a text tells twice and otherwise: `until 31 October`, `until 30 September`."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage

_UNTIL = re.compile(r"(?i)(?<!\w)(?:until|till|through|jusqu[’']au)[ \u00a0\n]+\Z")
_SHOWN = matches(in_any_language(lambda phrases: phrases.to_be_seen))
_ASKED = matches(in_any_language(lambda phrases: phrases.asks_by_then))
_SPAN = re.compile(
    r"(?i)(?<!\w)(?:(?:from|between|de|entre|en)[ \u00a0])(?P<first>(?:19|20)\d\d)"
    r"[ \u00a0](?:to|and|until|à|et)[ \u00a0](?P<last>(?:19|20)\d\d)(?![\w.,]\d|\w)"
)
_CAREER = re.compile(in_any_language(lambda phrases: phrases.held_office))
_LONGEST, _TWO = 10, 2


class _Until(NamedTuple):
    day: date
    words: str
    start: int


def ends_that_disagree(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield the second day until which a thing can be seen, where no other sentence explains it."""
    found = list(_ends(passage, written_on))
    days = {it.day for it in found}
    if len(days) == _TWO:
        other = next(it for it in found if it.day != found[0].day)
        yield ToldTwice(other.words, found[0].words, other.start)


def _ends(passage: Passage, written_on: date) -> Iterator[_Until]:
    text = without_quotations(passage.text)
    for words, start in sentences(text):
        if not _SHOWN.search(words) or _ASKED.search(words):
            continue
        for mention in mentions(text, passage.language):
            if not start <= mention.start < start + len(words):
                continue
            day = mention.near(written_on)
            if day and _UNTIL.search(text, start, mention.start):
                yield _Until(day, mention.words, mention.start)


def years_that_disagree(text: str) -> Iterator[ToldTwice]:
    """Yield the second of the only two spans of years of a text, where one is the other a year or
    two later: that is how one slips.
    """
    spans = [
        (int(found["first"]), int(found["last"]), found[0], start + found.start())
        for words, start in sentences(text)
        if not _CAREER.search(words)
        for found in _SPAN.finditer(words)
    ]
    if len({it[:2] for it in spans}) != _TWO:
        return
    for one, other in combinations(spans, 2):
        shift, length = other[0] - one[0], one[1] - one[0]
        is_alike = other[1] - other[0] == length and 0 < abs(shift) <= min(2, length)
        if is_alike and 0 < length <= _LONGEST:
            yield ToldTwice(other[2], one[2], other[3])
            return
