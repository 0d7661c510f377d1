"""Find the years that a text bears: a date without its own is read in one of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mailer.languages import MONTHS

if TYPE_CHECKING:
    from mailer.checks.reading.texts.prose import Passage

_YEAR = re.compile(
    rf"(?<!\w)(?i:{MONTHS}),?[ \u00a0\n](?:\d{{1,2}}(?:st|nd|rd|th)?,?[ \u00a0\n])?(?P<dated>(?:19|20)\d\d)(?!\w)"
    r"|(?<![\w.,/-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?P<numeric>(?:19|20)\d\d)|(?P<iso>20\d\d)-\d\d-\d\d)(?!\w)"
    r"|(?<![\w.,+])(?P<bare>20\d\d)(?!\w|[ \u00a0.,]\d)"
)
_HEADLINE = re.compile(r"^[ \t]{0,3}#[ \t][^\n]*", re.MULTILINE)


class YearInText(NamedTuple):
    """A year, and where it stands."""

    year: int
    start: int


def years_of(passage: Passage, since: int) -> tuple[YearInText, ...]:
    """Return the years of dates and of the headline, and from the year `since` on those that stand
    alone: when something was founded says nothing of what is to come.
    """
    return _years(passage.text, since)


@lru_cache(maxsize=256)  # several checks look at the same texts, at every save
def _years(text: str, since: int) -> tuple[YearInText, ...]:
    headline = _HEADLINE.search(text)
    start, end = headline.span() if headline else (0, 0)
    return tuple(
        YearInText(int(it[it.lastgroup or 0]), it.start(it.lastgroup or 0))
        for it in _YEAR.finditer(text)
        if it.lastgroup != "bare" or int(it["bare"]) >= since or start <= it.start() < end
    )
