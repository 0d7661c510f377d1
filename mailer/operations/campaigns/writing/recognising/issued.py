"""The day on which a document without a dateline says that it was issued."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from mailer.checks.reading.times.dates import mentions
from mailer.operations.campaigns.writing.recognising.words import kind_labels, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.operations.campaigns.writing.recognising.moments import DateContext

_HEAD = 8
"""Among how many first lines the day of issue stands."""
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>20\d\d)(?!\w)"
)
_ISSUED = re.compile(rf"(?<!\w){words(lambda release: release.issued)}(?!\w)")
_NO_KIND = words(lambda release: release.no_kind)
_KINDS = "|".join(pattern.pattern for pattern in kind_labels().values())
_LABELS = re.compile(rf"(?<!\w)(?:{_KINDS}|{_NO_KIND})(?!\w)")


def issued_on(text: str, how: DateContext) -> date | None:
    """Return the only day in the head of a text that stands with no words but its kind and such as
    `Issued`, unless the text names an earlier day: that of an event would stand so, too.
    """
    head = [line for line in text.split("\n") if line.strip()][:_HEAD]
    days = {day for line in head for day in _alone_in(line, how)}
    said = {day for day, _words in _days(text, how)}
    return days.pop() if len(days) == 1 and days <= {min(said)} else None


def _alone_in(line: str, how: DateContext) -> Iterator[date]:
    for day, said in _days(line, how):
        rest = _ISSUED.sub("", _LABELS.sub("", line.replace(said, " ", 1)))
        if not re.search(r"\w", rest):
            yield day


def _days(text: str, how: DateContext) -> Iterator[tuple[date, str]]:
    """Yield the days of a text that have their year."""
    for mention in mentions(text, how.language):
        if mention.year and (day := mention.near(how.today)):
            yield day, text[mention.start : mention.end]
    for found in _NUMERIC.finditer(text):
        with suppress(ValueError):
            yield date(*(int(found[part]) for part in ("year", "month", "day"))), found[0]
