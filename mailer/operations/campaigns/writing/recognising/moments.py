"""Days and hours of a document: the event, the end of an embargo, a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mailer.checks.reading.texts.prose import Passage, PassagePart
from mailer.checks.reading.times.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.times.dates import mentions
from mailer.checks.reading.times.years import years_of
from mailer.errors import Place
from mailer.languages import MONTHS, WEEKDAYS
from mailer.operations.campaigns.writing.recognising.lines import sentences_of
from mailer.operations.campaigns.writing.recognising.words import words
from mailer.operations.campaigns.writing.recognising.zones import calls_at, clock_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.times.dates import Mention
    from mailer.operations.campaigns.writing.recognising.zones import SaidClock

_SOON = 330
"""Within how many days an event lies whose year is not given."""

CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])[\s\u00a0]*"
    r"(?:(?:h(?:eures?)?|:|\.(?=\d\d[\s\u00a0]*(?:[ap]\.?m|hrs|h\b|(?:to|until|–|-)[\s\u00a0]*(?:noon|midday|\d\d?\.\d\d(?![\d.]))))|(?<=[-–]\d\d)\.(?=\d\d(?![\d.])))[\s\u00a0]*(?P<minute>[0-5]\d)?"
    r"(?:[\s\u00a0]*(?:hrs|h\b|(?P<half>[ap])\.?m\b\.?))?|(?P<bare>[ap])\.?m\b\.?)(?!\w)"
    rf"|(?P<noon>{words(lambda release: release.noon)})\b)"
)
_BETWEEN = r"[\s\u00a0,(–—*_|\\-]*"
_HOUR = re.compile(
    rf"(?i){_BETWEEN}(?:(?:{words(lambda release: release.hours)})[\s\u00a0*_]*:?{_BETWEEN})?"
    rf"(?:(?:à partir de|entre|between|à|a|dès|de|from|at|on)\s+)?{CLOCK}"
)
_UNTIL = rf"(?i)[\s\u00a0]*(?:{words(lambda release: release.until_hour)})[\s\u00a0]*"
_END = re.compile(_UNTIL + CLOCK)
_JOINED = re.compile(_UNTIL)
_ANY_CLOCK = re.compile(rf"(?i)(?<![\d.:,+]){CLOCK}")
_BEFORE_DAY = re.compile(r"(?i)[\s\u00a0,)*_]*(?:(?:on|le|ce)[\s\u00a0]+)?\Z")
_LONGEST_BEFORE = 60
"""How many signs before a day its hour stands at most, with the clock."""
_OR = rf"[\s\u00a0,(]*\b(?:{words(lambda release: release.or_else)})[\s\u00a0]+(?:(?:le|à|a|dès|vers|on|at|the)[\s\u00a0]+)?"
_LIMIT = re.compile(
    rf"{words(lambda release: release.limit)}[\s\u00a0:]+(?:(?:le|à|at|on)\s+)?"
    rf"(?:(?i:(?:(?:{WEEKDAYS})\s+)?\d{{1,2}}(?:er|st|nd|rd|th)?{_OR}))?\Z"
)
"""Before a date that ends something, also behind another one: `avant le 15 ou le 16 mars`."""
_YEAR_OF_DATE = re.compile(
    rf"(?i)\b(?:\d{{1,2}}(?:er|st|nd|rd|th)?[\s\u00a0]+(?:{MONTHS})|(?:{MONTHS})\.?[\s\u00a0]+\d{{1,2}}(?:st|nd|rd|th)?,)"
    r"[\s\u00a0]+(?P<year>20\d\d)(?!\w)"
)
_LIMIT_BEHIND = re.compile(rf"[\s\u00a0,(]*(?:{words(lambda release: release.limit_behind)})\b")
_WAS_PLANNED = re.compile(
    rf"\b(?:{words(lambda release: release.was_planned)})[\s\u00a0]*(?:(?:le|pour le|for|on|the)[\s\u00a0]+)?"
)
_OR_BEHIND = re.compile(
    rf"(?i){_OR}(?:(?:{WEEKDAYS})\b|\d{{1,2}}(?:er|st|nd|rd|th)?[\s\u00a0]+(?:{MONTHS})|(?:{MONTHS})[\s\u00a0]+\d|{CLOCK})"
)
_OR_BEFORE = re.compile(
    rf"(?i)(?:\b(?:{WEEKDAYS}|{MONTHS})|\d(?:er|st|nd|rd|th|[\s\u00a0]*(?:h(?:\d\d|eures?)?|[ap]\.?m\.?))?){_OR}\Z"
)
_UNSURE = words(lambda release: release.unsure)
_UNSURE_BEHIND = re.compile(
    rf"[\s\u00a0,;:(\[*_–—-]*(?:{_UNSURE})(?![\s\u00a0]+(?:auprès|par|avant|à|with|by|to)\b)"
)
_UNSURE_BEFORE = re.compile(
    rf"(?:\A|\n|[.!?(])[\s*_#(\[-]*(?:{_UNSURE})[\s\u00a0,:)\]*_–—-]*(?:(?i:le|on)[\s\u00a0]+)?\Z"
)
_IN_CAPITALS = re.compile(rf"\b(?!(?-i:[^\W\d_][^\W\d_A-ZÀ-Þ]))(?i:{WEEKDAYS}|{MONTHS})(?!\w)")


@dataclass(frozen=True, slots=True)
class DateContext:
    """How the dates of a document are read: its language, the day of reading, the office's zone."""

    language: str
    today: date
    zone: str = "Europe/Paris"
    year: int | None = None
    """The only year that the document names, which is that of every date without one."""
    named: tuple[tuple[int, int, int], ...] = ()
    """Month, day and year of each date of the document that has its year: the same day has it also
    where it is said again without.
    """
    trusts_wrong_weekdays: bool = False
    """Whether a date counts although its weekday is wrong: to check a text, not to take facts."""


