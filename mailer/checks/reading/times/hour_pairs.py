"""Find pairs of hours of which one must come first: a departure and a return, doors and a concert."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.times.hour_lists import OTHER_DAY
from mailer.checks.reading.times.hours import hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.times.hours import HourInText

_OPENS = matches(in_any_language(lambda phrases: phrases.goes_first))
_CLOSES = matches(in_any_language(lambda phrases: phrases.goes_last))
_DOORS = matches(in_any_language(lambda phrases: phrases.doors))
_LETS_IN = matches(in_any_language(lambda phrases: phrases.arrives))
_SHOW = matches(in_any_language(lambda phrases: phrases.shown))
_ANEW = matches(in_any_language(lambda phrases: phrases.next_day))
_EVENING, _MORNING = 17, 12
_REACH = 70


class ReversedHours(NamedTuple):
    """Two hours of a sentence, from `start` to `end`, in an order in which nothing can happen."""

    start: int
    end: int


class _SaidHour(NamedTuple):
    hour: HourInText
    said: str


def reversed_hours(text: str) -> Iterator[ReversedHours]:
    """Yield the pairs of neighbouring hours whose words say that one must be the later one."""
    for words, start in sentences(text):
        if _ANEW.search(words):
            continue
        for first, last in pairwise(_told(words)):
            if not OTHER_DAY.search(last.said) and _is_reversed(first, last):
                yield ReversedHours(start + first.hour.start, start + last.hour.end)


def _told(words: str) -> Iterator[_SaidHour]:
    """Yield each hour, and what is said since the hour before it."""
    since = 0
    for hour in hours(words):
        yield _SaidHour(hour, words[max(since, hour.start - _REACH) : hour.start])
        since = hour.end


def _is_reversed(first: _SaidHour, last: _SaidHour) -> bool:
    if _CLOSES.search(last.said) and _OPENS.search(first.said) and not _CLOSES.search(first.said):
        is_night = first.hour.at.hour >= _EVENING and last.hour.at.hour < _MORNING
        return last.hour.at <= first.hour.at and not is_night
    if _CLOSES.search(first.said) or _CLOSES.search(last.said):
        return False
    lets_in = _LETS_IN.search(first.said) and not _LETS_IN.search(last.said)
    if lets_in and (_SHOW.search(last.said) or _OPENS.search(last.said)):
        return last.hour.at < first.hour.at
    doors_after = _DOORS.search(last.said) and not _DOORS.search(first.said)
    return bool(doors_after and _SHOW.search(first.said)) and last.hour.at > first.hour.at
