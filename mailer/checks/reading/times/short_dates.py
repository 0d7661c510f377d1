"""Find short dates that do not exist, or whose weekday is another: `ven. 27/11`, `sam. 31/11`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mailer.checks.reading.quantities.conversions import ToldTwice

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = re.compile(
    r"(?i)(?<!\w)(?P<weekday>lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-zé]{0,6}\.?,?[ \u00a0](?:le[ \u00a0])?(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?![/.]?\d|[ \u00a0]?(?:[ap]\.?m\b|h\b|(?:–|-|to|à)[ \u00a0]?\d))"
)
_WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}  # fmt: skip
_NAMES = ("lundi / Monday", "mardi / Tuesday", "mercredi / Wednesday", "jeudi / Thursday", "vendredi / Friday", "samedi / Saturday", "dimanche / Sunday")  # fmt: skip


def short_dates_that_are_none(text: str, *, near: date) -> Iterator[ToldTwice]:
    """Yield each short date that no year around `near` has on that weekday."""
    for found in _SHORT.finditer(text):
        day, month = int(found["day"]), int(found["month"])
        wanted = _WEEKDAYS[found["weekday"].lower()]
        days = [it for pair in ((day, month), (month, day)) for it in _likely(*pair, near)]
        if not any(it.weekday() == wanted for it in days):
            right = _NAMES[days[0].weekday()] if days else f"{day}/{month}"
            yield ToldTwice(found[0], right, found.start())


def _likely(day: int, month: int, near: date) -> list[date]:
    """Return the nearest such day, and the next one if that is over."""
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    found.sort(key=lambda it: abs((it - near).days))
    return found[: 1 if found and found[0] >= near else 2]