@dataclass(frozen=True, slots=True)
class SaidMoment:
    """A day to come, with its hours if they stand beside it, and the words that say it."""

    day: date
    at: time | None
    until: time | None
    words: str
    has_weekday: bool
    is_limit: bool
    instant: datetime | None = None
    """The moment by the office's clock; None without an hour, and by a clock that is not known."""
    is_unsure: bool = False
    """Whether another day or hour stands beside it (`ou 15 h`), or that it is to be confirmed."""
    sentence: str = ""
    """The sentence that says it, or the line where it is in none."""

    @property
    def is_elsewhere(self) -> bool:
        """Return whether the hour is by another clock than the office's."""
        return self.at is not None and self.instant != datetime.combine(self.day, self.at)

    @property
    def value(self) -> date:
        """Return the moment; only the day for an hour that people read on a clock elsewhere."""
        is_sure = self.instant is not None and (self.is_limit or not self.is_elsewhere)
        return self.instant if self.instant and is_sure else self.day


@dataclass(frozen=True, slots=True)
class _SaidHours:
    """The hours of a day, from `start` to `end` of the text, and by which clock."""

    start: int
    end: int
    at: time
    until: time | None
    clock: SaidClock | None


def said_moments(text: str, how: DateContext) -> Iterator[SaidMoment]:
    """Yield the days to come that a text names, but for the day of its dateline.

    A weekday that does not belong to its date is no moment.
    """
    passage = Passage(PassagePart.TEXT, text, how.language, Place(""))
    found = list(mentions(_without_capitals(passage.text), how.language))
    written = next((it for it in found if _is_written(passage, it)), None)
    reference = (written and written.near(how.today)) or how.today
    used = 0
    for mention in sorted(found, key=lambda each: each.start):
        if mention is written or _is_written(passage, mention):
            continue
        said = mention if mention.year else replace(mention, year=_year_of(mention, how))
        judged = replace(said, weekday=None) if how.trusts_wrong_weekdays else said
        is_told = how.trusts_wrong_weekdays and _is_past(said, reference)
        day = None if is_told else _day(judged, reference, how.year)
        hours = _hours_after(passage.text, mention.end, how.zone) or _hours_before(
            passage.text, used, mention.start, how.zone
        )
        start = min(mention.start, hours.start) if hours else mention.start
        used = max(mention.end, hours.end) if hours else mention.end
        if day is None or _was_planned(passage.text, start):
            continue
        yield SaidMoment(
            day,
            hours.at if hours else None,
            hours.until if hours else None,
            " ".join(re.sub(r"[*_|\\]+", " ", passage.text[start:used]).split()),
            has_weekday=mention.weekday is not None,
            is_limit=_is_limit(passage.text, start, used),
            instant=_instant(day, hours, how.zone),
            is_unsure=_is_unsure(passage.text, start, used),
            sentence=_sentence(text, start, used),
        )


