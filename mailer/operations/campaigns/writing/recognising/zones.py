"""The clock by which an hour is said: `9:30am ET`, `15 h, heure de Montréal`, `10:00 BST`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailer.checks.reading.texts.phrases import in_any_language
from mailer.languages import LANGUAGES

_ALL_YEAR = {"GMT": "UTC", "UTC": "UTC", "UT": "UTC", "TU": "UTC"}
_CIVIL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "HE": "America/Toronto",
}
_OF_A_SEASON = {
    "BST": ("Europe/London", 1),
    "CET": ("Europe/Paris", 1),
    "CEST": ("Europe/Paris", 2),
    "EST": ("America/New_York", -5),
    "EDT": ("America/New_York", -4),
    "HNE": ("America/Toronto", -5),
    "HAE": ("America/Toronto", -4),
    "AST": ("America/Halifax", -4),
    "ADT": ("America/Halifax", -3),
    "CST": ("America/Chicago", -6),
    "CDT": ("America/Chicago", -5),
    "MST": ("America/Denver", -7),
    "MDT": ("America/Denver", -6),
    "EET": ("Europe/Helsinki", 2),
    "EEST": ("Europe/Helsinki", 3),
    "WET": ("Europe/Lisbon", 0),
    "WEST": ("Europe/Lisbon", 1),
    "PST": ("America/Los_Angeles", -8),
    "PDT": ("America/Los_Angeles", -7),
}
"""Names that hold for a part of the year, with the hours that they are before UTC. Many write one
of them in the other season, and mean what the clocks show: such an hour is not known.
"""
_HERE = "[ \\t\u00a0\u202f]*[,(]?[ \\t\u00a0\u202f]*"
_SHORT = re.compile(rf"{_HERE}\b(?P<name>[A-Z]{{3,4}}|{'|'.join((*_ALL_YEAR, *_CIVIL))})\b")
_LONG = tuple(
    (re.compile(rf"(?i){_HERE}(?:{words})\b\)?"), zone)
    for language in LANGUAGES
    if language.release
    for words, zone in language.release.zones.items()
)
_UNKNOWN = re.compile(
    rf"{_HERE}(?P<words>{in_any_language(lambda phrases: phrases.time_zone)}[^).,;\n]*)"
)


_NUMBERS = {
    "America/": re.compile(
        r"(?<![\d+])(?:\+?1[ .-]?)?\(?\d{3}\)?[ .\u00a0-]\d{3}[.\u00a0-]\d{4}(?!\d)"
    ),
    "Europe/London": re.compile(
        r"\+44[ \u00a0(]|(?<![\d+])0(?:\d{2} \d{4} \d{4}|\d{3} \d{3} \d{4}|\d{4} \d{3} ?\d{3})(?!\d)"
    ),
}
"""The telephone numbers of the places where a clock goes."""
_ELSEWHERE = re.compile(r"\+(?!1\b|44\b)\d{2}|(?<![\d+])0\d(?:[ .\u00a0]\d\d){4}(?!\d)")


def calls_at(text: str, zone: str) -> bool:
    """Return whether the telephone numbers of a text are those of the place of a clock, and no
    other ones.
    """
    numbers = next((it for begin, it in _NUMBERS.items() if zone.startswith(begin)), None)
    return bool(numbers and numbers.search(text)) and not _ELSEWHERE.search(text)


@dataclass(frozen=True, slots=True)
class SaidClock:
    """The clock that is named behind an hour. An unknown one has no `zone`, the office's own is
    empty.
    """

    end: int
    zone: str | None
    hours: int | None = None
    """How many hours the clock is before UTC, where its name says it."""

    def at_the_office(self, day: date, at: time, office: str) -> datetime | None:
        """Return the moment by the office's clock; None where it is not sure."""
        if self.zone is None:
            return None
        said = datetime.combine(day, at, ZoneInfo(self.zone or office))
        if self.hours is not None and said.utcoffset() != timedelta(hours=self.hours):
            return None
        here = said.astimezone(ZoneInfo(office))
        if self.zone == "UTC" and office in {"Europe/London", "Europe/Dublin"} and here.dst():
            return None  # who says GMT there in summer may mean the clock on the wall
        return here.replace(tzinfo=None)


def clock_at(text: str, end: int, office: str) -> SaidClock | None:
    """Return the clock that is named behind an hour which ends at `end`; None where none is."""
    for pattern, zone in _LONG:
        if long := pattern.match(text, end):
            return SaidClock(long.end(), zone)
    if unknown := _UNKNOWN.match(text, end):
        city = office.rpartition("/")[2].replace("_", " ").casefold()
        is_here = city in unknown["words"].casefold()
        return SaidClock(unknown.end(), "" if is_here else None)
    if short := _SHORT.match(text, end):
        if season := _OF_A_SEASON.get(short["name"]):
            return SaidClock(short.end(), *season)
        return SaidClock(short.end(), (_ALL_YEAR | _CIVIL).get(short["name"]))
    return None
