"""Find what a text says against its own embargo: the news is out, or everybody sees it before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.dates import between, mentions
from mailer.checks.reading.times.hours import hours
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.texts.sentences import SentenceInText
    from mailer.checks.reading.times.dates import Mention
    from mailer.checks.reading.times.embargo_moments import EmbargoInText

_RELEASES = [language.release for language in LANGUAGES if language.release]


def _words(patterns: list[str]) -> RarePattern:
    return RarePattern(rf"(?i:(?<!\w)(?:{'|'.join(patterns)})(?!\w))")


_NEWS = _words([it.news for it in _RELEASES])
_IS_OUT = _words([it.is_out for it in _RELEASES])
_OF_LATE = _words([it.of_late for it in _RELEASES])
_NOT_OF_THIS = _words([it.not_of_this for it in _RELEASES])
_FOR_ALL = _words([f"{it.for_all}|{it.opens_to_all}" for it in _RELEASES])
_NOT_FOR_ALL = _words([it.not_for_all for it in _RELEASES])
_STREAMED = _words([it.streamed for it in _RELEASES])
_LIFTS = _words([it.lifts_embargo for it in _RELEASES])
_ABOUT_EMBARGO = RarePattern(in_any_language(lambda phrases: phrases.embargo))
_LIMIT = RarePattern(
    rf"(?:{in_any_language(lambda phrases: phrases.limit)}|(?i:jusqu[’']à|till))\s*\Z"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = re.compile(r"[ \t*•–—|-]*")
_BEFORE = 30
_LATELY = timedelta(days=60)


class Breach(NamedTuple):
    """What a text says against its embargo, and where."""

    words: str
    start: int


def told_already(passage: Passage, near: date) -> Iterator[Breach]:
    """Yield each sentence that says that everybody can read the news already: it is in the perfect
    or the present, and names a day gone by, or says `already`.
    """
    text = without_quotations(passage.text)
    dated = _dated(text, passage)
    for sentence in sentences(text):
        words = sentence.words
        if not (_NEWS.search(words) and _IS_OUT.search(words)) or _is_of_else(words, near):
            continue
        days = (it.near(near) for it in _days(dated, sentence))
        is_late = any(day and near - _LATELY <= day <= near for day in days)
        if is_late or _OF_LATE.search(words):
            yield Breach(" ".join(words.split()), sentence.start)


def _is_of_else(words: str, near: date) -> bool:
    is_older = any(int(year) < near.year for year in _YEAR.findall(words))
    return bool(is_older or _NOT_OF_THIS.search(words) or _ABOUT_EMBARGO.search(words))


def open_before(passage: Passage, told: EmbargoInText, near: date) -> Iterator[Breach]:
    """Yield each day on which everybody may see what is under embargo until later."""
    text = without_quotations(passage.text)
    dated = _dated(text, passage)
    last: Mention | None = None
    for sentence in sentences(text):
        days = _days(dated, sentence)
        said = _NOT_FOR_ALL.pattern.sub(" ", sentence.words)
        is_below = last is not None and "\n\n" not in text[last.end : sentence.start]
        of_before = [last] if last and is_below and _STREAMED.search(said) else []
        if _FOR_ALL.search(said) and not _ABOUT_EMBARGO.search(said):
            for mention in days or of_before:
                if _is_before(text, mention, sentence, told, near):
                    yield Breach(mention.words, mention.start)
        last = days[-1] if days else last


def _is_before(
    text: str, mention: Mention, sentence: SentenceInText, told: EmbargoInText, near: date
) -> bool:
    day = mention.near(near)
    is_limit = _LIMIT.search(text, max(0, mention.start - _BEFORE), mention.start)
    if day is None or is_limit or day < near:
        return False
    at = [it.at for it in hours(sentence.words)]
    is_earlier = bool(len(at) == 1 and told.hours and at[0] < min(told.hours))
    return day < told.day or (day == told.day and is_earlier)


def lifted_otherwise(passage: Passage, told: EmbargoInText) -> Iterator[Breach]:
    """Yield each item of a programme that lifts the embargo at another hour: `9 h : levée de l’embargo`."""
    text = without_quotations(passage.text)
    for found in _LIFTS.finditer(text):
        start = text.rfind("\n", 0, found.start()) + 1
        line = text[start:].partition("\n")[0]
        first, lead = next(iter(hours(line)), None), _ITEM.match(line)
        is_item = first and lead and first.start == lead.end()
        if first and is_item and told.hours and first.at not in told.hours:
            yield Breach(" ".join(line.split()), start + first.start)


def _dated(text: str, passage: Passage) -> Sequence[Mention]:
    return sorted(mentions(text, passage.language), key=lambda it: it.start)


def _days(dated: Sequence[Mention], sentence: SentenceInText) -> Sequence[Mention]:
    return between(dated, sentence.start, sentence.start + len(sentence.words))