def years_named(text: str, language: str) -> tuple[tuple[int, int, int], ...]:
    """Return month, day and year of each date of a text that has its year."""
    every = mentions(_without_capitals(text), language)
    return tuple(sorted({(it.month, it.day, it.year) for it in every if it.year}))


def _year_of(mention: Mention, how: DateContext) -> int | None:
    """Return the only year with which the document names a day elsewhere."""
    years = {year for month, day, year in how.named if (month, day) == (mention.month, mention.day)}
    return years.pop() if len(years) == 1 else None


def _hours_after(text: str, start: int, zone: str) -> _SaidHours | None:
    hour = _HOUR.match(text, start)
    return _hours(text, hour, _END.match(text, hour.end()), zone) if hour else None


def _hours_before(text: str, used: int, day_at: int, zone: str) -> _SaidHours | None:
    """Return the hours that stand before a day, and belong to no other: `00:01 BST, 3 May`."""
    window = text[:day_at]
    every = list(_ANY_CLOCK.finditer(window, max(used, day_at - _LONGEST_BEFORE)))
    if not every:
        return None
    first, last = every[0], every[-1]
    is_span = len(every) == 2 and _JOINED.fullmatch(window, first.end(), last.start())
    if len(every) > 1 and not is_span:
        return None
    hours = _hours(window, first, last if is_span else None, zone)
    return hours if _BEFORE_DAY.match(window, hours.end) else None


def _hours(text: str, hour: re.Match[str], end: re.Match[str] | None, zone: str) -> _SaidHours:
    last = end.end() if end else hour.end()
    clock = clock_at(text, last, zone) or clock_at(text, hour.end(), zone)
    last = max(last, clock.end) if clock else last
    return _SaidHours(hour.start(), last, time_of(hour), time_of(end) if end else None, clock)


def _instant(day: date, hours: _SaidHours | None, zone: str) -> datetime | None:
    if hours is None:
        return None
    if hours.clock is None:
        return datetime.combine(day, hours.at)
    return hours.clock.at_the_office(day, hours.at, zone)


def home_zone(text: str, office: str) -> tuple[str, str]:
    """Return the only clock by which a text tells its hours, and the words that say so: that of
    the office, unless the telephone numbers show that the text comes from the other place.
    """
    found: dict[str | None, str] = {}
    for hour in _ANY_CLOCK.finditer(text):
        clock = clock_at(text, hour.end(), office)
        if clock and clock.zone:
            found.setdefault(clock.zone, text[hour.start() : clock.end].strip())
    if len(found) != 1:
        return office, ""
    ((zone, words_said),) = found.items()
    return (zone, words_said) if zone and calls_at(text, zone) else (office, "")


def hour_of(text: str, how: DateContext) -> time | None:
    """Return the only hour of a text, by the clock of its place."""
    found = {
        time_of(each): clock_at(text, each.end(), how.zone) for each in _ANY_CLOCK.finditer(text)
    }
    is_here = len(found) == 1 and all(
        it is None or it.zone in {"", how.zone} for it in found.values()
    )
    return next(iter(found)) if is_here else None


