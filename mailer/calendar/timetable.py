"""Computes when each step is sent and when it expires, from rules such as `J-5 09:30`.

An offset in days is calendar arithmetic on the event's local date, to which the time of day is
then added. Instants are never subtracted, so that a change of clocks cannot shift a step. A
local time that does not exist moves forward by the gap; of one that exists twice, the first is
used. For a date and hour that somebody wrote, `exact_local_time` asks instead.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.model.campaigns.campaign import CalendarOffset, CampaignKind, FixedTime
from mailer.model.drafts.draft import PlannedStep
from mailer.model.mailings.mailing import rule_of
from mailer.wording import FactKey, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.campaigns.campaign import Campaign, Event, SendRule, Step
    from mailer.model.campaigns.office import Office

_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (timedelta(days=1), timedelta(days=39), timedelta(days=50))
"""Easter Monday, Ascension Day and Whit Monday, counted from Easter Sunday."""

DEFAULT_VALIDITY = timedelta(days=3)
"""After how long a step expires when neither a next step nor the event ends it before."""

NEVER_MOVED = frozenset(
    {CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION}
)
"""Kinds that stay on the given day, even on a weekend, because they cannot wait."""

_START = FactKey("event.starts_at")
GIVE_A_DATE = _("Give the event its date ({fact}), or write the date itself.", fact=_START)

_SATURDAY = 5
_OFFICE_HOURS = (time(9), time(18))

# Keyboards and word processors produce different dashes.
_OFFSET = re.compile(
    r"[Jj]\s*(?:(?P<sign>[-+‐‑‒–−])\s*(?P<days>\d{1,3})|0)?"
    r"(?P<working>\s+(?:working(?:\s+days?)?|ouvr[ée]s?))?\s+(?P<at>\S.*)"
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})\s*(?:[:hH]\s*(?P<minute>\d{2})?(?::00)?)")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T\s]\s*(?P<at>\S.*?)(?:\s*(?P<offset>Z|[-+]\d{2}:?\d{2}))?)?"
)


class NotATime(Unreadable):
    """The text is not a send rule, or not a date."""


def parse_send_rule(text: str, *, zone: str) -> SendRule:
    """Parse `J-5 09:30`, `J-2 working 09:30` (or `ouvré`), `J+2 10 h` or `2017-12-04 09:30`.

    J is the day of the event. Working days are all but weekends and French public holidays. An
    absolute time is a local time in `zone`. Raises NotATime.
    """
    offset = _OFFSET.fullmatch(text.strip())
    if offset:
        days = int(offset["days"] or 0)
        return CalendarOffset(
            days=days if offset["sign"] == "+" else -days,
            at=_clock(offset["at"]),
            working=bool(offset["working"]),
        )
    moment = parse_moment(text)
    if not isinstance(moment, datetime):
        raise NotATime(_("The hour is missing: write for instance {example}.", example="J-5 09:30"))
    return FixedTime(exact_local_time(moment, zone=zone))


def exact_local_time(moment: datetime, *, zone: str) -> datetime:
    """Return `moment` as an aware local time in `zone`. A moment with an offset is taken as it is.

    Raises NotATime for a local time that the change of clocks skips or repeats. Its author is
    asked for another hour, or for the offset of the one that is meant.
    """
    rules = ZoneInfo(zone)
    if moment.tzinfo is not None:
        return moment.astimezone(rules)
    local = localise(moment, zone=zone)
    if local.replace(tzinfo=None) != moment:
        raise NotATime(
            _(
                "There is no {at} on that day: the clocks go forward. Write {later}.",
                at=moment.strftime("%H:%M"),
                later=local.strftime("%H:%M"),
            )
        )
    second = moment.replace(tzinfo=rules, fold=1)
    if local.utcoffset() != second.utcoffset():
        raise NotATime(
            _(
                "{at} comes twice on that day: the clocks go back. Write “{first}” or “{second}”.",
                at=moment.strftime("%H:%M"),
                first=_with_offset(local),
                second=_with_offset(second),
            )
        )
    return local


def _with_offset(local: datetime) -> str:
    """Return `2026-10-25 02:30+02:00`, as `parse_moment` reads it."""
    return local.isoformat(sep=" ", timespec="minutes")


def parse_moment(text: str) -> date | datetime:
    """Parse `2017-12-09 09:30` into a naive local time, or `2017-12-09` into a date.

    With an offset (`2026-10-25 02:30+02:00`) the time is aware. Raises NotATime.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise NotATime(
            _(
                "“{text}” is not a time that can be read: write J-5 09:30, J-2 working 09:30 or"
                " 2017-12-04 09:30.",
                text=text,
            )
        )
    try:
        day = date.fromisoformat(found["day"])
    except ValueError as error:
        raise NotATime(_("There is no such day as {day}.", day=found["day"])) from error
    if not found["at"]:
        return day
    return datetime.combine(day, _clock(found["at"]), tzinfo=_offset(found["offset"]))


