"""Show one calendar of all campaigns: launched ones as the ledger has them, others as planned.

No text is compiled and no audience selected: see `mailer.calendar.office_calendar` for the conflicts.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.calendar.office_calendar import arrange, days_of_month
from mailer.calendar.timetable import in_zone, localise, parse_moment, plan
from mailer.errors import ContentError
from mailer.model.mailings.mailing import MailingState
from mailer.model.press_room.office_calendar import EntryKind, OfficeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mailer.model.campaigns.campaign import Campaign
    from mailer.model.mailings.mailing import MailingSummary
    from mailer.model.press_room.office_calendar import LaunchedFacts, OfficeMonth
    from mailer.operations.campaigns.drafts.drafts import Drafts

_NEVER_LEAVES = frozenset({MailingState.MISSED, MailingState.CANCELLED})
_MARGIN = timedelta(days=2)
"""Read beyond the days that are shown: conflicts reach over their edge, and so do time zones."""


def office_month(month: date, *, names: Sequence[str], drafts: Drafts) -> OfficeMonth:
    """Return a month of the office's calendar. `names` are the campaigns of the workspace.

    A campaign in preparation whose dates cannot be read is named, so that nobody plans around it
    without knowing.
    """
    days, ledger = days_of_month(month), drafts.ledger
    launched = {each.campaign for each in ledger.progress.of_campaigns()}
    entries, undated = list(_of_launched(days, drafts)), []
    for name in names:
        if name in launched:
            continue
        try:
            entries += _of_draft(name, drafts)
        except ContentError:
            undated.append(name)
    return arrange(entries, month=month, undated=undated)


def _of_launched(days: Sequence[date], drafts: Drafts) -> Iterator[OfficeEntry]:
    zone = drafts.office.time_zone
    begin, end = (
        datetime.combine(day, time(), ZoneInfo(zone))
        for day in (days[0] - _MARGIN, days[-1] + _MARGIN)
    )
    for mailing in drafts.ledger.office_calendar.mailings(begin, end):
        if not mailing.rule.on:
            yield _mailing_entry(mailing, zone)
    for facts in drafts.ledger.office_calendar.facts(days[0], days[-1]):
        yield from _dates_of_facts(facts, zone)


def _mailing_entry(mailing: MailingSummary, zone: str) -> OfficeEntry:
    return OfficeEntry(
        EntryKind.STEP,
        mailing.campaign,
        mailing.facts.get("title") or mailing.campaign,
        in_zone(mailing.due_at, zone),
        step=mailing.step,
        lists=mailing.rule.to,
        state=mailing.state,
        is_launched=True,
        is_cancelled=mailing.state in _NEVER_LEAVES,
    )


def _dates_of_facts(launched: LaunchedFacts, zone: str) -> Iterator[OfficeEntry]:
    """Yield the event, the deadline and the embargo as they were launched."""
    facts = launched.facts
    for kind, name, ends in (
        (EntryKind.EVENT, "event.starts_at", "event.ends_at"),
        (EntryKind.DEADLINE, "accreditation.deadline", ""),
        (EntryKind.EMBARGO, "embargo.until", ""),
    ):
        begins = _moment(facts.get(name, ""), launched.time_zone, zone)
        if begins is not None:
            yield OfficeEntry(
                kind,
                launched.campaign,
                facts.get("title") or launched.campaign,
                begins,
                _moment(facts.get(ends, ""), launched.time_zone, zone),
                has_hour=":" in facts[name],
                is_launched=True,
                is_cancelled=launched.is_cancelled,
            )


def _moment(text: str, own_zone: str, zone: str) -> datetime | None:
    """Return an instant that a launch wrote, as the office has it; a day stays the same day.

    Of an hour that comes twice it is the first, because a launch writes no offset.
    """
    if not text:
        return None
    moment = parse_moment(text)
    if isinstance(moment, datetime):
        return in_zone(localise(moment, zone=own_zone), zone)
    return datetime.combine(moment, time(), ZoneInfo(zone))


def _of_draft(name: str, drafts: Drafts) -> Iterator[OfficeEntry]:
    """Yield the steps and dates of a campaign in preparation. Raises ContentError without dates."""
    campaign, _problems = drafts.survey(name)
    if campaign is None:
        raise ContentError
    zone = drafts.office.time_zone
    for planned in plan(campaign, office=drafts.office):
        if not planned.step.on:
            yield OfficeEntry(
                EntryKind.STEP,
                name,
                campaign.title,
                in_zone(planned.due_at, zone),
                step=planned.step.id,
                lists=planned.step.to,
            )
    yield from _dates_of_draft(name, campaign, zone)


def _dates_of_draft(name: str, campaign: Campaign, zone: str) -> Iterator[OfficeEntry]:
    event, deadline, embargo = campaign.event, campaign.accreditation.deadline, campaign.embargo
    if event and event.starts_at:
        begins, ends = (
            at and (in_zone(at, zone) if event.has_hour else _day_in(at, zone))
            for at in (event.starts_at, event.ends_at)
        )
        assert begins is not None, "the event has a beginning"
        yield OfficeEntry(
            EntryKind.EVENT, name, campaign.title, begins, ends, has_hour=event.has_hour
        )
    if deadline:
        yield OfficeEntry(EntryKind.DEADLINE, name, campaign.title, in_zone(deadline, zone))
    if embargo:
        yield OfficeEntry(EntryKind.EMBARGO, name, campaign.title, in_zone(embargo.until, zone))


def _day_in(at: datetime, zone: str) -> datetime:
    return datetime.combine(at.date(), time(), ZoneInfo(zone))
