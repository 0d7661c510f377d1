"""Find the item of a programme that stands at another hour than the event whose day it has."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.rare import RarePattern
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.times.hour_lists import programmes_in_lines
from mailer.checks.reading.times.hours import HourInText, hours, periods
from mailer.languages import LANGUAGES
from mailer.render.markdown.press_blocks.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.checks.reading.times.dates import Mention
    from mailer.checks.reading.times.hour_lists import ListedHour

_FEWEST = 3
_NEAR = 60
"""How far behind a day its hours stand."""
_PERIOD = 30
_ASIDE = matches(
    f"{in_any_language(lambda phrases: phrases.arrives)}|{in_any_language(lambda phrases: phrases.press)}"
    f"|{in_any_language(lambda phrases: phrases.slot)}"
)
"""What leads to an event, or is for the press beside it."""
_STARTS_IT = matches(in_any_language(lambda phrases: phrases.starts_it))
_RELEASES = [language.release for language in LANGUAGES if language.release]
_EVENT = RarePattern(rf"(?i:(?<!\w)(?:{'|'.join(it.event_names for it in _RELEASES)})(?!\w))")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST, _MOST_OF = 5, 0.6
"""How much of a word two words share that have one root: `présentera`, `présentation`."""


def programme_otherwise(
    text: str, days: Sequence[Mention], written_on: date
) -> Iterator[ToldTwice]:
    """Yield an item of a programme in lines, where the day of the programme has its only hour above
    and none of the items has that: the one that is the event itself, or else the nearest.
    """
    for listed in programmes_in_lines(text):
        above = [it for it in days if listed and it.end <= listed[0].start]
        if len(listed) < _FEWEST or not above or not _stand_in_lines(text, listed):
            continue
        day = above[-1].near(written_on)
        same = [it for it in above if it.near(written_on) == day]
        every = [it for each in same for it in of_day(text, each, listed[0].start)]
        minutes = [it.minutes for it in listed]
        known = {_minutes(first) for first, *_last in every}
        if not every or len(every[0]) != 1 or known & set(minutes):
            return
        told = _meant(text, listed, every[0][0])
        if told:
            line = text[told.start :].partition("\n")[0]
            yield ToldTwice(" ".join(line.split()), quoted(text, every[0]), told.start)
        return


def _meant(text: str, listed: Sequence[ListedHour], known: HourInText) -> ListedHour | None:
    """Return the item that is the event, or may be it."""
    at = _minutes(known)
    sentence = next(
        (it.words for it in sentences(text) if it.start <= known.start < it.start + len(it.words)),
        "",
    )
    labels = {it: text[it.start + len(it.words) :].partition("\n")[0] for it in listed}
    own = [it for it in listed if _is_event(labels[it], sentence)]
    if own and max(it.minutes for it in listed) > at:
        return min(own, key=lambda it: abs(it.minutes - at))
    if not listed[0].minutes < at < listed[-1].minutes:
        return None
    likely = [it for it in listed if not _ASIDE.search(labels[it])] or list(listed)
    return min(likely, key=lambda it: (abs(it.minutes - at), -it.minutes))


def _is_event(label: str, sentence: str) -> bool:
    """Return whether an item says that it begins, or names what the sentence announces."""
    if _STARTS_IT.search(label):
        return True
    said = [folded(word) for word in _WORD.findall(sentence)]
    return any(have_one_root(folded(noun[0]), word) for noun in _EVENT.finditer(label) for word in said)  # fmt: skip


def have_one_root(noun: str, word: str) -> bool:
    """Return whether a word begins as a noun does, but for its ending: `opens`, `opening`."""
    noun = noun.removesuffix("ing")
    return word.startswith(noun[: max(_SHORTEST, round(_MOST_OF * len(noun)))])


def is_at_head_of_list(text: str, start: int, at: Sequence[HourInText]) -> bool:
    """Return whether the first of several lines that begin with an hour stands at `start`, and one of
    them has one of the hours: the first may be of what comes before the event.
    """
    listed = []
    for line in text[start:].split("\n"):
        first = next(iter(hours(line)), None)
        if first is None or line[: first.start].strip(" \u00a0\t*•–—|-"):
            break
        listed.append(first.at)
    return len(listed) > 1 and bool({it.at for it in at} & set(listed))


def of_day(text: str, day: Mention, end: int) -> Iterator[tuple[HourInText, ...]]:
    """Yield the hours, or the period, right behind a day; or else the hour right before it."""
    stop = min(end, day.end + _NEAR)
    behind = text[day.end : stop]
    for found in (*list(periods(behind))[:1], *([it] for it in list(hours(behind))[:1])):
        yield tuple(type(it)(it.at, it.start + day.end, it.end + day.end) for it in found)
    start = max(0, day.start - _PERIOD, text.rfind("\n", 0, day.start) + 1)
    for hour in list(hours(text[start : day.start]))[-1:]:
        yield (type(hour)(hour.at, hour.start + start, hour.end + start),)


def quoted(text: str, found: Sequence[HourInText]) -> str:
    """Return the words from the first to the last of some hours."""
    return " ".join(text[found[0].start : found[-1].end].split())


def _stand_in_lines(text: str, listed: Sequence[ListedHour]) -> bool:
    return all("\n" in text[one.start : last.start] for one, last in pairwise(listed))


def _minutes(hour: HourInText) -> int:
    return 60 * hour.at.hour + hour.at.minute
