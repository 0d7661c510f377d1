"""Says what speaks against the hour of a step. It is advice: surveys contradict each other.

French practitioners avoid Monday morning (editorial meetings), Wednesday (children's day), Friday
afternoon and the school holidays; nobody reads in the evening. (Surveys of 2020 to 2022; a wire’s
clients prefer Tuesday, another study Thursday.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.calendar.timetable import NEVER_MOVED
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.campaigns.school_holidays import SchoolHolidays
    from mailer.model.drafts.draft import PlannedStep

_MONDAY, _WEDNESDAY, _FRIDAY = 0, 2, 4
_DAY_BEGINS, _MEETINGS_END, _WEEK_ENDS, _DAY_ENDS = 7, 10, 12, 19


def advice_on(
    planned: PlannedStep, *, campaign: Campaign, holidays: Sequence[SchoolHolidays] = ()
) -> tuple[Text, ...]:
    """Return a sentence for each reason to choose another hour; nothing for an hour that is good.

    People who said that they would come (`only`) wait for their message, on the day of the event
    everybody expects one, and a correction cannot wait: there is no advice on these.
    """
    kind = planned.step.kind or campaign.kind
    if planned.step.only or kind in NEVER_MOVED or _is_on_event_day(planned.local, campaign):
        return ()
    return (*_on_hour(planned.local), *_on_holidays(planned.local.date(), holidays))


def _is_on_event_day(local: datetime, campaign: Campaign) -> bool:
    event = campaign.event
    if event is None or event.starts_at is None:
        return False
    return event.starts_at.date() <= local.date() <= (event.ends_at or event.starts_at).date()


def _on_hour(local: datetime) -> Iterator[Text]:
    weekday, hour = local.weekday(), local.hour
    if not _DAY_BEGINS <= hour < _DAY_ENDS:
        yield _("At this hour, newsrooms read it the next morning, under all the others.")
    elif weekday == _MONDAY and hour < _MEETINGS_END:
        yield _("Monday before 10: editorial meetings are being prepared.")
    elif weekday == _FRIDAY and hour >= _WEEK_ENDS:
        yield _("Friday afternoon: the week is closed, and it waits until Monday.")
    if weekday == _WEDNESDAY:
        yield _("Wednesday: many who have children do not work on this day.")


def _on_holidays(day: date, holidays: Sequence[SchoolHolidays]) -> Iterator[Text]:
    found = [each for each in holidays if each.has(day)]
    for name in dict.fromkeys(each.name for each in found):
        zones = ", ".join(sorted({each.zone for each in found if each.name == name}))
        yield _("School holidays ({name}, zones {zones}): many are away.", name=name, zones=zones)
