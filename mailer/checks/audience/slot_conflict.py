"""Do our own campaigns leave each other room?"""

from mailer.calendar.timetable import in_zone
from mailer.checks import sources
from mailer.checks.check import Draft, FactKey, Findings, _, _n, warning
from mailer.checks.reading.texts.places import place_of, step_key
from mailer.labels import mailing_name, step_title

WHY = _("Two mails of one office within a day: the second is not read.")
SOURCE = sources.RELEVANCE


def check(draft: Draft) -> Findings:
    """Yield a warning for each mailing of another campaign to the same people within a day, and
    for each other campaign with an event on the same day.
    """
    campaign = draft.campaign
    steps = {planned.step.id: planned.step for planned in draft.plan}
    for found in draft.slot_conflicts:
        yield warning(
            place_of(campaign, step_key(campaign, steps[found.step], "send")),
            what=_n(
                "The step “{step}” reaches {count} person within a day of {mailing} ({at}).",
                "The step “{step}” reaches {count} people within a day of {mailing} ({at}).",
                count=found.count,
                step=step_title(found.step),
                mailing=mailing_name(found.mailing),
                at=in_zone(found.at, campaign.time_zone),
            ),
            why=WHY,
            remedy=_(
                "Move one of them, or leave these people out: {fact}.",
                fact=FactKey("steps.not_received"),
            ),
        )
    for other in draft.event_conflicts:
        yield warning(
            place_of(campaign, "event.starts_at"),
            what=_("The event is on the day of another one of ours: {campaign}.", campaign=other),
            why=_("The same journalists cannot come to both."),
            remedy=_("Is it meant? Otherwise move one of them."),
        )
