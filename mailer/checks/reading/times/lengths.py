"""Find in prose how long something is told to last, beside its first and last hour or day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.durations import durations
from mailer.checks.reading.quantities.numbers import NUMBER, WORDS, value_of
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.times.dates import Mention, are_joined, mentions
from mailer.checks.reading.times.hours import periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from mailer.checks.reading.texts.prose import Passage

_LASTS = matches(in_any_language(lambda phrases: phrases.lasts))
_OF_ELSE = matches(in_any_language(lambda phrases: phrases.length_of_else))
_UNIT = r"(?P<unit>(?i:days?|jours|journées|weeks?|semaines|months?|mois))"
_DAYS = RarePattern(
    rf"(?<![\w.,:/-])(?P<number>{NUMBER})[ \u00a0\n-]+{_UNIT}(?!\w)",
    sign=_UNIT,
)
_SPOKEN_OF = RarePattern(
    rf"\b(?:(?:[Tt]he|[Tt]his)[ \u00a0](?=[^\W_]+-[^\W_]+[ \u00a0][a-z]{{4}})|(?i:cette|cet|ce)[ \u00a0][^\W\d_]+[ \u00a0]de[ \u00a0])"
    rf"(?P<number>{NUMBER})[ \u00a0-]{_UNIT}(?!\w)",
)
_ALIKE = 2.5
"""A length that is so much longer or shorter is that of something else."""
_FIRST_DAY = re.compile(
    r"(?i)(?<![\w.,:/])(?P<day>\d{1,2})(?:st|nd|rd|th|er)?[ \u00a0]?(?:au|to|until|–|—|-)[ \u00a0]?(?:the[ \u00a0])?(?:[^\W\d_]{3,9}[ \u00a0])?\Z"
)
_DAY_LIST = re.compile(
    r"(?i)(?<![\w.,:/])(?P<days>\d{1,2}(?:st|nd|rd|th|er)?(?:,[ \u00a0]\d{1,2}(?:st|nd|rd|th)?){0,8})[ \u00a0](?:et|and|&)[ \u00a0](?:le[ \u00a0])?\Z"
)
_TO = re.compile(
    r"(?i)[ \u00a0\n]*(?:,[ \u00a0])?(?:au|to|until|through|–|—|-)[ \u00a0\n]*(?:the[ \u00a0])?"
)
_WINDOW = 40
_SLOTS = 0.5
"""What lasts less than that part of its hours begins several times in them."""
_MONTH = 30.4
_MONTH_MARGIN = 0.8
_WEEK = 7
_DAY = 24 * 60
_NOUN = re.compile(r"(?:[ \u00a0](?:de[ \u00a0]|d[’'])?|,[ \u00a0])?[^\W\d_]{3,}")
_SEVERAL_BEFORE = re.compile(r"(?P<noun>[^\W\d_]{3,}[sx])[ \u00a0](?:de|d[’']|of)[ \u00a0]?\Z")
_SEVERAL_AFTER = re.compile(r"[ \u00a0](?:[^\W\d_]+[ \u00a0]){0,2}[^\W\d_]{3,}[^s\W]s\b")


class LengthInText(NamedTuple):
    """A length that is not that of its period, both as they are written."""

    words: str
    period: str
    start: int


def lengths_elsewhere(passage: Passage, text: str) -> Iterator[LengthInText]:
    """Yield the length of what has been spoken of, where it is not that of the only period of the
    text: `This four-week show`.
    """
    every = list(sentences(text))
    spans = [(span, start) for words, start in every for span in _spans(words, passage)]
    if len({span.days for span, _start in spans}) != 1:
        return
    (period, at), *_others = spans
    for words, start in every:
        told = _SPOKEN_OF.search(words)
        if (
            told is None
            or start == at
            or _OF_ELSE.search(words[: told.end() + 10])
            or _fits(period.days, told)
        ):
            continue
        if max(_in_days(told), period.days) <= _ALIKE * min(_in_days(told), period.days):
            said = " ".join(told[0].split())
            yield LengthInText(said, " ".join(period.words.split()), start + told.start())


def _in_days(length: re.Match[str]) -> float:
    unit, number = length["unit"].lower(), value_of(length["number"])
    return number * (1 if unit.startswith(("d", "j")) else _WEEK if unit[0] in "ws" else _MONTH)


def length_otherwise(headline: str, passage: Passage, end: int) -> LengthInText | None:
    """Return the length in days of a headline that is not that of the only period below it."""
    lasting = list(_DAYS.finditer(headline))
    if len(lasting) != 1 or _OF_ELSE.search(headline):
        return None
    spans = [
        span._replace(start=span.start + start)
        for words, start in sentences(passage.text)
        if start >= end
        for span in _spans(words, passage)
    ]
    if len({it.days for it in spans}) != 1 or _fits(spans[0].days, lasting[0]):
        return None
    told = _in_days(lasting[0])
    is_alike = max(told, spans[0].days) <= _ALIKE * min(told, spans[0].days)
    words = " ".join(lasting[0][0].split())
    period = " ".join(spans[0].words.split())
    return LengthInText(words, period, spans[0].start) if is_alike else None


class _DaysInText(NamedTuple):
    words: str
    start: int
    end: int
    days: int


def lengths_otherwise(passage: Passage, text: str) -> Iterator[LengthInText]:
    """Yield the lengths that contradict the only period of their sentence."""
    for words, start in sentences(text):
        for found in (_of_hours(words), _of_days(words, passage)):
            if found:
                yield found._replace(start=found.start + start)


def _of_hours(words: str) -> LengthInText | None:
    spans = list(periods(words))
    if len(spans) != 1:
        return None
    ((first, last),) = spans
    lasting = [it for it in durations(words, WORDS) if not first.start <= it.start <= last.start]
    if len(lasting) != 1:
        return None
    length = lasting[0]
    minutes = _minutes(first.at, last.at)
    between = words[min(length.end, last.end) : max(length.start, first.start)]
    around = words[max(0, length.start - _WINDOW) : length.end + _WINDOW]
    in_brackets = between.strip() in {"(", ":", "):", ", soit", "– soit"}
    is_told = in_brackets or _LASTS.search(around) or _is_before_noun(words, length.end)
    is_slot = length.minutes <= _SLOTS * minutes and not in_brackets
    is_plural = length.minutes < minutes and _is_of_several(words, length.start, length.end)
    is_apart = is_slot or is_plural or _OF_ELSE.search(around)
    if length.minutes == minutes or not is_told or is_apart:
        return None
    return LengthInText(
        " ".join(words[length.start : length.end].split()),
        " ".join(words[first.start : last.end].split()),
        length.start,
    )


def _minutes(first: time, last: time) -> int:
    begin, end = (it.hour * 60 + it.minute for it in (first, last))
    return (end - begin) % _DAY


def _is_before_noun(words: str, end: int) -> bool:
    return bool(_NOUN.match(words, end))


def _is_of_several(words: str, start: int, end: int) -> bool:
    """Return whether a length is that of each of several things: `two-hour visits`."""
    before = words[max(0, start - _WINDOW) : start]
    return bool(_SEVERAL_BEFORE.search(before) or _SEVERAL_AFTER.match(words[: end + _WINDOW], end))


def _of_days(words: str, passage: Passage) -> LengthInText | None:
    spans = list(_spans(words, passage))
    lasting = list(_DAYS.finditer(words))
    if len(spans) != 1 or len(lasting) != 1:
        return None
    span, length = spans[0], lasting[0]
    around = words[max(0, length.start() - _WINDOW) : length.end() + 15]
    apart = max(span.start - length.end(), length.start() - span.end)
    if _OF_ELSE.search(around) or apart > 2 * _WINDOW or _fits(span.days, length):
        return None
    return LengthInText(" ".join(length[0].split()), " ".join(span.words.split()), length.start())


def _fits(days: int, length: re.Match[str]) -> bool:
    number, unit = value_of(length["number"]), length["unit"].lower()
    if unit.startswith(("d", "j")):
        return number in {days, days - 1} and not (number == days - 1 and days <= _WEEK)
    if unit.startswith(("w", "s")):
        return abs(days - number * _WEEK) <= max(2, number * _WEEK * 0.2)
    return abs(days / _MONTH - number) <= max(_MONTH_MARGIN, number * 0.2)


def _spans(words: str, passage: Passage) -> Iterator[_DaysInText]:
    found = sorted(mentions(words, passage.language), key=lambda it: it.start)
    near = passage.planned.local.date() if passage.planned else date(2000, 1, 1)
    last: Mention | None = None
    for mention in found:
        before = words[max(0, mention.start - _WINDOW) : mention.start]
        first, days = _FIRST_DAY.search(before), _DAY_LIST.search(before)
        at = mention.start - len(before)
        if first and int(first["day"]) < mention.day:
            yield _span(words, at + first.start(), mention.end, mention.day - int(first["day"]) + 1)
        elif days:
            count = days["days"].count(",") + 2
            yield _span(words, at + days.start(), mention.end, count)
        elif last and _TO.fullmatch(words, last.end, mention.start):
            end = mention.near(near)
            begin = last.near(end) if end else None
            if begin and end and begin < end:
                yield _span(words, last.start, mention.end, (end - begin).days + 1)
        elif last and are_joined(words, last, mention) and last.month == mention.month:
            yield _span(words, last.start, mention.end, 2)
        last = mention


def _span(words: str, start: int, end: int, days: int) -> _DaysInText:
    return _DaysInText(words[start:end], start, end, days)
