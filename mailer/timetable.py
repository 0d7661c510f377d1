"""When each step leaves: J-n and wall times to instants, working days, validity.

Offsets are calendar arithmetic on the event's local date, to which the time of day is then
attached; instants are never subtracted, so a change of clocks cannot shift a step. A wall
time that does not exist moves forward by the gap; one that exists twice is the first.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.errors import ContentError, Place, Problem, Unreadable
from mailer.model.campaign import CalendarOffset, CampaignKind, FixedTime
from mailer.model.draft import PlannedStep
from mailer.model.mailing import rule_of
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.campaign import Campaign, Event, SendRule, Step
    from mailer.model.office import Office

USEFUL_FOR = timedelta(days=3)
"""How long a step stays worth sending when neither a next step nor the event ends it."""

AT_ANY_HOUR = frozenset(
    {CampaignKind.CORRECTION, CampaignKind.POSTPONEMENT, CampaignKind.CANCELLATION}
)
"""Kinds that leave on the day written, weekend or not: they cannot wait."""

GIVE_A_DATE = _("Give the event its date (starts_at), or write the date itself.")

_SATURDAY = 5

# A press officer types whichever dash the keyboard or the word processor gives.
_OFFSET = re.compile(
    r"[Jj]\s*(?:(?P<sign>[-+‐‑‒–−])\s*(?P<days>\d{1,3})|0)?"
    r"(?P<working>\s+(?:working(?:\s+days?)?|ouvr[ée]s?))?\s+(?P<at>\S.*)"
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})\s*(?:[:hH]\s*(?P<minute>\d{2})?)")
_MOMENT = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T\s]\s*(?P<at>\S.*))?")


class NotATime(Unreadable):
    """The text is no send rule, or no date."""


def parse_send_rule(text: str, *, zone: str) -> SendRule:
    """`J-5 09:30`, `J-2 working 09:30` (or `ouvré`), `J+2 10 h`, `J-0 07:30`, `2017-12-04 09:30`.

    J is the event's day; working days leave out weekends and French public holidays. An
    absolute time is a wall time of `zone`. Raises NotATime.
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
    local = localise(moment, zone=zone)
    if local.replace(tzinfo=None) != moment:
        raise NotATime(
            _(
                "There is no {at} on that day: the clocks go forward. Write {later}.",
                at=moment.strftime("%H:%M"),
                later=local.strftime("%H:%M"),
            )
        )
    return FixedTime(local)


def parse_moment(text: str) -> date | datetime:
    """`2017-12-09 09:30` as a naive wall time, `2017-12-09` as a date. Raises NotATime."""
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
    return datetime.combine(day, _clock(found["at"])) if found["at"] else day


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise NotATime(_("“{text}” is not an hour: write 09:30.", text=text))
    return time(hour, minute)


def localise(local: datetime, *, zone: str) -> datetime:
    """The naive wall time `local` as an aware one that exists in `zone`.

    In the spring gap it moves forward by the gap (02:30 becomes 03:30); in the autumn fold
    it is the first of the two.
    """
    place = ZoneInfo(zone)
    return local.replace(tzinfo=place, fold=0).astimezone(UTC).astimezone(place)


def local_again(due_at: datetime, *, local: str, zone: str) -> datetime:
    """The wall time `local` (ISO 8601) of an instant, by the rules that `zone` has today.

    As `due_at` where that is what its clocks show; a wall time that exists twice keeps its
    choice.
    """
    wall = datetime.fromisoformat(local).replace(tzinfo=None)
    known = due_at.astimezone(ZoneInfo(zone))
    return known if known.replace(tzinfo=None) == wall else localise(wall, zone=zone)