def says_hour(text: str) -> bool:
    """Return whether a text names an hour."""
    return _ANY_CLOCK.search(text) is not None


def _is_written(passage: Passage, mention: Mention) -> bool:
    """Return whether a day is that of a dateline or of issue. With an hour before it, it ends an embargo."""
    begins = passage.text.rfind("\n", 0, mention.start) + 1
    is_told = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
    return is_told and not _ANY_CLOCK.search(passage.text[: mention.start], begins)


def with_years(text: str, how: DateContext) -> DateContext:
    """Return how the dates of a text without a year are read: after its dateline, in the only year of
    its other dates, or else from the first of their years on.
    """
    how = replace(how, named=years_named(text, how.language))
    written = written_on(text, how)
    years = {int(each) for each in _YEAR_OF_DATE.findall(text)}
    to_come = {year for year in years if year >= how.today.year}
    if len(years) == len(to_come) == 1:
        return replace(how, today=written or how.today, year=min(years))
    is_later = not written and to_come and min(to_come) > how.today.year
    return replace(how, today=written or (date(min(to_come), 1, 1) if is_later else how.today))


def written_on(text: str, how: DateContext) -> date | None:
    """Return the day of the dateline, in the only year that the text bears if it has none itself;
    None for a text without one.
    """
    passage = Passage(PassagePart.TEXT, text, how.language, Place(""))
    found = (it for it in mentions(passage.text, how.language) if _is_written(passage, it))
    first = next(found, None)
    if first is None:
        return None
    years = {it.year for it in years_of(passage, how.today.year)}
    is_sure = first.year is None and len(years) == 1
    return first.near(date(years.pop(), 7, 1) if is_sure else how.today)


def _is_past(mention: Mention, reference: date) -> bool:
    """Return whether a date without year, whose weekday is right, has just been."""
    day = mention.near(reference)
    is_right = day is not None and mention.weekday in {None, day.weekday()}
    return is_right and day is not None and not mention.year and day < reference


def _is_limit(text: str, start: int, end: int) -> bool:
    """Return whether the words beside a day say that something ends with it."""
    before = _LIMIT.search(text, max(0, start - 50), start)
    return before is not None or _LIMIT_BEHIND.match(text, end) is not None


def _is_unsure(text: str, start: int, end: int) -> bool:
    """Return whether another day or hour stands beside a moment, or that it is to be confirmed."""
    return bool(
        _OR_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
        or _UNSURE_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
        or _OR_BEHIND.match(text, end)
        or _UNSURE_BEHIND.match(text, end)
    )


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence of a moment without marks, or its line, or its lines."""
    last = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else len(text)]
    whole = next((each for each in sentences_of(line) if text[start:end] in each), line)
    return " ".join(re.sub(r"[*_|\\#]+", " ", whole).split())


def _was_planned(text: str, start: int) -> bool:
    """Return whether a day is the one that an event had before it was moved."""
    return any(it.end() == start for it in _WAS_PLANNED.finditer(text, max(0, start - 80)))


def _without_capitals(text: str) -> str:
    """Return the text with the names of days and months as they are usually written."""
    return _IN_CAPITALS.sub(lambda found: found[0].capitalize(), text)


def _day(mention: Mention, reference: date, only_year: int | None) -> date | None:
    """Return the day of an event to come; None for others and for a wrong weekday."""
    year = mention.year or only_year
    years = [year] if year else [reference.year, reference.year + 1]
    for year in years:
        try:
            day = date(year, mention.month, mention.day)
        except ValueError:
            continue
        if mention.weekday not in {None, day.weekday()}:
            continue
        if 0 <= (day - reference).days <= _SOON or (year and day >= reference):
            return day
    return None


def time_of(found: re.Match[str]) -> time:
    """Return the hour that `CLOCK` has found."""
    if found["noon"]:
        return time(12)
    hour, half = int(found["hour"]), (found["half"] or found["bare"] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(found["minute"] or 0))
