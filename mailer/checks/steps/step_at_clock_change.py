"""Does the hour of each step exist, and only once?"""

from datetime import UTC, datetime

from mailer.calendar.timetable import localise
from mailer.checks import sources
from mailer.checks.check import Draft, Findings, _, error
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import step_title
from mailer.model.campaigns.campaign import FixedTime
from mailer.model.drafts.draft import PlannedStep

_INSTEAD = _("Choose another hour, or write the date itself with the offset that is meant.")

WHY = _("Nobody could say at which instant the message is meant to leave.")
SOURCE = sources.TIME_ZONES


def check(draft: Draft) -> Findings:
    """Yield an error for each local time that a clock change skips or repeats.

    A date that the file gives with its offset was asked already, unless a holiday moved it.
    """
    for planned in draft.plan:
        wanted = _wanted(planned)
        if wanted is None:
            continue
        zone = draft.campaign.time_zone
        first, second = (localise(wanted, zone=zone), _second(wanted, zone))
        if first.replace(tzinfo=None) == wanted and first.utcoffset() == second.utcoffset():
            continue
        is_skipped = first.replace(tzinfo=None) != wanted
        yield error(
            place_of(draft.campaign, step_key(draft.campaign, planned.step, "send")),
            what=_(
                "The step “{step}” is to leave on {at}, which does not exist: the clocks"
                " go forward.",
                step=step_title(planned.step.id),
                at=wanted,
            )
            if is_skipped
            else _(
                "The step “{step}” is to leave on {at}, which comes twice: the clocks go"
                " back. The first is {first}, the second {second}.",
                step=step_title(planned.step.id),
                at=wanted,
                first=_utc(first),
                second=_utc(second),
            ),
            why=WHY,
            remedy=_INSTEAD,
        )


def _wanted(planned: PlannedStep) -> datetime | None:
    """Return the naive local time that the rule asks for; None for an instant that was given, and
    for a step that an answer triggers.
    """
    send = planned.step.send
    if send is None:
        return None
    if isinstance(send, FixedTime):
        if planned.moved_from is None:
            return None
        return datetime.combine(planned.local.date(), send.at.time())
    return datetime.combine(planned.local.date(), send.at)


def _second(wanted: datetime, zone: str) -> datetime:
    """Return the second of two equal local times, or the only one."""
    return wanted.replace(tzinfo=localise(wanted, zone=zone).tzinfo, fold=1)


def _utc(local: datetime) -> str:
    return local.astimezone(UTC).strftime("%H:%M UTC")
