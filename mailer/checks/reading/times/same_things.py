"""Find one thing that a text puts at two hours, or lets last until two days.

What has an hour stands right beside it: `cocktail à 21 h 30` in a sentence, `20 h 45 : cocktail` in a
programme. What lasts is named in the sentence that says until when.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.quantities.conversions import ToldTwice
from mailer.checks.reading.texts.sentences import sentences
from mailer.checks.reading.texts.words import known_words, words
from mailer.checks.reading.times.dates import between, mentions
from mailer.checks.reading.times.hours import hours, periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.texts.words import WordInText
    from mailer.checks.reading.times.dates import Mention

_MARK = re.compile(r"[ \t>*•–—|-]*")
_TO_HOUR = re.compile(
    r"[ \u00a0]*(?:,[ \u00a0]|:[ \u00a0])?(?:(?:est[ \u00a0])?(?:à|dès|at|from)[ \u00a0])?\Z"
)
_UNTIL = re.compile(
    r"(?i)(?<!\w)(?:jusqu[’']au|until|till)[ \u00a0](?:(?:the|le|[a-zà-ÿ]+day|[a-z]+di)[ \u00a0])?\Z"
)
_REACH = 40
_LONGEST_LINE = 100
_SHORTEST, _ROOT = 5, 6
_RARE = 4
"""In how many places at most a text has the word by which two of its sentences are of one thing."""
_MOST = 40
_ITEMS = 3


class _AtHour(NamedTuple):
    at: time
    words: str
    start: int
    is_item: bool


def things_at_two_hours(passage: Passage) -> Iterator[ToldTwice]:
    """Yield each hour of a thing in a sentence that is not that of the only item with its name."""
    text = passage.text
    told: dict[str, list[_AtHour]] = defaultdict(list)
    for hour in hours(text)[:_MOST]:
        line = text.rfind("\n", 0, hour.start) + 1
        end = text.find("\n", hour.end)
        whole = text[line : end if end >= 0 else len(text)]
        is_item = bool(_MARK.fullmatch(text, line, hour.start)) and len(whole) <= _LONGEST_LINE
        root = (
            _behind(text, hour.end, end)
            if is_item
            else _before(text, max(line, hour.start - _REACH), hour.start)
        )
        if root:
            told[root].append(_AtHour(hour.at, " ".join(whole.split()), line, is_item))
    for same in told.values():
        items = [it for it in same if it.is_item]
        for one in same:
            if len(items) == 1 and not one.is_item and one.at != items[0].at and _is_one(one):
                yield ToldTwice(one.words, items[0].words, one.start)


def _is_one(told: _AtHour) -> bool:
    return not {it.folded for it in words(told.words)} & known_words("several_times")


def _behind(text: str, start: int, end: int) -> str:
    """Return the root of the first word behind an hour that begins its line."""
    return _root(words(text[start : end if end >= 0 else len(text)])[:1])


def _before(text: str, start: int, end: int) -> str:
    """Return the root of the word before an hour: `cocktail à`."""
    before = text[start:end]
    to_hour = _TO_HOUR.search(before)
    said = words(before[: to_hour.start()] if to_hour else "")
    return _root(said[-1:])


def _root(said: Sequence[WordInText]) -> str:
    word = said[0].folded if said else ""
    is_thing = len(word) >= _SHORTEST and word.isalpha() and word not in known_words("no_thing")
    return word[:_ROOT].rstrip("sx") if is_thing else ""


def ends_at_two_hours(passage: Passage) -> Iterator[ToldTwice]:
    """Yield the last item of the only programme, its close, where the text ends at another hour."""
    text = passage.text
    items = [
        it
        for line in _lines(text)
        for it in hours(line[1])[:1]
        if _MARK.fullmatch(line[1], 0, it.start)
    ]
    lines = [
        line
        for line in _lines(text)
        if (first := hours(line[1])[:1]) and _MARK.fullmatch(line[1], 0, first[0].start)
    ]
    told = [
        (span, sentence)
        for sentence in sentences(text)
        for span in periods(sentence.words)
        if not {it.folded for it in words(sentence.words)} & known_words("usual", "several_times")
    ]
    if len(items) < _ITEMS or [it.at for it in items] != sorted(it.at for it in items):
        return
    ends = {it.folded for it in words(lines[-1][1])} & known_words("ends")
    around = [it for it in told if it[0][0].at <= items[0].at and items[-2].at < it[0][1].at]
    if ends and len({it[0][1].at for it in around}) == 1 and around[0][0][1].at != items[-1].at:
        yield ToldTwice(
            " ".join(lines[-1][1].split()), " ".join(around[0][1].words.split()), lines[-1][0]
        )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if len(line) <= _LONGEST_LINE:
            yield at, line
        at += len(line) + 1


def things_until_two_days(passage: Passage, written_on: date) -> Iterator[ToldTwice]:
    """Yield each sentence that lets something last until another day than one before it does."""
    text = passage.text
    dated = sorted(mentions(text, passage.language), key=lambda it: it.start)
    known: list[tuple[date, str, frozenset[str]]] = []
    for sentence in sentences(text):
        days = [
            it
            for it in between(dated, sentence.start, sentence.start + len(sentence.words))
            if _is_until(text, it)
        ]
        day = days[0].near(written_on) if len(days) == 1 else None
        said = frozenset(it.folded for it in words(sentence.words))
        if day is None or said & known_words("prolongs") or len(known) >= _MOST:
            continue
        things = frozenset(
            it[:_ROOT].rstrip("sx")
            for it in said
            if len(it) >= _SHORTEST and it not in known_words("no_thing")
        )
        for other, before, named in known:
            if day != other and any(_is_rare(text, root) for root in things & named):
                yield ToldTwice(" ".join(sentence.words.split()), before, sentence.start)
                break
        known.append((day, " ".join(sentence.words.split()), things))


def _is_until(text: str, mention: Mention) -> bool:
    return bool(_UNTIL.search(text, max(0, mention.start - 20), mention.start)) or bool(
        re.match(r"(?i)(?:jusqu[’']au|until)\b", text[mention.start : mention.end])
    )


def _is_rare(text: str, root: str) -> bool:
    return sum(it.folded.startswith(root) for it in words(text)) <= _RARE
