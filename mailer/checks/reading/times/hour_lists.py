"""Find the lists of hours that a text holds without a block: a programme in lines, or in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mailer.checks.reading.texts.phrases import in_any_language, matches
from mailer.checks.reading.texts.unquoted import without_quotations
from mailer.checks.reading.times.hours import hours, periods
from mailer.languages import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.hours import HourInText

_LEAD = re.compile(
    r"[ \t]*(?:[-*•–—|][ \t]*|\d+[.)][ \t]+)?[*_]{0,2}(?:(?:à|at|from|de|dès)[ \u00a0])?"
)
OTHER_DAY = matches(f"(?i:{WEEKDAYS}|{MONTHS})")
"""Names a day or a month: hours beside it may be of another day."""
_OTHER_LIST = matches(in_any_language(lambda phrases: phrases.other_list))
_OF_ANOTHER = re.compile(f"{OTHER_DAY.pattern}|{_OTHER_LIST.pattern}")
_PROGRAMME = matches(in_any_language(lambda phrases: phrases.programme))
_LETS_IN = matches(
    f"{in_any_language(lambda phrases: phrases.arrives)}|{in_any_language(lambda phrases: phrases.doors)}"
)
_JUMPS = matches(in_any_language(lambda phrases: phrases.out_of_turn))
_CARRIES = matches(in_any_language(lambda phrases: phrases.carries))
_NOON = matches(r"(?i:(?:12[ \u00a0])?(?:noon|midday)|midi)")
_BLOCK = re.compile(r"^:::.*?^:::", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"[^\n]+(?:\n(?![ \t]*\n|[ \t]*[-*•|#])[^\n]+)*")
_STOP = re.compile(
    r"(?<=[^\W\d_]{3})[.!?]\s|(?:(?<=\d)|(?<=\d[ \u00a0]h)|(?<=\d[ \u00a0][ap]m)|(?<=\d[ap]m))[.!?]\s+(?=[A-ZÀ-Þ])"
)
_FEWEST = 3
_LONGEST_REMARK = 90
_FEW_WORDS = 5
"""How many words a clause has at most that only says what happens at an hour."""
_NIGHT, _MORNING, _NOON_MINUTES, _EVENING = 6 * 60, 8 * 60, 12 * 60, 18 * 60


class ListedHour(NamedTuple):
    """An hour of a list, in minutes after midnight, and where it stands in its passage."""

    minutes: int
    words: str
    start: int


def hour_lists(passage: Passage) -> Iterator[list[ListedHour]]:
    """Yield the hours of each list: of lines that begin with one, and of sentences that enumerate
    a programme. A line about another day or room begins another list.
    """
    text = _BLOCK.sub(_blank, without_quotations(passage.text))
    yield from map(_on_one_clock, _in_lines(text))
    yield from map(_on_one_clock, _in_sentences(text))


def programmes_in_lines(text: str) -> Iterator[list[ListedHour]]:
    """Yield the hours of each list of lines, whatever their rooms: one day, from its first hour on."""
    yield from map(_on_one_clock, _in_lines(text, of_another=OTHER_DAY))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "#", found[0])


def _in_lines(
    text: str, *, of_another: re.Pattern[str] = _OF_ANOTHER
) -> Iterator[list[ListedHour]]:
    listed: list[ListedHour] = []
    at = 0
    for line in f"{text}\n#".split("\n"):
        hour = _at_the_beginning(line, at)
        at += len(line) + 1
        if hour and not of_another.search(line):
            listed.append(hour)
        elif line.strip(" |:-") and (hour or _begins_another(line)):
            yield listed
            listed = []


def _begins_another(line: str) -> bool:
    is_remark = len(line) <= _LONGEST_REMARK and not line.rstrip().endswith(":")
    is_other = OTHER_DAY.search(line) or _OTHER_LIST.search(line)
    return not is_remark or line.lstrip().startswith("#") or bool(is_other)


def _at_the_beginning(line: str, at: int) -> ListedHour | None:
    lead = _LEAD.match(line)
    start = lead.end() if lead else 0
    if noon := _NOON.match(line, start):
        return ListedHour(_NOON_MINUTES, noon[0], at + start)
    first = next(iter(hours(line)), None)
    return _listed(line, first, at) if first and first.start == start else None


def _listed(text: str, hour: HourInText, at: int) -> ListedHour:
    minutes = hour.at.hour * 60 + hour.at.minute
    return ListedHour(minutes, text[hour.start : hour.end], at + hour.start)


def _on_one_clock(listed: list[ListedHour]) -> list[ListedHour]:
    """Return the hours with the afternoon told where a text counts to twelve, and the night that
    follows an evening.
    """
    told: list[ListedHour] = []
    for hour in listed:
        last = told[-1].minutes if told else 0
        is_bare = re.fullmatch(r"[\d:.]+", hour.words.strip())
        is_afternoon = is_bare and hour.minutes < min(last, _MORNING) and last < _EVENING
        is_night = last >= _EVENING and hour.minutes < _NIGHT
        later = _NOON_MINUTES if is_afternoon else 2 * _NOON_MINUTES if is_night else 0
        told.append(hour._replace(minutes=hour.minutes + later))
    return told


def _in_sentences(text: str) -> Iterator[list[ListedHour]]:
    for paragraph in _SENTENCE.finditer(text):
        lines = paragraph[0].split("\n")
        if len(lines) > 1 and any(_at_the_beginning(line, 0) for line in lines):
            continue
        at = paragraph.start()
        for sentence in _STOP.split(paragraph[0]):
            at = text.index(sentence, at)
            every = [_listed(sentence, hour, at) for hour in hours(sentence)]
            is_list = (
                len(every) >= _FEWEST or _PROGRAMME.search(sentence) or _is_enumerated(sentence)
            )
            spans = list(periods(sentence))
            if len(spans) > 1 and 2 * len(spans) == len(every):
                continue  # the hours at which several things are open
            if _CARRIES.search(sentence) and (";" not in sentence or len(every) < _FEWEST):
                continue  # hours of several journeys
            if is_list and not any(it.search(sentence) for it in (_JUMPS, OTHER_DAY, _OTHER_LIST)):
                yield every


def _is_enumerated(sentence: str) -> bool:
    """Return whether a sentence gives one hour in each of its clauses: `discours 15 h ; toasts 16 h`."""
    clauses = re.split(r";|,(?!\d)| [–|·] ", sentence)
    timed = [words for words in clauses if len(list(hours(words))) == 1]
    if len(timed) < 2 or len(timed) < len(list(hours(sentence))):
        return False
    if any(_LETS_IN.search(words) for words in timed[1:]):
        return False  # `concert at 8 pm; doors at 7 pm`
    return ";" in sentence or max(len(words.split()) for words in timed) <= _FEW_WORDS
