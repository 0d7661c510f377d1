"""Days and hours of a document: the event, the end of an embargo, a deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mailer.checks.reading.datelines import is_dateline, is_day_of_issue
from mailer.checks.reading.dates import mentions
from mailer.checks.reading.on_duty import without_duty_hours
from mailer.checks.reading.phrases import in_any_language
from mailer.checks.reading.prose import Passage, PassagePart
from mailer.checks.reading.years import years_of
from mailer.errors import Place
from mailer.model.campaign import CampaignKind
from mailer.model.proposals import ProposedFact
from mailer.operations.campaigns.recognising.words import words
from mailer.operations.campaigns.recognising.zones import clock_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.checks.reading.dates import Mention
    from mailer.operations.campaigns.recognising.zones import SaidClock

_SOON = 330
"""Within how many days an event lies whose year is not given."""

_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])[\s\u00a0]*"
    r"(?:(?:h(?:eures?)?|:|\.(?=\d\d[\s\u00a0]*(?:[ap]\.?m|hrs|(?:to|until|–|-)[\s\u00a0]*(?:noon|midday))))[\s\u00a0]*(?P<minute>[0-5]\d)?"
    r"(?:[\s\u00a0]*(?:hrs|(?P<half>[ap])\.?m\b\.?))?|(?P<bare>[ap])\.?m\b\.?)(?!\w)"
    rf"|(?P<noon>{words(lambda release: release.noon)})\b)"
)
_BETWEEN = r"[\s\u00a0,(–—*_|\\-]*"
_HOUR = re.compile(
    rf"(?i){_BETWEEN}(?:(?:{words(lambda release: release.hours)})[\s\u00a0*_]*:?{_BETWEEN})?"
    rf"(?:(?:à partir de|entre|between|à|a|dès|de|from|at|on)\s+)?{_CLOCK}"
)
_UNTIL = rf"(?i)[\s\u00a0]*(?:{words(lambda release: release.until_hour)})[\s\u00a0]*"
_END = re.compile(_UNTIL + _CLOCK)
_ENDS = re.compile(
    rf"(?i)\b(?:{words(lambda release: release.ends)})[\s\u00a0]*:?[\s\u00a0]*(?:à|at|vers|around)?"
    rf"[\s\u00a0]*{_CLOCK}"
)
_CLOSE_BEHIND = 160
"""How many signs behind the beginning of an event its end is said at most."""
_GATHERS = re.compile(rf"\b(?:{words(lambda release: release.gathers)})")
_ALONE = 60
"""How many signs a line has at most that says hardly more than a day and an hour."""
_JOINED = re.compile(_UNTIL)
_JOINS_NEXT = re.compile(r"(?:,|\b(?:et|ou|and|or)|&)\Z")
_ANY_CLOCK = re.compile(rf"(?i)(?<![\d.:,+]){_CLOCK}")
_BEFORE_DAY = re.compile(r"(?i)[\s\u00a0,)*_]*(?:(?:on|le|ce)[\s\u00a0]+)?\Z")
_LONGEST_BEFORE = 60
"""How many signs before a day its hour stands at most, with the clock."""
_EMBARGOED = re.compile(
    rf"[^\n.;]*{in_any_language(lambda phrases: phrases.embargo)}(?:[^\n.;]|[.](?!\s))*"
    r"(?:(?<=[a-zA-Z:*_])\s*\n\s*[^\n]{0,60}\d[^\n]{0,60}(?=\n|\Z))?"
)
"""What is said of an embargo, whose hour is that of no event; its day may stand on the next line."""
_LIMIT = re.compile(words(lambda release: release.limit) + r"[\s\u00a0:]+(?:le\s+|à\s+)?\Z")


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
    instant: datetime | None = None
    """The moment by the office's clock; None without an hour, and by a clock that is not known."""

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
    found = list(mentions(passage.text, how.language))
    written = next((it for it in found if _is_written(passage, it)), None)
    reference = (written and written.near(how.today)) or how.today
    used = 0
    for mention in sorted(found, key=lambda each: each.start):
        if mention is written or _is_written(passage, mention):
            continue
        judged = replace(mention, weekday=None) if how.trusts_wrong_weekdays else mention
        is_told = how.trusts_wrong_weekdays and _is_past(mention, reference)
        day = None if is_told else _day(judged, reference)
        hours = _hours_after(passage.text, mention.end, how.zone) or _hours_before(
            passage.text, used, mention.start, how.zone
        )
        start = min(mention.start, hours.start) if hours else mention.start
        used = max(mention.end, hours.end) if hours else mention.end
        if day is None:
            continue
        yield SaidMoment(
            day,
            hours.at if hours else None,
            hours.until if hours else None,
            " ".join(re.sub(r"[*_|\\]+", " ", passage.text[start:used]).split()),
            has_weekday=mention.weekday is not None,
            is_limit=_LIMIT.search(passage.text, max(0, start - 50), start) is not None,
            instant=_instant(day, hours, how.zone),
        )


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
    return _SaidHours(hour.start(), last, _time(hour), _time(end) if end else None, clock)


