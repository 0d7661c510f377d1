"""Read an absence notice: the day of return, whether the person has left, and replacements."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate
from typing import TYPE_CHECKING

from mailer.addresses import addresses_in
from mailer.feedback.mail.text import plain_text
from mailer.feedback.reading import Absence
from mailer.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.feedback.mail.message import Mail
    from mailer.languages.language import AbsenceWords

_MONTHS = {
    name: number
    for language in LANGUAGES
    if language.absences
    for number, names in enumerate(language.absences.months, start=1)
    for name in names.split()
}


def _any(part: Callable[[AbsenceWords], str]) -> str:
    """Join the expressions of all languages, because the language of a reply is not known."""
    found = (part(language.absences) for language in LANGUAGES if language.absences)
    return f"(?:{'|'.join(filter(None, found))})"


_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_SUFFIX = _any(lambda words: words.day_suffix)
# Words that may come between "de retour" and the day: a weekday, an article, "only".
_BETWEEN = rf"(?:[ ,:]|{_any(lambda words: words.between)}\b){{0,12}}"
_DAY = (
    rf"(?:(?P<d1>\d{{1,2}}){_SUFFIX}? (?P<m1>{_MONTH})(?:,? (?P<y1>20\d\d))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}}){_SUFFIX}?(?:,? (?P<y2>20\d\d))?"
    r"|(?P<d3>\d{1,2})[/.](?P<m3>\d{1,2})(?:[/.](?P<y3>(?:20)?\d\d))?"
    r"|(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d))"
)
_BACK = re.compile(rf"\b{_any(lambda words: words.back)}\b" + _BETWEEN + _DAY)
_UNTIL = re.compile(rf"\b{_any(lambda words: words.until)}\b" + _BETWEEN + _DAY)
_SPAN = re.compile(rf"\b{_any(lambda words: words.span)}" + _BETWEEN + _DAY)
_LEFT = re.compile(rf"\b{_any(lambda words: words.left)}\b")


def find_absence(mail: Mail) -> Absence:
    """Return the absence that the text describes. The date of `mail` supplies a missing year."""
    text = plain_text(f"{mail.headers.get('subject')} . {mail.notice[:4000]}")
    written_on = _written_on(mail)
    own = {mail.sender.casefold(), *(address.casefold() for address in mail.our_addresses)}
    named = [found for found in addresses_in(mail.notice[:4000]) if found.casefold() not in own]
    return Absence(
        returns_on=_returns_on(text, written_on),
        has_left=bool(_LEFT.search(text)),
        replacements=tuple(named[:5]),
    )


def _written_on(mail: Mail) -> date | None:
    parsed = parsedate(mail.headers.get("date")[:100])
    return _date(parsed[0], parsed[1], parsed[2]) if parsed else None


def _returns_on(text: str, written_on: date | None) -> date | None:
    back = _BACK.search(text)
    if back:
        return _day(back, written_on)
    last = _UNTIL.search(text) or _SPAN.search(text)
    day = _day(last, written_on) if last else None
    # "Absent jusqu'au 4" means back on the 5th.
    return _next(day) if day else None


def _next(day: date) -> date | None:
    return date.fromordinal(day.toordinal() + 1) if day.toordinal() < date.max.toordinal() else None


def _day(match: re.Match[str], written_on: date | None) -> date | None:
    groups = match.groupdict()
    number = next(form for form in "1234" if groups.get(f"d{form}"))
    month_word = groups[f"m{number}"].rstrip(".")
    month = _MONTHS.get(month_word) or int(month_word)
    year_word = groups.get(f"y{number}")
    if year_word:
        year = int(year_word) + (2000 if len(year_word) == 2 else 0)
    elif written_on:
        # A day without a year is the next one of that name; up to six months back it is in the past,
        # because people forget to switch the reply off.
        year = written_on.year + (month < written_on.month - 6)
    else:
        return None
    return _date(year, month, int(groups[f"d{number}"]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