def _offset(text: str | None) -> tzinfo | None:
    """Parse `+02:00`, `+0200` or `Z`. Raises NotATime for an offset of a day or more."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%z").tzinfo
    except ValueError as error:
        raise NotATime(_("“{text}” is not an offset: write +01:00.", text=text)) from error


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise NotATime(_("“{text}” is not an hour: write 09:30.", text=text))
    return time(hour, minute)


def localise(local: datetime, *, zone: str) -> datetime:
    """Turn the naive local time `local` into an aware one that exists in `zone`.

    In the gap in spring it moves forward by the gap (02:30 becomes 03:30). Of two times in
    autumn it is the first.
    """
    rules = ZoneInfo(zone)
    return local.replace(tzinfo=rules, fold=0).astimezone(UTC).astimezone(rules)


def in_zone(instant: datetime, zone: str) -> datetime:
    """Return an instant as the local time of `zone`."""
    return instant.astimezone(ZoneInfo(zone))


def recompute_local(due_at: datetime, *, local: str, zone: str) -> datetime:
    """Return the local time `local` (ISO 8601) as an instant, by today's rules of `zone`.

    Returns `due_at` if it still has this local time, so that a time that exists twice keeps its
    offset.
    """
    naive = datetime.fromisoformat(local).replace(tzinfo=None)
    known = due_at.astimezone(ZoneInfo(zone))
    return known if known.replace(tzinfo=None) == naive else localise(naive, zone=zone)


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return the public holidays of metropolitan France (Code du travail, article L3133-1)."""
    fixed = (date(year, month, day) for month, day in _FIXED_HOLIDAYS)
    return frozenset((*fixed, *(easter(year) + days for days in _AFTER_EASTER)))


def is_working_day(day: date) -> bool:
    """Return whether a day is Monday to Friday and not one of the 11 public holidays of
    metropolitan France.
    """
    return day.weekday() < _SATURDAY and not is_public_holiday(day)


def is_public_holiday(day: date) -> bool:
    """Return whether a day is one of the 11 public holidays of metropolitan France."""
    return day in _holidays(day.year)


def working_days_before(day: date, count: int) -> date:
    """Return the `count`-th working day before `day`; for 0, `day` itself."""
    return _working_days(day, count, timedelta(days=-1))


