"""Find in prose how long something lasts, in minutes: `1 h 30`, `an hour and a half`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import one_of
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SPACE = r"[ \u00a0\u202f\n]"
_LASTS = re.compile(
    rf"(?i)(?:\bdur\w+(?:{_SPACE}+(?:de|est de|environ))?|\b(?:pendant|en|longue?s? de|lasts?|takes?|for)|durée *:){_SPACE}*\Z"
)
_CLOCK = re.compile(
    rf"(?i)\b(?:à|dès|vers|avant|après|jusqu[’']à|entre|et|at|from|until|by|before|after|de){_SPACE}+\Z"
)
_OF = re.compile(
    rf"(?i)(?:{_SPACE}+(?:of{_SPACE}+(?:the|a|an|its|our){_SPACE}+|de{_SPACE}+(?:la{_SPACE}+)?|du{_SPACE}+)|(?:{_SPACE}+de{_SPACE}+)?(?:d|{_SPACE}+de{_SPACE}+l)[’']|(?<=-hour){_SPACE}+|(?<=-minute){_SPACE}+)"
    r"(?P<noun>[^\W\d_]{4,})"
)
_SUBJECT = re.compile(
    rf"(?i)[\s#*_]*(?:(?:les?|la|une?|cet?|cette|ces|the|an?|this|its|our|ses|sa|son|notre){_SPACE}+|l[’'])(?P<noun>[^\W\d_]{{4,}})"
)
_OWNER_BEFORE = re.compile(rf"(?P<noun>[^\W\d_]{{4,}}){_SPACE}+(?:de{_SPACE}+|d[’']|of{_SPACE}+)\Z")
_LENGTH = re.compile(r"(?i)durée|longues?|plus|moins|bout|près|total")
_PRONOUN = re.compile(r"(?i:elles?|ils?|it|they)\b")
_HALVES = {"demie": 30, "quart": 15, "half": 30, "quarter": 15}


class Duration(NamedTuple):
    """So many minutes, from `start` to `end` in a text. `owner` is what lasts so long, folded."""

    minutes: int
    start: int
    end: int
    owner: str


def durations(text: str, numbers: Mapping[str, int]) -> Iterator[Duration]:
    """Yield the durations of a text; an hour of the day is none. `numbers` are those in words."""
    pattern = _pattern(frozenset(numbers))
    for found in pattern.finditer(text):
        before, owner = text[max(0, found.start() - 30) : found.start()], _owner(text, found)
        is_told = bool(_LASTS.search(before) or _OF.match(text, found.end()))
        is_clock = found["sign"] or (_CLOCK.search(before) and not _is_said(found))
        if is_told or found["only"] or not is_clock:
            yield Duration(_minutes(found, numbers), found.start(), found.end(), owner)


@cache
def _pattern(numbers: frozenset[str]) -> re.Pattern[str]:
    in_words = one_of(sorted(numbers))
    return re.compile(
        rf"(?i)(?<![\w.,:/-])(?:(?P<hours>\d{{1,3}}|une?|an?|one|{in_words})(?: and a (?P<more>half|quarter))?[ \u00a0\u202f\n-]*(?:heures?|hours?|(?P<sign>h))"
        rf"(?:{_SPACE}*(?:et{_SPACE}+)?(?:and{_SPACE}+a?{_SPACE}*)?(?:(?P<half>demie|quart|half|quarter)|(?P<minutes>[0-5]?\d|{in_words})"
        rf"(?:{_SPACE}*min(?:utes?)?\b|(?<=h\d\d)|(?<=h[ \u00a0\u202f]\d\d))))?|(?P<only>\d{{1,3}}|{in_words})[ \u00a0\u202f\n-]*(?:min|minutes?))(?![\w²]|-(?!l))"
    )


def _is_said(found: re.Match[str]) -> bool:
    """Return whether a number of hours in words cannot be an hour of the day."""
    return not (found["hours"] or "").isdecimal() or found["half"] in {"half", "quarter"}


def _minutes(found: re.Match[str], numbers: Mapping[str, int]) -> int:
    def value(words: str) -> int:
        return int(words) if words.isdecimal() else numbers.get(words.lower(), 1)

    if found["only"]:
        return value(found["only"])
    half = found["half"] or found["more"]
    more = _HALVES[half.lower()] if half else value(found["minutes"] or "0")
    return value(found["hours"]) * 60 + more


def _owner(text: str, found: re.Match[str]) -> str:
    """Return what a duration is of: `two hours of the tour`, else the subject of its sentence."""
    if of := _OF.match(text, found.end()):
        return folded(of["noun"]).rstrip("sx")
    before = _OWNER_BEFORE.search(text, max(0, found.start() - 40), found.start())
    if before and not _LENGTH.fullmatch(before["noun"]):
        return folded(before["noun"]).rstrip("sx")
    start = _sentence_start(text, found.start())
    if start > 1 and _PRONOUN.match(text, start):
        start = _sentence_start(text, start - 2)
    subject = _SUBJECT.match(text, start)
    return (
        folded(subject["noun"]).rstrip("sx") if subject and subject.end() <= found.start() else ""
    )


def _sentence_start(text: str, position: int) -> int:
    ends = (text.rfind(end, 0, position) for end in (". ", "\n\n", "! ", "? "))
    return max(0, *(end + 2 if end >= 0 else 0 for end in ends))