@cache
def _holidays(year: int) -> frozenset[date]:
    # Importing the package takes 0.7 s, because it loads every country; only plans need it.
    from holidays import country_holidays  # noqa: PLC0415 -- slow, see above

    return frozenset(country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, but not one of the 11 public holidays of metropolitan France."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def working_days_before(day: date, count: int) -> date:
    """The `count`-th working day before `day`, which need not be one itself; 0 is `day`."""
    return _working_days(day, count, timedelta(days=-1))


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; 0 is `day`."""
    return _working_days(day, count, timedelta(days=1))


def _working_days(day: date, count: int, stride: timedelta) -> date:
    while count:
        day += stride
        count -= is_working_day(day)
    return day


def plan(campaign: Campaign, *, office: Office) -> tuple[PlannedStep, ...]:
    """Every step with its instants, in the order in which they leave.

    A step that falls on a weekend or public holiday moves to the working day before it (or,
    once the event is past, after it), unless it is the event's own day, a correction, a
    cancellation or `fixed`. Raises ContentError when a step counts from an event without date.
    """
    zone = campaign.time_zone or office.time_zone
    event_day = _day(campaign.event, zone)
    timed = []
    problems = []
    for step in campaign.steps:
        try:
            timed.append((step, *_leaves(step, campaign, event_day, zone)))
        except NotATime as refused:
            where = Place(campaign.file, step.line, key=f"steps.{step.id}.send")
            problems.append(Problem(where, refused.reason, GIVE_A_DATE))
    if problems:
        raise ContentError(*problems)
    timed.sort(key=lambda entry: entry[1].astimezone(UTC))
    due = [(step, local.astimezone(UTC)) for step, local, _moved in timed]
    return tuple(
        PlannedStep(
            step=step,
            rule=rule_of(campaign, step),
            local=local,
            due_at=local.astimezone(UTC),
            expires_at=_expiry(step, local.astimezone(UTC), campaign, due),
            moved_from=moved_from,
        )
        for step, local, moved_from in timed
    )


def _day(event: Event | None, zone: str) -> date | None:
    return event.starts_at.astimezone(ZoneInfo(zone)).date() if event and event.starts_at else None


def instant_of(rule: SendRule, *, event_day: date | None, zone: str) -> datetime:
    """The aware local time that `rule` names, before any moving off weekends.

    Raises NotATime when it counts from an event that has no date.
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


def _leaves(
    step: Step, campaign: Campaign, event_day: date | None, zone: str
) -> tuple[datetime, datetime | None]:
    """The local time a step leaves, and the one first meant when that was moved."""
    meant = instant_of(step.send, event_day=event_day, zone=zone)
    if (
        step.fixed
        or (step.kind or campaign.kind) in AT_ANY_HOUR
        or meant.date() == event_day
        or is_working_day(meant.date())
    ):
        return meant, None
    is_past_event = event_day is not None and meant.date() > event_day
    nearest = working_days_after if is_past_event else working_days_before
    wall = step.send.at.time() if isinstance(step.send, FixedTime) else step.send.at
    return localise(datetime.combine(nearest(meant.date(), 1), wall), zone=zone), meant


def _expiry(
    step: Step, due_at: datetime, campaign: Campaign, due: Sequence[tuple[Step, datetime]]
) -> datetime:
    """When a step that could not leave is no longer worth it.

    That is when the next step to the same people is due or the event starts, whichever
    comes first: an announcement after its own reminder, or a reminder during the event,
    is worse than none.
    """
    ends = [later for other, later in due if later > due_at and _meets(step, other)]
    event_at = event_start(campaign.event)
    if event_at and event_at > due_at:
        ends.append(event_at)
    return min(ends, default=due_at + USEFUL_FOR)


def event_start(event: Event | None) -> datetime | None:
    """The instant (UTC) from which an invitation is too late; the day's end without an hour."""
    if event is None or event.starts_at is None:
        return None
    if event.has_hour:
        return event.starts_at.astimezone(UTC)
    return (event.starts_at + timedelta(days=1)).astimezone(UTC)


def _meets(step: Step, other: Step) -> bool:
    """Whether somebody may receive both: a common list, and no state that parts them."""
    return (
        bool({*step.to} & {*other.to})
        and not {*step.only} & {*other.unless}
        and not {*step.unless} & {*other.only}
    )
