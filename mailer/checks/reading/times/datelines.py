"""Recognise the dateline of a text: place and day on which it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.checks.reading.texts.rare import RarePattern
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from mailer.checks.reading.texts.prose import Passage
    from mailer.checks.reading.times.dates import Mention

_KIND = "|".join(
    pattern
    for language in LANGUAGES
    if language.release
    for pattern in (*language.release.kinds.values(), language.release.no_kind)
)
_ONLY_KIND = RarePattern(rf"(?i:{_KIND})\W*")
_PLACE = RarePattern(
    rf"(?:^|\n)[\W_]*(?:(?i:{_KIND})[ \u00a0*_]*[–—:|/-][ \u00a0*_]*)?"
    r"[^\W\d_a-zà-öø-þ][\w’'. -]{0,50}(?:\([^()\n]{1,30}\)|, ?[A-Z][\w.]{1,12})?[ \u00a0]*,[ \u00a0]*"
    r"(?:(?:le|on|den|the)[ \u00a0]+)?(?:\w+[ \u00a0]+)?\Z",
)
_ISSUED = RarePattern(
    rf"(?:^|\n)[\W_]*{in_any_language(lambda phrases: phrases.issued)}[ \u00a0]*:?[ \u00a0]*(?:(?:le|on)[ \u00a0]+)?(?:\w+,?[ \u00a0]+)?\Z",
)
_AFTER_ISSUED = re.compile(r"[ \u00a0*_.]*(?:\n|\Z)|[ \u00a0](?:by|par|in|à)\b")
_AFTER = re.compile(r"[ \u00a0]*(?:\)|\*|_)*[ \u00a0]*(?:[.:–—-]|\n|\Z)")
_BEGINS_LIST = re.compile(
    r"[ \u00a0*_:.]*\n\s*[*•–—-]?[ \u00a0]*(?:(?:à|at|de|from)[ \u00a0])?(?:[01]?\d|2[0-3])(?:[ \u00a0]?h\b|[.:][0-5]\d|[ \u00a0]?[ap]\.?m\b)"
)
"""Below a day, the first hour of a programme: `Timetable, Sunday 13 June` is its heading."""


def is_dateline(passage: Passage, mention: Mention) -> bool:
    """Return whether the date stands after a place at the beginning of a line: `Paris, le 4
    décembre 2026 –`. It is the day of writing, and no day of the event.
    """
    before = passage.text[max(0, mention.start - 120) : mention.start]
    if mention.start <= 120:
        before = f"\n{before}"
    is_behind_place = _PLACE.search(before) and _AFTER.match(passage.text, mention.end)
    return bool(is_behind_place) and not _BEGINS_LIST.match(passage.text, mention.end)


def is_day_of_issue(passage: Passage, mention: Mention) -> bool:
    """Return whether a line says that the text was issued on that day: `Issued on 3 May 2027`."""
    start = max(0, mention.start - 120)
    before = passage.text[start : mention.start]
    before = before if start else f"\n{before}"
    return bool(_ISSUED.search(before) and _AFTER_ISSUED.match(passage.text, mention.end))


def is_alone_in_head(passage: Passage, mention: Mention) -> bool:
    """Return whether a day with its year and no weekday stands alone on a line right below or above
    the kind of the document: it is the day of issue of most, and of no event for sure.
    """
    lines = [line.strip(" \u00a0*_#>\\") for line in passage.text.split("\n")]
    at = passage.text.count("\n", 0, mention.start)
    if mention.weekday is not None or not mention.year or lines[at] != mention.words.strip():
        return False
    above = [line for line in lines[:at] if line][-1:]
    below = [line for line in lines[at + 1 :] if line][:1]
    return any(map(_ONLY_KIND.fullmatch, (*above, *below)))
