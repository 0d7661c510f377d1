"""Finds the days in a folded text, in all languages at once, and replaces them by marks.

`@0`, `@1` … stand for the days in the text that is returned, so that the expressions around them
need not know how a day may be written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mailer.feedback.replies.further_languages import FURTHER_ABSENCES
from mailer.feedback.replies.other_languages import OTHER_ABSENCES
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.languages.reply_words import AbsenceWords

ABSENCES: tuple[AbsenceWords, ...] = (
    *(language.absences for language in LANGUAGES if language.absences),
    *OTHER_ABSENCES,
    *FURTHER_ABSENCES,
)
MONTHS = {
    name: number
    for words in ABSENCES
    for number, names in enumerate(words.months, start=1)
    for name in names.split()
}


def any_of(part: Callable[[AbsenceWords], str]) -> str:
    """Join the expressions of all languages, because the language of a reply is not known."""
    return f"(?:{'|'.join(filter(None, map(part, ABSENCES)))})"


MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_SUFFIX = any_of(lambda words: words.day_suffix)
_OF = r"(?:of |de |d'|di )?"
_DAY = re.compile(
    rf"(?<![\d/.@])(?:(?P<d1>\d{{1,2}}){_SUFFIX}? {_OF}(?P<m1>{MONTH})(?:,? (?:de |del )?(?P<y1>20\d\d))?"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}}){_SUFFIX}?(?!\d|\.\d| ?h\b)(?:,? (?P<y2>20\d\d))?"
    rf"|\b(?:fin|(?:the )?end of|ende|finales de|final de|fine|einde?|fim de) {_OF}(?P<m5>{MONTH})(?:,? (?:de |del )?(?P<y5>20\d\d))?"
    r"|(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)"
    r"|(?P<d3>\d{1,2})(?P<sep>[/.]|-(?=\d{1,2}-\d\d)|\. (?=\d{1,2}\.))(?P<m3>\d{1,2})(?:(?P=sep)(?P<y3>(?:20)?\d\d)\b|\.(?=\s|$))?(?![\d/])"
    r")"
)
_PAST_DAYS = 60
"""A day without a year that is at most this long past is in the past: people forget to switch the
reply off. A day further back is next year's.
"""


@dataclass(frozen=True, slots=True)
class DatedText:
    """The text with its days replaced by marks, and the days."""

    text: str
    days: tuple[date | None, ...]

    def day(self, mark: str) -> date | None:
        """Return the day of the mark's number."""
        return self.days[int(mark)] if int(mark) < len(self.days) else None


def with_days_marked(folded: str, written_on: date | None) -> DatedText:
    """Replace each day of `folded`; `written_on` supplies a missing year."""
    matches = list(_DAY.finditer(folded))
    is_american = any(_second_is_day(match) for match in matches)
    days: list[date | None] = []
    kept: list[str] = []
    position = 0
    for match in matches:
        kept += (folded[position : match.start()], f"@{len(days)}")
        days.append(_day(match, written_on, is_american=is_american))
        position = match.end()
    return DatedText("".join((*kept, folded[position:])), tuple(days))


def _second_is_day(match: re.Match[str]) -> bool:
    """Return whether the day is written as in America, month first: `06/16/2025`."""
    return bool(match["d3"]) and match["sep"] == "/" and int(match["m3"]) > 12


def _month_end(month: int, year_word: str | None, written_on: date | None) -> date | None:
    """Return the last day of the month that "until the end of June" means."""
    known = next_day(month, 28, written_on) if written_on else None
    year = int(year_word) if year_word else known.year if known else None
    following = date_or_none(year + month // 12, month % 12 + 1, 1) if year else None
    return following - timedelta(days=1) if following else None


def _day(match: re.Match[str], written_on: date | None, *, is_american: bool) -> date | None:
    if match["m5"]:
        return _month_end(MONTHS[match["m5"].rstrip(".")], match["y5"], written_on)
    number = next(form for form in "1234" if match[f"d{form}"])
    month_word = match[f"m{number}"].rstrip(".")
    month = MONTHS.get(month_word) or int(month_word)
    day = int(match[f"d{number}"])
    if number == "3" and match["sep"] == "/" and is_american:
        day, month = month, day
    year_word = match[f"y{number}"]
    if year_word:
        return date_or_none(int(year_word) + (2000 if len(year_word) == 2 else 0), month, day)
    return next_day(month, day, written_on) if written_on else None


def next_day(month: int, day: int, written_on: date) -> date | None:
    """Return the day of this name that a mail of `written_on` means."""
    found = date_or_none(written_on.year, month, day)
    if found is None or (written_on - found).days <= _PAST_DAYS:
        return found
    return date_or_none(written_on.year + 1, month, day)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