def _instant(day: date, hours: _SaidHours | None, zone: str) -> datetime | None:
    if hours is None:
        return None
    if hours.clock is None:
        return datetime.combine(day, hours.at)
    return hours.clock.at_the_office(day, hours.at, zone)


def says_hour(text: str) -> bool:
    """Return whether a text names an hour."""
    return _ANY_CLOCK.search(text) is not None


def _is_written(passage: Passage, mention: Mention) -> bool:
    """Return whether a day is that of a dateline or of issue. With an hour before it, it ends an embargo."""
    begins = passage.text.rfind("\n", 0, mention.start) + 1
    is_told = is_dateline(passage, mention) or is_day_of_issue(passage, mention)
    return is_told and not _ANY_CLOCK.search(passage.text[: mention.start], begins)


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


def event_facts(text: str, how: DateContext, kind: CampaignKind | None) -> tuple[ProposedFact, ...]:
    """Return when the event begins, and when it ends if that is said beside it."""
    told = without_duty_hours(_EMBARGOED.sub("", text))
    with_hour, without = _of_the_event(told, how, kind)
    if with_hour and any(_JOINS_NEXT.search(moment.words) for moment in without):
        return ()  # `mardi 4 et jeudi 6 mai à 19 h`: which of them?
    if not with_hour and (days := _whole_days(told, without)):
        return days
    needs_hour = kind in {None, CampaignKind.PRESS_RELEASE, CampaignKind.PRESS_KIT}
    found = with_hour or ([] if needs_hour and kind else without)
    if len(found) != 1:
        return ()
    (moment,) = found
    facts = [ProposedFact(("event", "starts_at"), moment.value, moment.words)]
    moment = moment if moment.until else _with_end(moment, text, how)
    if moment.until and moment.at and moment.until > moment.at and not moment.is_elsewhere:
        ends_at = datetime.combine(moment.day, moment.until)
        facts.append(ProposedFact(("event", "ends_at"), ends_at, moment.words))
    return tuple(facts)


def _whole_days(text: str, moments: list[SaidMoment]) -> tuple[ProposedFact, ...]:
    """Return the first and the last day of an event of whole days: `du lundi 7 au dimanche 13 juin`."""
    if len(moments) != 2:
        return ()
    first, last = sorted(moments, key=lambda each: each.day)
    said = " ".join(re.sub(r"[*_|\\]+", " ", text).split())
    joined = r"(?:(?<=\sau)|(?<=\sto)|\s+(?:au|to|until))\s+"  # `samedi 5 au` has it already
    period = re.search(
        rf"(?i)\b(?:du|from)\s+{re.escape(first.words)}{joined}{re.escape(last.words)}", said
    )
    if period is None:
        return ()
    return (
        ProposedFact(("event", "starts_at"), first.day, period[0]),
        ProposedFact(("event", "ends_at"), last.day, period[0]),
    )


def _of_the_event(
    text: str, how: DateContext, kind: CampaignKind | None
) -> tuple[list[SaidMoment], list[SaidMoment]]:
    """Return the moments of which the event may be one: those with an hour, and the others."""
    written = written_on(text, how)
    with_hour: dict[tuple[date, time], SaidMoment] = {}
    without: dict[date, SaidMoment] = {}
    for moment in said_moments(text, how):
        if kind is CampaignKind.PRESS_RELEASE and not _is_gathering(moment, text):
            continue
        if moment.is_limit or (moment.day == written and moment.at is None):
            continue
        if moment.at:
            known = with_hour.setdefault((moment.day, moment.at), moment)
            if known.until is None and moment.until:
                with_hour[moment.day, moment.at] = moment
        elif moment.has_weekday:
            without.setdefault(moment.day, moment)
    return list(with_hour.values()), list(without.values())


def _is_gathering(moment: SaidMoment, text: str) -> bool:
    """Return whether people come together at a moment: a release tells of other hours, too."""
    begins = " ".join(moment.words.split()[:2])
    for line in text.split("\n"):
        said = " ".join(re.sub(r"[*_|\\]+", " ", line).split())
        if begins in said and (_GATHERS.search(said) or len(said) < _ALONE):
            return True
    return False


def _with_end(moment: SaidMoment, text: str, how: DateContext) -> SaidMoment:
    """Return a moment with the hour at which a sentence close behind it says that the event ends."""
    said = " ".join(re.sub(r"[*_|\\]+", " ", text).split())
    at = said.find(moment.words)
    if at < 0 or moment.at is None:
        return moment
    behind = said[at + len(moment.words) :][:_CLOSE_BEHIND]
    other_day = min((it.start for it in mentions(behind, how.language)), default=len(behind))
    found = list(_ENDS.finditer(behind, 0, other_day))
    if len({_time(each) for each in found}) != 1:
        return moment
    return replace(moment, until=_time(found[0]), words=f"{moment.words} … {found[0][0].strip()}")


def _is_past(mention: Mention, reference: date) -> bool:
    """Return whether a date without year, whose weekday is right, has just been."""
    day = mention.near(reference)
    is_right = day is not None and mention.weekday in {None, day.weekday()}
    return is_right and day is not None and not mention.year and day < reference


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
