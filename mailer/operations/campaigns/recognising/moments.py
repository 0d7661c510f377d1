"""Days and hours of a document: the event, the end of an embargo, a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mailer.checks.reading.datelines import is_dateline
from mailer.checks.reading.dates import mentions
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import Passage, PassagePart
from mailer.errors import Place
from mailer.model.campaign import CampaignKind
from mailer.model.proposals import ProposedFact
from mailer.operations.campaigns.recognising.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.dates import Mention

_SOON = 330
"""Within how many days an event lies whose year is not given."""

_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])[\s\u00a0]*"
    r"(?:(?:h(?:eures?)?|:|\.(?=\d\d[\s\u00a0]*[ap]\.?m))[\s\u00a0]*(?P<minute>[0-5]\d)?"
    r"(?:[\s\u00a0]*(?P<half>[ap])\.?m\b\.?)?|(?P<bare>[ap])\.?m\b\.?)(?!\w)"
    rf"|(?P<noon>{words(lambda release: release.noon)})\b)"
)
_HOUR = re.compile(r"(?i)[\s\u00a0,(–—-]*(?:(?:à partir de|à|a|dès|de|from|at|on)\s+)?" + _CLOCK)
_END = re.compile(
    rf"(?i)[\s\u00a0]*(?:{words(lambda release: release.until_hour)})[\s\u00a0]*{_CLOCK}"
)
_LIMIT = re.compile(words(lambda release: release.limit) + r"[\s\u00a0]+(?:le\s+)?\Z")
_ZONE = re.compile(
    rf"[\s\u00a0,(]*(?P<words>{in_any_language(lambda phrases: phrases.time_zone)}[^).,;\n]*"
    r"|\b[A-Z]{3,4}\b)"
)


@dataclass(frozen=True, slots=True)
class DateContext:
    """How the dates of a document are read: its language, the day of reading, the office's zone."""

    language: str
    today: date
    zone: str = "Europe/Paris"
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

    @property
    def value(self) -> date:
        return datetime.combine(self.day, self.at) if self.at else self.day


def said_moments(text: str, how: DateContext) -> Iterator[SaidMoment]:
    """Yield the days to come that a text names, but for the day of its dateline.

    A weekday that does not belong to its date, and an hour by a clock elsewhere, are no moments.
    """
    passage = Passage(PassagePart.TEXT, text, how.language, Place(""))
    found = list(mentions(passage.text, how.language))
    written = next((it for it in found if is_dateline(passage, it)), None)
    reference = (written and written.near(how.today)) or how.today
    for mention in found:
        if mention is written or is_dateline(passage, mention):
            continue
        judged = replace(mention, weekday=None) if how.trusts_wrong_weekdays else mention
        day = _day(judged, reference)
        hour = _HOUR.match(passage.text, mention.end)
        if day is None or (hour and _is_elsewhere(passage.text, hour.end(), how.zone)):
            continue
        end = _END.match(passage.text, hour.end()) if hour else None
        last = max(each.end() for each in (hour, end) if each) if hour else mention.end
        yield SaidMoment(
            day,
            _time(hour) if hour else None,
            _time(end) if end else None,
            " ".join(passage.text[mention.start : last].split()),
            has_weekday=mention.weekday is not None,
            is_limit=_LIMIT.search(passage.text, max(0, mention.start - 30), mention.start)
            is not None,
        )


def written_on(text: str, how: DateContext) -> date | None:
    """Return the day of the dateline; None for a text without one."""
    passage = Passage(PassagePart.TEXT, text, how.language, Place(""))
    found = (it for it in mentions(passage.text, how.language) if is_dateline(passage, it))
    first = next(found, None)
    return first.near(how.today) if first else None


def event_facts(text: str, how: DateContext, kind: CampaignKind | None) -> tuple[ProposedFact, ...]:
    """Return when the event begins, and when it ends if that is said beside it."""
    written = written_on(text, how)
    needs_hour = kind in {None, CampaignKind.PRESS_RELEASE, CampaignKind.PRESS_KIT}
    with_hour: dict[tuple[date, time], SaidMoment] = {}
    without: dict[date, SaidMoment] = {}
    for moment in said_moments(text, how):
        if moment.is_limit or (moment.day == written and moment.at is None):
            continue
        if moment.at:
            known = with_hour.setdefault((moment.day, moment.at), moment)
            if known.until is None and moment.until:
                with_hour[moment.day, moment.at] = moment
        elif moment.has_weekday:
            without.setdefault(moment.day, moment)
    found = list(with_hour.values()) or ([] if needs_hour and kind else list(without.values()))
    if len(found) != 1:
        return ()
    (moment,) = found
    facts = [ProposedFact(("event", "starts_at"), moment.value, moment.words)]
    if moment.until and moment.at and moment.until > moment.at:
        ends_at = datetime.combine(moment.day, moment.until)
        facts.append(ProposedFact(("event", "ends_at"), ends_at, moment.words))
    return tuple(facts)


def _is_elsewhere(text: str, end: int, zone: str) -> bool:
    """Return whether an hour is by the clock of another place than the office."""
    named = _ZONE.match(text, end)
    if named is None:
        return False
    city = zone.rpartition("/")[2].replace("_", " ").casefold()
    said = named["words"].casefold()
    return city not in said and not re.search(r"\b(?:locale?|française|cet|cest|local)\b", said)


def _day(mention: Mention, reference: date) -> date | None:
    """Return the day of an event to come; None for others and for a wrong weekday."""
    years = [mention.year] if mention.year else [reference.year, reference.year + 1]
    for year in years:
        try:
            day = date(year, mention.month, mention.day)
        except ValueError:
            continue
        if mention.weekday not in {None, day.weekday()}:
            continue
        if 0 <= (day - reference).days <= _SOON or (mention.year and day >= reference):
            return day
    return None


def _time(found: re.Match[str]) -> time:
    if found["noon"]:
        return time(12)
    hour, half = int(found["hour"]), (found["half"] or found["bare"] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(found["minute"] or 0))
