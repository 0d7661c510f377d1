"""Dates as prose has them, in French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_SHORT_WEEKDAYS = {
    "fr": ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
    "en": ["Mon", "Tues?", "Wed", "Thu(?:rs?)?", "Fri", "Sat", "Sun"],
}
_MONTHS = {
    "fr": [
        r"janvier|janv?\.?",
        r"f[ée]vrier|f[ée]vr?\.?",
        "mars",
        r"avril|avr\.?",
        "mai",
        "juin",
        r"juillet|juil\.?",
        "ao[ûu]t",
        r"septembre|sept\.?",
        r"octobre|oct\.?",
        r"novembre|nov\.?",
        r"d[ée]cembre|d[ée]c\.?",
    ],
    # A capital is asked for, or « may » and « march » would be months.
    "en": [
        r"January|Jan\.?",
        r"February|Feb\.?",
        r"March|Mar\.?",
        r"April|Apr\.?",
        "May",
        r"June|Jun\.?",
        r"July|Jul\.?",
        r"August|Aug\.?",
        r"September|Sept?\.?",
        r"October|Oct\.?",
        r"November|Nov\.?",
        r"December|Dec\.?",
    ],
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text, from `start` to `end`. `weekday` counts from Monday, 0."""

    start: int
    end: int
    words: str
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def near(self, day: date) -> date | None:
        """The date meant, its missing year being the one nearest to `day`; None if there is none."""
        years = [self.year] if self.year else [day.year - 1, day.year, day.year + 1]
        found = [found for year in years if (found := _date(year, self.month, self.day))]
        return min(found, key=lambda each: abs((each - day).days), default=None)


def mentions(text: str, language: str) -> Iterator[Mention]:
    """The dates of `text` in order, for the languages that we know; others have none."""
    if language not in _MONTHS:
        return
    for pattern in _patterns(language):
        for found in pattern.finditer(text):
            mention = _mention(found, language)
            if before := _first_of_two(language).search(
                text, max(0, found.start() - 40), found.start()
            ):
                yield _of(before, language, month=mention.month, year=mention.year)
            yield mention


def weekday_name(weekday: int, language: str) -> str:
    """`samedi`, `Saturday`."""
    return _WEEKDAYS[language][weekday]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    weekday = _weekday(language)
    month = "|".join(f"(?P<m{n}>{name})" for n, name in enumerate(_MONTHS[language], start=1))
    if language == "fr":
        return (
            re.compile(
                rf"(?i)(?<!\w){weekday}(?P<day>1er|1\u1d49\u02b3|\d{{1,2}})\s+(?:{month})(?!\w)"
                r"(?:\s+(?P<year>\d{4}))?"
            ),
            re.compile(
                rf"(?i)(?<![\w/]){weekday}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>\d{{4}})(?![\w/])"
            ),
        )
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    return (
        re.compile(
            rf"(?<!\w){weekday}{day}\s+(?:of\s+)?(?:{month})(?!\w)(?:,?\s+(?P<year>\d{{4}}))?"
        ),
        re.compile(rf"(?<!\w){weekday}(?:{month})\s+{day}(?!\w)(?:,?\s+(?P<year>\d{{4}}))?"),
    )


@cache
def _first_of_two(language: str) -> re.Pattern[str]:
    """`samedi 9 et ` before `dimanche 10 décembre`: a date whose month follows later."""
    joint = {"fr": r"(?:et|au|ou)", "en": r"(?:and|to|or)"}[language]
    weekday = _weekday(language).removesuffix("?")  # here it is not optional
    flags = "(?i)" if language == "fr" else ""
    return re.compile(
        rf"{flags}(?<!\w){weekday}(?P<day>1er|\d{{1,2}})\s*(?:{joint}|,|–|-)\s+(?:le\s+|au\s+)?\Z"
    )


def _weekday(language: str) -> str:
    long = "|".join(_WEEKDAYS[language])
    short = "|".join(rf"{name}\.?" for name in _SHORT_WEEKDAYS[language])
    return rf"(?:(?P<weekday>{long}|{short}),?\s+(?:the\s+|le\s+)?)?"


def _mention(found: re.Match[str], language: str) -> Mention:
    groups = found.groupdict()
    month = int(groups.get("month") or 0) or next(
        n for n in range(1, 13) if groups.get(f"m{n}") is not None
    )
    return _of(found, language, month=month, year=int(groups["year"]) if groups["year"] else None)


def _of(found: re.Match[str], language: str, *, month: int, year: int | None) -> Mention:
    weekday = found["weekday"]
    return Mention(
        start=found.start(),
        end=found.end(),
        words=" ".join(found[0].split()),
        day=int(re.sub(r"\D", "", found["day"].replace("1\u1d49\u02b3", "1"))),
        month=month,
        year=year,
        weekday=_weekday_number(weekday, language) if weekday else None,
    )


def _weekday_number(name: str, language: str) -> int:
    start = name[:3].casefold()
    return next(n for n, day in enumerate(_WEEKDAYS[language]) if day[:3].casefold() == start)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