def working_days_after(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; for 0, `day` itself."""
    return _working_days(day, count, timedelta(days=1))


def working_time(begin: datetime, end: datetime) -> timedelta:
    """Return how much of the time between two local instants an office works: from 9 to 18 h on
    working days.
    """
    total, day = timedelta(), begin.date()
    while day <= end.date():
        if is_working_day(day):
            opens, closes = (
                datetime.combine(day, hour, tzinfo=begin.tzinfo) for hour in _OFFICE_HOURS
            )
            worked = min(closes, end) - max(opens, begin)
            total += max(worked, timedelta())
        day += timedelta(days=1)
    return total


def _working_days(day: date, count: int, step: timedelta) -> date:
    while count:
        day += step
        count -= is_working_day(day)
    return day


def plan(campaign: Campaign, *, office: Office) -> tuple[PlannedStep, ...]:
    """Return the steps with their instants, in the order in which they are sent.

    A step that falls on a weekend or public holiday moves to the working day before it, or after
    it once the event is past. Steps on a day of the event, corrections, postponements,
    cancellations and `fixed` steps do not move. Raises ContentError when a step counts from an
    event without a date.
    """
    zone = campaign.time_zone or office.time_zone
    days = _days(campaign.event, zone)
    timed = []
    problems = []
    for step in campaign.steps:
        try:
            if step.send is not None:
                timed.append((step, _local_time(step, step.send, campaign, days, zone)))
        except NotATime as refused:
            where = Place(campaign.file, step.line, key=f"steps.{step.id}.send")
            problems.append(Problem(where, refused.reason, GIVE_A_DATE))
    if problems:
        raise ContentError(*problems)
    timed.sort(key=lambda entry: entry[1].local.astimezone(UTC))
    due = [(step, planned.local.astimezone(UTC)) for step, planned in timed]
    at_their_hour = tuple(
        PlannedStep(
            step=step,
            rule=rule_of(campaign, step),
            local=planned.local,
            due_at=planned.local.astimezone(UTC),
            expires_at=_expiry(step, planned.local, campaign, due),
            moved_from=planned.moved_from,
        )
        for step, planned in timed
    )
    return (*at_their_hour, *_on_answers(campaign, at_their_hour))


def _on_answers(campaign: Campaign, others: Sequence[PlannedStep]) -> Iterator[PlannedStep]:
    """Yield the steps that answers trigger. They are ready from the first departure on, and until
    the event begins.

    Raises ContentError when no other step invites anybody to answer.
    """
    triggered = [step for step in campaign.steps if step.on]
    if triggered and not others:
        where = Place(campaign.file, triggered[0].line, key=f"steps.{triggered[0].id}.on")
        what = _("No step leaves at an hour, so that nobody is asked for an answer.")
        raise ContentError(Problem(where, what, _("Add the step that invites people.")))
    for step in triggered:
        first = others[0]
        last = max(each.due_at for each in others)
        ends = event_start(campaign.event) or last + DEFAULT_VALIDITY
        yield PlannedStep(
            step=step,
            rule=rule_of(campaign, step),
            local=first.local,
            due_at=first.due_at,
            expires_at=ends,
        )


class _EventDays(NamedTuple):
    """The first and the last day of an event, in the campaign's time zone."""

    first: date
    last: date


def _days(event: Event | None, zone: str) -> _EventDays | None:
    if event is None or event.starts_at is None:
        return None
    first, last = (
        in_zone(at, zone).date() for at in (event.starts_at, event.ends_at or event.starts_at)
    )
    return _EventDays(first, last)


def instant_of(rule: SendRule, *, event_day: date | None, zone: str) -> datetime:
    """Return the aware local time of a rule, before a weekend or holiday moves it.

    Raises NotATime when the rule counts from an event that has no date.
    """
    if isinstance(rule, FixedTime):
        return rule.at.astimezone(ZoneInfo(zone))
    if event_day is None:
        raise NotATime(_("It counts its days from an event that has no date."))
    if not rule.working:
        day = event_day + timedelta(days=rule.days)
    elif rule.days < 0:
        day = working_days_before(event_day, -rule.days)
    else:
        day = working_days_after(event_day, rule.days)
    return localise(datetime.combine(day, rule.at), zone=zone)


class _LocalTime(NamedTuple):
    """The local time at which a step is sent and, if it was moved, its original time."""

    local: datetime
    moved_from: datetime | None = None


def _local_time(
    step: Step, send: SendRule, campaign: Campaign, event: _EventDays | None, zone: str
) -> _LocalTime:
    original = instant_of(send, event_day=event.first if event else None, zone=zone)
    day = original.date()
    if (
        step.fixed
        or (step.kind or campaign.kind) in NEVER_MOVED
        or (event is not None and event.first <= day <= event.last)
        or is_working_day(day)
    ):
        return _LocalTime(original)
    is_past_event = event is not None and day > event.last
    nearest = working_days_after if is_past_event else working_days_before
    hour = send.at.time() if isinstance(send, FixedTime) else send.at
    moved = localise(datetime.combine(nearest(day, 1), hour), zone=zone)
    return _LocalTime(moved, original)


def _expiry(
    step: Step, local: datetime, campaign: Campaign, due: Sequence[tuple[Step, datetime]]
) -> datetime:
    """Return when a step that could not be sent expires.

    It expires when the next step to the same people is due or when the event starts, whichever
    comes first: an announcement after its own reminder, or a reminder during the event, is worse
    than none. One that says "tomorrow" expires with its day.
    """
    due_at = local.astimezone(UTC)
    ends = [later for other, later in due if later > due_at and _share_recipients(step, other)]
    event_at = event_start(campaign.event)
    if event_at and event_at > due_at:
        ends.append(event_at)
    if step.says_how_soon:
        midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
        ends.append(midnight.astimezone(UTC))
    return min(ends, default=due_at + DEFAULT_VALIDITY)


def event_start(event: Event | None) -> datetime | None:
    """Return the instant (UTC) from which an invitation is too late: the start of the event, or
    the end of its day when it has no hour.
    """
    if event is None or event.starts_at is None:
        return None
    if event.has_hour:
        return event.starts_at.astimezone(UTC)
    return (event.starts_at + timedelta(days=1)).astimezone(UTC)


def _share_recipients(step: Step, other: Step) -> bool:
    """Return whether a person may receive both steps: they share a list, and no accreditation
    state excludes one of them.
    """
    return (
        bool({*step.to} & {*other.to})
        and not {*step.only} & {*other.unless}
        and not {*step.unless} & {*other.only}
    )
