"""Find dates in prose, with the patterns of its language."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from mailer.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.languages.language import DatePatterns


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text, from `start` to `end`. `weekday` is 0 for Monday."""

    start: int
    end: int
    words: str
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def near(self, day: date) -> date | None:
        """Return the date. A missing year is the one that makes it nearest to `day`.

        Returns None when no such date exists.
        """
        years = [self.year] if self.year else [day.year - 1, day.year, day.year + 1]
        found = [found for year in years if (found := _date(year, self.month, self.day))]
        return min(found, key=lambda each: abs((each - day).days), default=None)


_JOINED = re.compile(
    r"(?i)[ \u00a0\n]*(?:,[ \u00a0\n]*)?(?:au|à|et|ou|to|until|through|and|or|–|—|-)?"
    r"[ \u00a0\n]*(?:(?:le|the)[ \u00a0\n]+)?"
)
_HOURS = re.compile(
    r"(?i)(?:,[ \u00a0])?(?:(?:from|at|de|à|dès)[ \u00a0])?\b(?:\d{1,2}[ \u00a0]?(?:h(?:[ \u00a0]?\d\d)?"
    r"|[:.]\d\d(?:[ \u00a0]?[ap]\.?m\b\.?)?|[ap]\.?m\b\.?)|noon|midi)(?:[ \u00a0](?:to|à)(?=[ \u00a0]\d|[ \u00a0]noon|[ \u00a0]midi))?"
)


def are_joined(text: str, first: Mention, last: Mention) -> bool:
    """Return whether nothing but `and` or `to` stands between two dates, but for the
    hours of the first: one period, or a list.
    """
    if first.end == last.start:  # `samedi 22 et ` and `dimanche 23 mai`
        return True
    between = _HOURS.sub(" ", text[first.end : last.start])
    return bool(between.strip()) and bool(_JOINED.fullmatch(between))


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Return the dates of `text`. A language without date patterns has none."""
    patterns = language_of(language).date_patterns
    return tuple(_mentions(text, language, patterns)) if patterns else ()


def between(dated: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return those of dates in their order that begin from `start` on and before `end`."""
    first, last = (bisect_left(dated, at, key=lambda it: it.start) for at in (start, end))
    return dated[first:last]


def _mentions(text: str, language: str, patterns: DatePatterns) -> Iterator[Mention]:
    compiled = _compiled(language)
    for form in compiled.forms:
        for found in form.finditer(text):
            mention = _mention(found, patterns)
            if before := compiled.first_of_two.search(
                text, max(0, found.start() - 40), found.start()
            ):
                yield _of(before, patterns, month=mention.month, year=mention.year)
            yield mention


def weekday_name(weekday: int, language: str) -> str:
    """Return the name of a weekday in a language, such as `samedi` or `Saturday`."""
    patterns = language_of(language).date_patterns
    assert patterns
    return patterns.weekdays[weekday]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The compiled date patterns of a language.

    `first_of_two` finds `samedi 9 et ` before `dimanche 10 décembre`, whose month it shares.
    """

    forms: tuple[re.Pattern[str], ...]
    first_of_two: re.Pattern[str]


@cache
def _compiled(language: str) -> _Compiled:
    patterns = language_of(language).date_patterns
    assert patterns
    flags = "(?i)" if patterns.ignores_case else ""
    weekday = _weekday(patterns)
    month = "|".join(f"(?P<m{n}>{name})" for n, name in enumerate(patterns.months, start=1))
    return _Compiled(
        tuple(
            re.compile(
                flags + form.replace("WEEKDAY", f"(?:{weekday})?").replace("MONTH", f"(?:{month})")
            )
            for form in patterns.forms
        ),
        re.compile(rf"{flags}(?<!\w){weekday}{patterns.before_second}\Z"),
    )


def _weekday(patterns: DatePatterns) -> str:
    """Return the pattern of a weekday, long or short; no short one is the end of a place’s name.

    `Bray-sur-Mer, le 1er juin` and `Cap de la Mer, 1er juin` name no Wednesday: without its full
    stop, a short one has no article behind it, and behind a word no capital that is not usual.
    """
    long, names = "|".join(patterns.weekdays), "|".join(patterns.short_weekdays)
    bare = rf"(?-i:{names})|(?<![^\W\d_][ \u00a0])(?:{names})" if patterns.ignores_case else names
    article = rf"(?:(?:{patterns.article})\s+)?"
    return (
        rf"(?<![-’'])(?P<weekday>(?:{long})(?=,?\s)|(?:{names})(?=\.)|(?:{bare})(?=,?\s+(?!{patterns.article}\b)))"
        rf"\.?,?\s+{article}"
    )


def _mention(found: re.Match[str], patterns: DatePatterns) -> Mention:
    groups = found.groupdict()
    month = int(groups.get("month") or 0) or next(
        n for n in range(1, 13) if groups.get(f"m{n}") is not None
    )
    return _of(found, patterns, month=month, year=int(groups["year"]) if groups["year"] else None)


def _of(found: re.Match[str], patterns: DatePatterns, *, month: int, year: int | None) -> Mention:
    weekday = found["weekday"]
    return Mention(
        start=found.start(),
        end=found.end(),
        words=" ".join(found[0].split()),
        day=int(re.sub(r"\D", "", found["day"])),
        month=month,
        year=year,
        weekday=_weekday_number(weekday, patterns) if weekday else None,
    )


def _weekday_number(name: str, patterns: DatePatterns) -> int:
    start = name[:3].casefold()
    return next(n for n, day in enumerate(patterns.weekdays) if day[:3].casefold() == start)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
