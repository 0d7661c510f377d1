"""Reads the day and hour of an event as people type it, in the language of the screen."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from mailer.calendar.timetable import NotATime, parse_moment
from mailer.checks.reading.times.dates import mentions, weekday_name
from mailer.wording import _

_HOUR = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])\s*(?::|h(?:eures?|rs?)?|(?=[ap]\.?m))\s*"
    r"(?P<minute>[0-5]\d)?\s*(?:(?P<half>[ap])\.?m\.?)?(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:\W|\b(?:à|le|la|a|vers|dès|at|on|the|from|min(?:utes?)?)\b)*", re.IGNORECASE
)
"""What may stand around a date and an hour."""


def read_moment(text: str, language: str) -> date | datetime:
    """Return a day, or a day and hour: `9 décembre 2017 à 9 h 30`, `09/12/2017`, `2017-12-09 09:30`.

    Raises NotATime when it is none of these, has no year, or names the wrong weekday.
    """
    try:
        return parse_moment(text)
    except NotATime:
        found = next(iter(mentions(text, language)), None)
        day = found.near(date.min) if found and found.year else None
        if found is None or day is None:
            raise
    if found.weekday is not None and found.weekday != day.weekday():
        raise NotATime(
            _(
                "{day} is a {weekday}.",
                day=f"{day:%d/%m/%Y}",
                weekday=weekday_name(day.weekday(), language),
            )
        )
    rest = f"{text[: found.start]} {text[found.end :]}"
    hour = _HOUR.search(rest)
    if hour is not None:
        rest = f"{rest[: hour.start()]} {rest[hour.end() :]}"
    if not _BETWEEN.fullmatch(rest):
        raise NotATime(_("“{rest}” cannot be read as a part of a date.", rest=rest.strip()))
    return datetime.combine(day, _time(hour)) if hour else day


def _time(hour: re.Match[str]) -> time:
    """Return the hour that was typed, with a.m. and p.m. on the clock of twelve hours."""
    number = int(hour["hour"])
    match (hour["half"] or "").lower():
        case "p" if number < 12:
            number += 12
        case "a" if number == 12:
            number = 0
    return time(number, int(hour["minute"] or 0))
